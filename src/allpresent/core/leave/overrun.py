"""Away longer than the leave given, or away on leave that was refused: what the policy proposes.

Sources: O-B-12.3.8 (days past the agreed return), O-B-12.1-12.3; the policy's marking of `longer-than-leave`, which
the nation's file takes from DfE's words on code G.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import CodeSet, Statistical
from allpresent.core.leave.grounds import HOLIDAY
from allpresent.core.policy.model.words import Case
from allpresent.core.policy.policy import Policy

_LONGER = re.compile(r"longer|overst|past the (agreed|day)|return", re.IGNORECASE)
_LEISURE = re.compile(r"holiday|weekend|leisure", re.IGNORECASE)
NOT_EXPLAINED = frozenset({"N", "G", "O"})
"""Codes that leave a day past the leave without another reason."""


class Proposal(NamedTuple):
    """The code proposed, those the policy allows, and the clauses that ask for it. A person decides."""

    code: str
    codes: tuple[str, ...]
    clauses: tuple[str, ...]


class Overrun(NamedTuple):
    """The sessions past the last one given that no other reason explains, and what is proposed for them."""

    sessions: tuple[Session, ...]
    proposal: Proposal


def overrun(
    policy: Policy, wish: str, after: Iterable[Session], marks: Mapping[Session, str], codes: CodeSet
) -> Overrun | None:
    """What stands past the leave: from its end until the pupil is back or another reason is marked.

    `after` are the sessions the pupil was due at since the leave ended, in order, that have begun; `marks` their codes.
    A blank among them is not counted and does not end it. None when there is nothing to raise. (O-B-12.3.8)
    """
    run = takewhile(lambda session: _still_away(marks.get(session, ""), codes), after)
    away = tuple(session for session in run if marks.get(session))
    return Overrun(away, overstayed(policy, wish)) if away else None


def overstayed(policy: Policy, wish: str) -> Proposal:
    """The code for days past the leave: G where it was asked for as a holiday, else O, as far as the policy lists them.

    (O-B-12.3.8; DfE pupil attendance data set on code G)
    """
    stated = next((mark for mark in policy.content.marking if mark.when is Case.OVERSTAYED), None)
    own = [reason for reason in policy.content.unauthorised_reasons if _LONGER.search(reason.reason)]
    clauses = tuple(clause for block in (*own, *filter(None, [stated])) for clause in block.clause or block.source)
    codes = tuple(code for reason in own for code in reason.codes)
    if not codes and stated and stated.mark in NOT_EXPLAINED:
        codes = (stated.mark,)
    return _proposal(wish, codes, clauses)


def refused_and_away(policy: Policy, wish: str) -> Proposal:
    """The code for a day away on leave that was refused: G for a holiday, else O.

    (O-B-12.1-12.3; DfE pupil attendance data set on code G)
    """
    own = [reason for reason in policy.content.unauthorised_reasons if _LEISURE.search(reason.reason)]
    clauses = tuple(clause for reason in own for clause in reason.clause)
    return _proposal(wish, (), clauses if wish == HOLIDAY else policy.why("leave.grounds"))


def _proposal(wish: str, codes: tuple[str, ...], clauses: tuple[str, ...]) -> Proposal:
    allowed = codes or ("G", "O")
    wanted = "G" if wish == HOLIDAY else "O"
    return Proposal(wanted if wanted in allowed else allowed[0], allowed, tuple(dict.fromkeys(clauses)))


def _still_away(code: str, codes: CodeSet) -> bool:
    """Whether a mark leaves the run of days past the leave unbroken: blank, unexplained, or not authorised already."""
    held = codes.get(code)
    return not code or code in NOT_EXPLAINED or (held is not None and held.statistical is Statistical.ADMIN)
