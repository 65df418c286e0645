"""What else waits for this person: one line a thing, counted in one query, with the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value

from allpresent.absences.queries import mail_unread
from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import code_set_on
from allpresent.core.policy.words_of import Words
from allpresent.core.watch import WORKER_SILENT_AFTER
from allpresent.elsewhere.models import ProviderWord
from allpresent.leave.models import Request
from allpresent.messages.models import Heartbeat, Standing, State
from allpresent.parents.models import DetailsProposal
from allpresent.people.models import Enrolment, GroupMembership
from allpresent.registers.models import CurrentMark, Source
from allpresent.schools.models import School
from allpresent.settling.queries import unsettled
from allpresent.shared.words import count_of
from allpresent.site.queries import incidents_open, not_back
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.queries import open_alerts


class At(NamedTuple):
    """Where and when: the school, its words, the day in London, the moment (UTC), the halves that have begun."""

    school: School
    day: date
    now: datetime
    begun: tuple[Half, ...]
    words: Words


class Waits(NamedTuple):
    """One kind of thing that waits: its words, its page, the right that deals with it. `safety`: it comes first."""

    key: str
    one: str
    many: str
    page: str
    right: Right
    rows: Callable[[At], QuerySet]
    safety: bool = False


class Waiting(NamedTuple):
    """'3 e-mails to read', with the page that deals with them."""

    says: str
    page: str
    safety: bool


def _left(at: At) -> QuerySet:
    return incidents_open(at.school)


def _overdue_back(at: At) -> QuerySet:
    return not_back(at.school, at.day, at.now)


def _not_heard(at: At) -> QuerySet:
    """At a provider by the register, of whom the provider has said nothing yet (O-B-5.4)."""
    away = [letter for letter, code in code_set_on(at.day).items() if code.attendance and not code.on_site]
    said = ProviderWord.objects.filter(pupil=OuterRef("pupil"), day=OuterRef("day"), half=OuterRef("half"))
    planned = CurrentMark.objects.filter(
        school=at.school, day=at.day, half__in=[half.value for half in at.begun], code__in=away, source=Source.PLANNED
    )
    return planned.exclude(Exists(said))


def _in_no_class(at: At) -> QuerySet:
    """On the roll today and in no class, so that no register has them."""
    now = Q(begins__lte=at.day) & (Q(ends__isnull=True) | Q(ends__gte=at.day))
    placed = GroupMembership.objects.filter(now, pupil=OuterRef("pupil"))
    return Enrolment.objects.filter(now, ~Exists(placed), pupil__school=at.school)


def _noticed(at: At) -> QuerySet:
    """What did not happen, and matters to a child's safety; what stands on this page already is not said twice."""
    return open_alerts(at.school).filter(safety=True).exclude(kind__in=(Kind.LEFT, Kind.NOT_BACK, Kind.UNHEARD))


def _asleep(at: At) -> QuerySet:
    """The worker, where it has not gone round lately: until it does, nothing is sent, read or closed by itself."""
    return Heartbeat.objects.filter(name="worker", at__lt=at.now - WORKER_SILENT_AFTER)


def _unsettled(at: At) -> QuerySet:
    """Marks of earlier days that still say that nobody knows why."""
    return unsettled(at.school, at.day).filter(day__lt=at.day)


def _mail(at: At) -> QuerySet:
    return mail_unread(at.school)


def _undecided(at: At) -> QuerySet:
    return Request.objects.filter(school=at.school, decision__isnull=True, withdrawal__isnull=True)


def _needing_a_person(at: At) -> QuerySet:
    return Standing.objects.filter(message__school=at.school, state__in=[State.FAILED, State.UNCERTAIN])


def _details(at: At) -> QuerySet:
    return DetailsProposal.objects.filter(school=at.school, decision__isnull=True).exclude(changes={})


KINDS = (
    Waits("left", "{pupil} left without permission, not found yet", "{pupils} left without permission, not found yet",
          "left", Right.LOG_CALL, _left, safety=True),
    Waits("back", "{pupil} signed out and not back when they said", "{pupils} signed out and not back when they said",
          "on_site", Right.SEE_SITE, _overdue_back, safety=True),
    Waits("heard", "session elsewhere not confirmed yet", "sessions elsewhere not confirmed yet",
          "elsewhere", Right.KEEP_PROVIDERS, _not_heard, safety=True),
    Waits("class", "{pupil} on the roll in no class: no register has them",
          "{pupils} on the roll in no class: no register has them", "roll", Right.KEEP_ROLL, _in_no_class, safety=True),
    Waits("watch", "thing did not happen that should have", "things did not happen that should have",
          "watch", Right.LOG_CALL, _noticed, safety=True),
    Waits("asleep", "worker that has stopped: nothing is sent or closed by itself", "",
          "watch", Right.LOG_CALL, _asleep, safety=True),
    Waits("settle", "mark of an earlier day not settled", "marks of earlier days not settled",
          "settling", Right.SETTLE_ABSENCE, _unsettled),
    Waits("mail", "e-mail to read", "e-mails to read", "mail", Right.RECORD_NOTICE, _mail),
    Waits("leave", "request for leave not decided", "requests for leave not decided",
          "leave", Right.ASK_LEAVE, _undecided),
    Waits("messages", "message that needs a person", "messages that need a person",
          "messages_out", Right.SEND_MESSAGE, _needing_a_person),
    Waits("details", "change of details asked for by a parent", "changes of details asked for by parents",
          "details_asked", Right.KEEP_ROLL, _details),
)  # fmt: skip


def waiting(at: At, staff: Staff) -> tuple[Waiting, ...]:
    """What waits for this person, safety first: one query, whatever there is."""
    mine = [kind for kind in KINDS if staff.reaches_all(kind.right, at.school)]
    counts = dict(_counted(mine, at)) if mine else {}
    return tuple(_said(kind, counts[kind.key], at.words) for kind in mine if counts.get(kind.key))


def _said(kind: Waits, number: int, words: Words) -> Waiting:
    one, many = (text.format(pupil=words.pupil, pupils=words.pupils) for text in (kind.one, kind.many))
    return Waiting(count_of(number, one, many), kind.page, kind.safety)


def _counted(kinds: list[Waits], at: At) -> Iterator[tuple[str, int]]:
    first, *others = (_count(kind, at) for kind in kinds)
    return iter(first.union(*others, all=True) if others else first)


def _count(kind: Waits, at: At) -> QuerySet:
    """One row: the key and the number."""
    named = kind.rows(at).order_by().annotate(what=Value(kind.key, output_field=CharField()))
    return named.values("what").annotate(number=Count("pk")).values_list("what", "number")
