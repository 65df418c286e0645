"""What parents write, and what the office answers: the only writers of the room."""

from allpresent.parents.actions.tell import tell_school

__all__ = ["tell_school"]
