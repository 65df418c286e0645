"""The only writers of messages and evidence. None of them touches a mark (O-B-12.2)."""

from allpresent.absences.actions.evidence import Given, give_evidence, sweep_files, withdraw_evidence
from allpresent.absences.actions.mail import record_from_mail, set_aside
from allpresent.absences.actions.notices import CORRECTED, TWICE, Said, record_also, record_notice

__all__ = [
    "CORRECTED",
    "TWICE",
    "Given",
    "Said",
    "give_evidence",
    "record_also",
    "record_from_mail",
    "record_notice",
    "set_aside",
    "sweep_files",
    "withdraw_evidence",
]
