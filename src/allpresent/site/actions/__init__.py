"""The verbs of the gate. Nothing else writes crossings, and none of them touches a mark in force."""

from allpresent.site.actions.correct import correct_crossing
from allpresent.site.actions.leave import Ended, Gone, end_incident, leave_without_permission
from allpresent.site.actions.sign_in import sign_in
from allpresent.site.actions.sign_out import Companion, GoingOut, sign_out

__all__ = [
    "Companion",
    "Ended",
    "GoingOut",
    "Gone",
    "correct_crossing",
    "end_incident",
    "leave_without_permission",
    "sign_in",
    "sign_out",
]
