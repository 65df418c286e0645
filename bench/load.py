"""Teachers at 8:50: many at once, each on a connection of her own, opening a register and saving thirty marks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from bench.world import Teacher, World
from tests.server import Visitor

AT_ONCE = 8
"""Connections that the rush keeps busy."""
_HIDDEN = re.compile(rb'name="(key|seen)" value="([^"]*)"')


class Register(NamedTuple):
    """One class's register of one session, to be taken."""

    teacher: Teacher
    session: Session


def registers(world: World, sessions: Iterable[Session]) -> list[Register]:
    return [Register(teacher, session) for session in sessions for teacher in world.teachers]


def marks_of(register: Register) -> dict[str, str]:
    """Twenty-eight present, one late, one absent."""
    present = "/" if register.session.half is Half.AM else "\\"
    codes = ["L", "N", *([present] * (len(register.teacher.pupils) - 2))]
    return {f"mark-{pupil}": code for pupil, code in zip(register.teacher.pupils, codes, strict=True)}


def open_register(visitor: Visitor, register: Register) -> dict[str, str]:
    """Load the page; gives the form as it would be sent back."""
    status, page = visitor.get(register.teacher.path(register.session))
    if status != 200:
        raise RuntimeError(f"{register.teacher.path(register.session)} answered {status}: {page[:400]!r}")
    hidden = {name.decode(): value.decode() for name, value in _HIDDEN.findall(page)}
    return hidden | marks_of(register)


def save(visitor: Visitor, register: Register, form: dict[str, str]) -> None:
    status, said = visitor.post(register.teacher.path(register.session), form)
    if status != 200:
        raise RuntimeError(f"{register.teacher.path(register.session)} answered {status} to a save: {said[:400]!r}")


def rush(port: int, wanted: list[Register], act: Callable[[Visitor, Register], object]) -> float:
    """Do this to every register, AT_ONCE at a time. Gives the seconds it took."""
    queue = iter(wanted)
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for done in [threads.submit(_work, port, queue, act) for _ in range(AT_ONCE)]:
            done.result()
    return time.perf_counter() - began


def _work(port: int, queue: Iterator[Register], act: Callable[[Visitor, Register], object]) -> None:
    visitor = Visitor(port, "")
    for register in queue:
        visitor.cookie = register.teacher.cookie
        act(visitor, register)
    visitor.close()


def open_and_save(visitor: Visitor, register: Register) -> None:
    save(visitor, register, open_register(visitor, register))


def all_at_once(port: int, world: World, sessions: Iterable[Session]) -> list[float]:
    """Every teacher saves at the same moment, session after session. Gives the seconds of each save."""
    together = Barrier(len(world.teachers))
    sessions = list(sessions)
    with ThreadPoolExecutor(len(world.teachers)) as threads:
        asked = [threads.submit(_save_with_all, port, teacher, sessions, together) for teacher in world.teachers]
        return [seconds for done in asked for seconds in done.result()]


def _save_with_all(port: int, teacher: Teacher, sessions: list[Session], together: Barrier) -> list[float]:
    visitor, spent = Visitor(port, teacher.cookie), []
    for session in sessions:
        register = Register(teacher, session)
        form = open_register(visitor, register)
        together.wait()
        began = time.perf_counter()
        save(visitor, register, form)
        spent.append(time.perf_counter() - began)
    visitor.close()
    return spent
