"""Where the time of a register goes: on every tick of the CPU clock, the nearest known function of the stack.

Looking at the stack changes what is measured far less than counting every call would.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client

from bench.load import Register, marks_of
from tests.server import TOKEN

FORM = "application/x-www-form-urlencoded"
TICK = 0.001
"""Seconds of CPU asked for between two looks; the kernel may give fewer."""

VIEW, DOOR, ELSE = "the view itself", "session, sign-in, the door, middleware", "the rest (the test client, the loop)"
STAGES = {
    ("allpresent.accounts.door", "process_view"): DOOR,
    ("django.core.handlers.wsgi", "__call__"): DOOR,
    ("allpresent.registers.queries.sheets", "sheet_of"): "reading the sheet",
    ("allpresent.registers.queries.groups", "group_and_taken"): "reading the sheet",
    ("allpresent.absences.queries", "notices_for"): "reading the sheet",
    ("allpresent.registers.forms", "read_register"): "reading the form",
    ("django.http.request", "_load_post_and_files"): "reading the form",
    ("allpresent.core.register.marking", "check_marks"): "the rules",
    ("allpresent.registers.views", "_completed"): "the rules",
    ("allpresent.registers.pages", "register_page"): "drawing the page",
    ("django.shortcuts", "render"): "drawing the page",
    ("allpresent.registers.ledger", "enter"): "writing",
    ("allpresent.registers.actions.take", "_submit"): "writing",
    ("allpresent.registers.actions.take", "take_register"): "writing",
    ("allpresent.registers.views", "register"): VIEW,
}


def stage_of(frame: FrameType | None) -> str:
    """The stage of the innermost function that STAGES knows."""
    while frame is not None:
        if stage := STAGES.get((frame.f_globals.get("__name__", ""), frame.f_code.co_name)):
            return stage
        frame = frame.f_back
    return ELSE


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """Counts the stages seen while the block runs."""
    seen: Counter[str] = Counter()
    before = signal.signal(signal.SIGPROF, lambda _, frame: seen.update((stage_of(frame),)))
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def stages(wanted: Iterable[Register]) -> dict[str, dict[str, float]]:
    """Shares of CPU by stage, of opening and of saving, in this process and without a network."""
    wanted = list(wanted)
    return {"open": _shares(wanted, _open), "save": _shares(wanted, _save)}


def _shares(wanted: list[Register], act: Callable[[Client, Register], None]) -> dict[str, float]:
    client = Client(enforce_csrf_checks=True, headers={"Host": "127.0.0.1"})
    client.cookies["csrftoken"] = TOKEN
    with watched() as seen:
        for register in wanted:
            client.cookies["allpresent_session"] = register.teacher.cookie
            act(client, register)
    counted = sum(count for stage, count in seen.items() if stage != ELSE)
    return {stage: count / counted for stage, count in seen.most_common() if stage != ELSE}


def _open(client: Client, register: Register) -> None:
    _expect(client.get(register.teacher.path(register.session)))


def _save(client: Client, register: Register) -> None:
    seen = ",".join(f"{pupil}:0" for pupil in register.teacher.pupils)
    form = marks_of(register) | {"seen": seen, "key": uuid4().hex}
    path = register.teacher.path(register.session)
    headers = {"X-CSRFToken": TOKEN, "Accept": "application/json"}
    _expect(client.post(path, urlencode(form), content_type=FORM, headers=headers))


def _expect(answer) -> None:
    if answer.status_code != 200:
        raise RuntimeError(f"answered {answer.status_code}: {answer.content[:400]!r}")
