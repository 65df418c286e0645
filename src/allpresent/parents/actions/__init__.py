"""What parents write, and what the office answers: the only writers of the room."""

from allpresent.parents.actions.ask import ask_for_leave, send_evidence
from allpresent.parents.actions.details import answer_proposal, propose_details
from allpresent.parents.actions.tell import tell_school

__all__ = ["answer_proposal", "ask_for_leave", "propose_details", "send_evidence", "tell_school"]
