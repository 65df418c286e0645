"""The verbs of the roll. Nothing else writes pupils, the adults around them or the admission register."""

from allpresent.people.actions.admission import Admission, Start, admit_again, admit_pupil
from allpresent.people.actions.adults import (
    AdultDetails,
    ContactDetails,
    add_contact,
    change_contact,
    remove_contact,
)
from allpresent.people.actions.amendment import Change, amend_roll
from allpresent.people.actions.around import add_characteristic, add_placement, add_professional, end_fact
from allpresent.people.actions.deletion import Attendance, Proposal, check_proposal, delete_from_roll
from allpresent.people.actions.place import move_group, set_expected_sessions

__all__ = [
    "Admission",
    "AdultDetails",
    "Attendance",
    "Change",
    "ContactDetails",
    "Proposal",
    "Start",
    "add_characteristic",
    "add_contact",
    "add_placement",
    "add_professional",
    "admit_again",
    "admit_pupil",
    "amend_roll",
    "change_contact",
    "check_proposal",
    "delete_from_roll",
    "end_fact",
    "move_group",
    "remove_contact",
    "set_expected_sessions",
]
