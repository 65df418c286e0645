"""What other rooms read of settling. Small frozen records; nothing here writes."""

from allpresent.settling.open import Kind, OpenAbsence, OpenSession, open_absences, open_absences_of
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

__all__ = [
    "AgreementLine",
    "DecidedLine",
    "DecisionLine",
    "FlagLine",
    "Kind",
    "OpenAbsence",
    "OpenSession",
    "RequestLine",
    "ToldLine",
    "agreements_of",
    "decisions_of",
    "flags_of",
    "open_absences",
    "open_absences_of",
    "requests_of",
    "told_of",
]
