"""Finding what a policy says about marking and evidence."""

from __future__ import annotations

from typing import NamedTuple

from allpresent.core.codes import CodeSet, Statistical
from allpresent.core.policy.model.base import Block
from allpresent.core.policy.model.duties import Evidence, Marking
from allpresent.core.policy.model.words import Case
from allpresent.core.policy.policy import Policy

UNAUTHORISED = "O"
"""Absent for a reason that no other row of Table 3 fits, or that is not known or not accepted (reg 10)."""
_AUTHORISED, _NOT_AUTHORISED = "authorised", "unauthorised"


class Because(NamedTuple):
    """One sentence of why, and the clauses or sources it stands on."""

    says: str
    clauses: tuple[str, ...] = ()


def sources_of(block: Block) -> tuple[str, ...]:
    """The clauses of a statement; for the nation's, its sources."""
    return block.clause or block.source


def marking_of(policy: Policy, case: Case) -> Marking | None:
    """What the policy marks in a case; of several statements the last, None where it says nothing."""
    return next((said for said in reversed(policy.content.marking) if said.when is case), None)


def evidence_rule(policy: Policy, of: str) -> Evidence | None:
    """What the policy asks as evidence of something; None where it asks for nothing."""
    return next((said for said in policy.content.evidence if said.of == of and not said.for_), None)


def code_marked(said: Marking, authorised: str) -> str:
    """The code of a statement that may say a code, or only that the absence is authorised or is not.

    `authorised` is the code where it is. 'absent' leaves the reason open: N.
    """
    words = {_AUTHORISED: authorised, _NOT_AUTHORISED: UNAUTHORISED, "absent": "N"}
    return words.get(said.mark, said.mark)


def is_unauthorised(letter: str, codes: CodeSet) -> bool:
    """Whether DfE counts the code as unauthorised absence. Raises UnknownCode for no code of that day."""
    return codes[letter].statistical is Statistical.UNAUTH
