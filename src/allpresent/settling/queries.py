"""What other rooms read of settling. Small frozen records; nothing here writes."""

from allpresent.settling.loading import unsettled
from allpresent.settling.open import Kind, OpenAbsence, OpenSession, open_absences, open_absences_of
from allpresent.settling.owed import EvidenceOwed, evidence_owed
from allpresent.settling.records import (
    AgreementLine,
    DecidedLine,
    DecisionLine,
    FlagLine,
    RequestLine,
    ToldLine,
    agreements_of,
    decisions_of,
    flags_of,
    requests_of,
    told_of,
)
from allpresent.settling.support import SupportLine, referrals_between, seen_by, support_of

__all__ = [
    "AgreementLine",
    "DecidedLine",
    "DecisionLine",
    "EvidenceOwed",
    "FlagLine",
    "Kind",
    "OpenAbsence",
    "OpenSession",
    "RequestLine",
    "SupportLine",
    "ToldLine",
    "agreements_of",
    "decisions_of",
    "evidence_owed",
    "flags_of",
    "open_absences",
    "open_absences_of",
    "referrals_between",
    "requests_of",
    "seen_by",
    "support_of",
    "told_of",
    "unsettled",
]
