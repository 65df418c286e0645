"""Checks on times of day: how they are written, and whether the register's clocks agree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Severity
from allpresent.core.policy.model.words import DutyKind
from allpresent.core.policy.values import Unit, parse_time

_TWO_CLOCKS = re.compile(r"(1[3-9]|2[0-3])[:.]\d\d ?[ap]m", re.IGNORECASE)


def odd_time(subject: Subject) -> Iterable[Finding]:
    """A time written by the 24-hour and the 12-hour clock at once, such as 13:10 pm."""
    for place, text in subject.texts():
        if _TWO_CLOCKS.fullmatch(text.strip()):
            yield place.finding(
                Severity.WARNING,
                "odd-time",
                f"'{text}' mixes the 24-hour and the 12-hour clock.",
                f"It is read as {parse_time(text):%H:%M}.",
            )


def completion_before_close(subject: Subject) -> Iterable[Finding]:
    """A register that must be complete sooner than it closes: two clocks, easily taken for one."""
    for number, duty in enumerate(subject.says.duties):
        if duty.duty is not DutyKind.COMPLETE_REGISTER or not duty.within:
            continue
        longer = [w for w in subject.says.windows if w.minutes > duty.within.number]
        if duty.within.unit is Unit.MINUTES and longer:
            yield subject.remark(
                "completion-before-close",
                ("duties", number),
                f"marks are due within {duty.within}, but the register stays open {longer[0].minutes} minutes.",
                "Two clocks run: the register is overdue after the first, and late marks end with the second.",
                also=[("windows", subject.says.windows.index(longer[0]))],
            )


def unequal_windows(subject: Subject) -> Iterable[Finding]:
    """Registers that stay open for different lengths, though guidance wants one length for every session."""
    limit, windows = subject.law.register_limit, subject.says.windows
    if limit is None or not limit.equal:
        return
    for number, window in enumerate(windows):
        if window.minutes != windows[0].minutes:
            yield subject.warn(
                "unequal-windows",
                ("windows", number),
                f"this register stays open {window.minutes} minutes, the first one {windows[0].minutes}; "
                f"guidance wants one length for every session ({', '.join(limit.source)}).",
                "Each register closes when its own line says.",
                also=[("windows", 0)],
            )


def late_after_close(subject: Subject) -> Iterable[Finding]:
    """A late mark promised after the register has closed."""
    for number, window in enumerate(subject.says.windows):
        if window.late_until and window.late_until > window.closes:
            yield subject.warn(
                "late-after-close",
                ("windows", number, "late-until"),
                f"late runs until {window.late_until:%H:%M}, but the register closes at {window.closes:%H:%M}; "
                "L is only for an arrival before it closes.",
                f"An arrival after {window.closes:%H:%M} is U unless a better code fits.",
            )
