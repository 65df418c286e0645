"""The sections that name children: only in packs for those who may know them, and restrictions marked first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q

from allpresent.figures.answer import Row
from allpresent.figures.dimensions import year_words
from allpresent.figures.files import Cell
from allpresent.figures.packs.contents import Section, Table, one
from allpresent.figures.packs.facts import Facts
from allpresent.people.models import Characteristic, Professional
from allpresent.people.queries import RollPupil
from allpresent.shared.words import count_of

RESTRICTED_FIRST = "an adult with a restriction: see the pupil’s page"
AROUND = Characteristic.RESTRICTED | {Characteristic.Kind.EHC_PLAN, Characteristic.Kind.PREVIOUSLY_LOOKED_AFTER}
"""Circumstances of which a safeguarding lead hears child by child."""


def persistently_absent(facts: Facts) -> Section:
    """Who is persistently absent in the year so far, those who missed most first. (O-B-24, O-B-26)"""
    children = [pupil for pupil in facts.on_roll if pupil.id in facts.persistent_now]
    title = f"Persistently absent in the year so far: {count_of(len(children), facts.words.pupil, facts.words.pupils)}"
    gone = [pupil.name for pupil in facts.on_roll if pupil.id in facts.persistent_before - facts.persistent_now]
    says = (f"No longer so since the days before: {'; '.join(gone)}.",) if gone else ()
    rows = _most_missed(facts, children)
    headings = ("Name", "Class", "Attendance %", "Missed", "Unauthorised", "Late", "These days %", "Since when")
    cells = tuple((*_figures(facts, pupil, row, here), _since(facts, pupil)) for pupil, row, here in rows)
    return Section(title, says, Table(headings, cells) if cells else None, sources=("O-B-24", "O-B-26"))


def _since(facts: Facts, pupil: RollPupil) -> str:
    return "before these days" if pupil.id in facts.persistent_before else "new in these days"


def watched_over(facts: Facts) -> Section:
    """Children whom others protect or support, what is known of each, and what they missed. (O-B-25)"""
    known = _known(facts)
    children = [pupil for pupil in facts.on_roll if pupil.id in known]
    headings = ("Name", "Class", "Attendance %", "Missed", "Unauthorised", "Late", "These days %", "Known of them")
    cells = tuple(
        (*_figures(facts, pupil, row, here), "; ".join(_all_known(pupil, known[pupil.id])))
        for pupil, row, here in _most_missed(facts, children)
    )
    title = f"Children whom others protect or support: {len(children)}"
    says = ("Those who missed most come first. Any worry about one child is written to CPOMS, or to your own record.",)
    return Section(title, says, Table(headings, cells) if cells else None, sources=("O-B-25",))


def not_explained(facts: Facts) -> Section:
    """Children with sessions in these days of which nobody knows yet why they were missed. (O-B-25)"""
    rows = {row.key[0].key: row.codes["N"] for row in facts.ask(facts.spans[0], "pupil").rows if row.codes["N"]}
    found = [(pupil, rows[str(pupil.id)]) for pupil in facts.on_roll if str(pupil.id) in rows]
    cells = tuple((_name(pupil), facts.groups.get(pupil.group_id, ""), number) for pupil, number in found)
    table = Table(("Name", "Class", "Sessions"), cells) if cells else None
    return Section("Not yet explained in these days", () if cells else ("Nothing is left unexplained.",), table)


def _most_missed(facts: Facts, children: Sequence[RollPupil]) -> list[tuple[RollPupil, Row, Row]]:
    """Each child with the year so far and with these days, those who missed the largest part first."""
    days, _, _, year = facts.spans
    far, here = ({row.key[0].key: row for row in facts.ask(span, "pupil").rows} for span in (year, days))
    found = [(pupil, *(rows.get(str(pupil.id), Row(())) for rows in (far, here))) for pupil in children]
    return sorted(found, key=lambda each: -(each[1].figure.absence_percent or 0))


def _figures(facts: Facts, pupil: RollPupil, row: Row, here: Row) -> tuple[Cell, ...]:
    group = facts.groups.get(pupil.group_id, "") or year_words(pupil.year_group)
    figure = row.figure
    missed = f"{figure.absence} of {figure.possible}"
    rates = one(figure.attendance_percent), one(here.figure.attendance_percent)
    return (_name(pupil), group, rates[0], missed, figure.unauthorised, figure.late, rates[1])


def _name(pupil: RollPupil) -> str:
    return f"{pupil.name} (restriction held)" if pupil.restriction else pupil.name


def _all_known(pupil: RollPupil, known: Iterable[str]) -> Iterator[str]:
    if pupil.restriction:
        yield RESTRICTED_FIRST
    yield from known


def _known(facts: Facts) -> dict[int, list[str]]:
    """What is known on the last day of each child: circumstances, and who works with them by role. Two queries."""
    found: dict[int, list[str]] = defaultdict(list)
    held = Characteristic.objects.filter(_on(facts.last), pupil__school=facts.school, kind__in=AROUND)
    for pupil_id, kind in held.values_list("pupil_id", "kind"):
        found[pupil_id].append(Characteristic.Kind(kind).label)
    workers = Professional.objects.filter(_on(facts.last), pupil__school=facts.school)
    for pupil_id, kind in workers.values_list("pupil_id", "kind"):
        found[pupil_id].append(Professional.Kind(kind).label)
    return {pupil_id: sorted(set(known)) for pupil_id, known in found.items()}


def _on(day: date) -> Q:
    return Q(begins__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))
