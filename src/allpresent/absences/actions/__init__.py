"""The only writers of messages and evidence. None of them touches a mark (O-B-12.2)."""

from allpresent.absences.actions.evidence import Given, give_evidence, sweep_files, withdraw_evidence
from allpresent.absences.actions.notices import CORRECTED, TWICE, Said, record_notice

__all__ = [
    "CORRECTED",
    "TWICE",
    "Given",
    "Said",
    "give_evidence",
    "record_notice",
    "sweep_files",
    "withdraw_evidence",
]
