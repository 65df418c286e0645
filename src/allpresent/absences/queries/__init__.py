"""What other rooms read of messages and evidence. Small frozen records; nothing here writes."""

from allpresent.absences.queries.evidence import EvidenceHeld, evidence_kinds, evidence_of, evidence_one
from allpresent.absences.queries.notices import (
    Notices,
    expected_back,
    notice_of,
    notices_ahead,
    notices_between,
    notices_for,
    notices_of,
)

__all__ = [
    "EvidenceHeld",
    "Notices",
    "evidence_kinds",
    "evidence_of",
    "evidence_one",
    "expected_back",
    "notice_of",
    "notices_ahead",
    "notices_between",
    "notices_for",
    "notices_of",
]
