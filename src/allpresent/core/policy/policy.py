"""A policy as it stands on one day: every layer laid together, ready to be asked.

Other rooms ask `Policy`; they never read the files. Every answer can be traced with `why`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import CodeSet, code_set_on
from allpresent.core.messages.quiet import QuietHours
from allpresent.core.policy.document import Document
from allpresent.core.policy.findings import Path, PolicyProblem
from allpresent.core.policy.merge import Merged
from allpresent.core.policy.model.codes import CodeGroup
from allpresent.core.policy.model.content import Content
from allpresent.core.policy.model.day import DayTimes, Window
from allpresent.core.policy.model.duties import Duty, EmergencyContacts
from allpresent.core.policy.model.setting import Review, Role
from allpresent.core.policy.model.words import DutyKind, Party
from allpresent.core.policy.select import most_particular
from allpresent.core.policy.values import Span, Unit
from allpresent.core.policy.words_of import Words, words_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SessionWindow:
    """The register of one session: London wall-clock times; `complete_within` in minutes after `opens`.

    An arrival is on time until `on_time_until`, late until `late_until`; the register closes at `closes`.
    After `session_ends` an arrival is none for this session; None where the policy does not say when the day ends.
    `clauses` are the clauses that set it.
    """

    half: Half
    opens: time
    on_time_until: time
    closes: time
    late_until: time
    complete_within: int | None
    session_starts: time
    session_ends: time | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedCode:
    """One code as the setting words it, under the heading the setting gives it."""

    code: str
    words: str
    scenario: str | None
    heading: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds on `day`. `layers` are the documents it is made of, nation first."""

    day: date
    layers: tuple[Document, ...]
    merged: Merged

    @property
    def content(self) -> Content:
        """Every section, merged."""
        return self.merged.content

    @property
    def name(self) -> str:
        """The name of the highest layer: the school's, where there is one."""
        return self.layers[-1].file.name

    def why(self, path: str | Path) -> tuple[str, ...]:
        """The clauses, or sources, of the nearest block that encloses `path` ('settle.within', 'windows[1]').

        For a whole list ('windows'), those of all its items. Raises LookupError when no layer says anything there.
        """
        reasons = self.merged.reasons(read_path(path) if isinstance(path, str) else path)
        if reasons is None:
            raise LookupError(f"no layer of {self.name} says anything about '{path}'")
        return reasons

    def window(self, day: date, half: Half, year_group: str | None = None) -> SessionWindow:
        """The register's times for one session. Source: O-B-3.1.5, O-B-3.1.6, M-4.1b.

        Nobody is late once the register has closed, whatever the file promises. Raises PolicyProblem when the
        policy has no window for that session.
        """
        own = self._stated(day, half, year_group)
        if own is None:
            file = self.layers[-1].tree.name
            raise PolicyProblem.single(file, 1, "windows", f"no register window covers {day} {half}")
        return SessionWindow(
            half=half,
            opens=own.opens,
            on_time_until=own.on_time_until or own.opens,
            closes=own.closes,
            late_until=min(own.late_until or own.closes, own.closes),
            complete_within=self.complete_within(year_group),
            session_starts=own.starts or own.opens,
            session_ends=own.ends or self._session_ends(day, half, year_group),
            clauses=own.clause or own.source,
        )

    def _stated(self, day: date, half: Half, year_group: str | None) -> Window | None:
        """The window that the files state for one session."""
        return most_particular((w for w in self.content.windows if w.half is half), day, year_group)

    def _session_ends(self, day: date, half: Half, year_group: str | None) -> time | None:
        """When a session ends that does not say so: a morning at the latest when the afternoon's register opens."""
        if half is Half.AM and (afternoon := self._stated(day, Half.PM, year_group)):
            return afternoon.opens
        times = self.day_times(day, year_group)
        return times.ends if times else None

    def day_times(self, day: date, year_group: str | None = None) -> DayTimes | None:
        """Gates, start and end of the day for a year group; None when the policy does not say."""
        return most_particular(self.content.day, day, year_group)

    def complete_within(self, year_group: str | None = None) -> int | None:
        """Minutes from the opening of a register to its completion deadline; None when none is stated.

        The strictest stated deadline holds. Source: M-3.3c.
        """
        spans = [
            duty.within.number
            for duty in self.duties(DutyKind.COMPLETE_REGISTER)
            if duty.within and duty.within.unit is Unit.MINUTES
            if not duty.year_groups or year_group in duty.year_groups
        ]
        return min(spans, default=None)

    def duties(self, kind: DutyKind) -> tuple[Duty, ...]:
        """Every statement about one duty."""
        return tuple(duty for duty in self.content.duties if duty.duty is kind)

    @property
    def parents_report_by(self) -> time | None:
        """The latest time of day a parent is given to report an absence: after it, it is unexplained.

        None when no time is stated. Source: M-3.5b, M-4.2a.
        """
        return max((d.by for d in self.duties(DutyKind.REPORT_ABSENCE) if d.by), default=None)

    @property
    def parents_report_clauses(self) -> tuple[str, ...]:
        """The clauses that give `parents_report_by`."""
        latest = self.parents_report_by
        return tuple(id_ for d in self.duties(DutyKind.REPORT_ABSENCE) if latest and d.by == latest for id_ in d.clause)

    @property
    def settle_within(self) -> Span:
        """How long after the session a reason may stay unknown: a number of school days. Source: reg 10(7)-(9)."""
        return _present(self.content.settle, "settle").within

    @property
    def settle_days(self) -> int:
        """The number of `settle_within`."""
        return self.settle_within.number

    @property
    def settle_becomes(self) -> str:
        """The code of a session whose reason is still unknown after `settle_within`."""
        return _present(_present(self.content.settle, "settle").becomes, "settle.becomes")

    @property
    def settles_by_itself(self) -> bool:
        """Whether `settle_becomes` is entered when the time is over, without a person's approval.

        Only where a policy says so. Source: O-B-14.1, O-B-19.
        """
        return _present(self.content.settle, "settle").by_itself

    @property
    def contacts_rule(self) -> EmergencyContacts:
        """How many emergency contacts a pupil needs, and whether numbers or people count. Source: M-3.5c, O-B-14.4."""
        return _present(self.content.emergency_contacts, "emergency-contacts")

    @property
    def retention_years(self) -> int:
        """Whole years that every entry is kept from the date it was made. Source: reg 7."""
        return _present(self.content.retention, "retention").years

    @property
    def quiet_hours(self) -> QuietHours:
        """When nothing is sent that can wait. Source: `messages`; the program's own default where nobody says."""
        said = _present(self.content.messages, "messages")
        return QuietHours(
            _present(said.quiet_from, "messages.quiet-from"), _present(said.quiet_until, "messages.quiet-until")
        )

    @property
    def most_messages_a_day(self) -> int:
        """How many messages the setting lets go in one day. Source: as `quiet_hours`."""
        return _present(_present(self.content.messages, "messages").most_a_day, "messages.most-a-day")

    @property
    def amendment_needs(self) -> tuple[str, ...]:
        """What an amended entry keeps: original, amended, reason, date, name, position. Source: reg 6, M-4.1e."""
        return _present(self.content.amendments, "amendments").keeps

    @property
    def vocabulary(self) -> Words:
        """What the setting calls things; the guidance's own words where it does not say."""
        return words_of(self.content.vocabulary)

    @property
    def code_list(self) -> dict[str, ListedCode]:
        """The codes the setting offers, in its own order, wording and groups. Source: M-App1, O-App1.

        A code that the setting does not word goes by its national name on the policy's day.
        """
        names = code_set_on(self.day)
        groups = _present(self.content.codes, "codes").groups
        return {listed.code: listed for group in groups for listed in _listed(group, names)}

    @property
    def roles(self) -> dict[str, Role]:
        """The setting's posts by key, each with its labels and how to reach it. Source: O-0b."""
        return self.content.roles

    @property
    def review(self) -> Review | None:
        """Approval, last and next review, and the role that signs; None when not stated. Source: M-0a, O-0a."""
        return self.content.review

    @property
    def next_review(self) -> date | None:
        """The earliest of the next review dates the document gives."""
        return min((stated.on for stated in self.review.next), default=None) if self.review else None

    @property
    def commissioner_reports(self) -> tuple[Duty, ...]:
        """Every duty to tell the commissioner of a pupil's place something. Source: M-3.3."""
        return tuple(duty for duty in self.content.duties if Party.COMMISSIONER in duty.to)


def _listed(group: CodeGroup, names: CodeSet) -> tuple[ListedCode, ...]:
    reasons = group.clause or group.source
    return tuple(
        ListedCode(item.code, item.words or names[item.code].name, item.scenario, group.heading, reasons)
        for item in group.codes
    )


def _present(value: T | None, section: str) -> T:
    """The section, which the nation's layer always gives. Raises LookupError if no layer does."""
    if value is None:
        raise LookupError(f"no layer gives `{section}`; the nation's file should")
    return value


def read_path(text: str) -> Path:
    """'windows[1].closes' as a path; items count from one. Raises ValueError for a bracket that is not a number."""
    parts = re.findall(r"[^.\[\]]+|\[\d+\]", text)
    return tuple(int(part[1:-1]) - 1 if part.startswith("[") else part for part in parts)
