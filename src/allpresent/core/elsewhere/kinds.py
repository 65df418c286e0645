"""What a pupil's session at a provider is marked, by what the provider is (O-B-5.1, O-B-5.3, O-B-5.4)."""

from __future__ import annotations

from enum import StrEnum


class ProviderKind(StrEnum):
    """What a place that teaches our pupils for a session is."""

    SCHOOL = "school"
    PUPIL_REFERRAL_UNIT = "pru"
    NOT_A_SCHOOL = "not a school"
    AUTHORITY = "authority"
    WORK = "work"
    SPORT = "sport"
    VISIT = "visit"


_CODES = {
    ProviderKind.SCHOOL: "D",
    ProviderKind.PUPIL_REFERRAL_UNIT: "D",
    ProviderKind.NOT_A_SCHOOL: "B",
    ProviderKind.AUTHORITY: "K",
    ProviderKind.WORK: "W",
    ProviderKind.SPORT: "P",
    ProviderKind.VISIT: "V",
}
_CLAUSES = {"D": ("O-B-5.3", "M-5.1g"), "B": ("O-B-5.4", "M-4.1g")}


def code_of(kind: ProviderKind) -> str:
    """The code of a session attended there.

    D only at another school where the pupil is registered too; B at a provider that is no school, and then the
    nature of the activity is recorded. (Reg 10(3) Table 2; O-B-5.1, O-B-5.3, O-B-5.4, M-4.1g)
    """
    return _CODES[kind]


def clauses_of(kind: ProviderKind) -> tuple[str, ...]:
    """The clauses that a provider's code stands on."""
    return _CLAUSES.get(code_of(kind), ("O-B-5.1", "M-4.1g"))
