"""Looking for what did not happen: a function a look, each of loaded facts. A new look is a line here."""

from collections.abc import Callable, Iterator

from allpresent.sweeps.found import Found
from allpresent.sweeps.looks.children import left, not_back, unheard, untried
from allpresent.sweeps.looks.facts import Facts
from allpresent.sweeps.looks.machine import mailbox, messages, policy
from allpresent.sweeps.looks.paper import evidence, leave, part_time, unsettled
from allpresent.sweeps.looks.taking import not_in

Look = Callable[[Facts], Iterator[Found]]

LOOKS: tuple[Look, ...] = (
    left, untried, unheard, not_back, not_in, messages, mailbox, unsettled, leave, part_time, evidence, policy,
)  # fmt: skip

__all__ = ["LOOKS", "Facts", "Look"]
