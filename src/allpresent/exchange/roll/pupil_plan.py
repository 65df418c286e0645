"""What one row changes of one pupil, as a plan to write and as words to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from allpresent.core.roll.upn import Upn, check_upn
from allpresent.exchange.roll.adults import Adults
from allpresent.exchange.roll.contacts import ContactRow
from allpresent.exchange.roll.groups import Groups
from allpresent.exchange.roll.proposal import Context, Line, Piece, Section
from allpresent.exchange.roll.rows import Problem, RollRow
from allpresent.exchange.roll.words import folded
from allpresent.people.bulk_plan import AdultRef, Amended, NewLink, PupilPlan
from allpresent.people.bulk_queries import HeldLink, HeldPupil
from allpresent.people.facts import PUPIL_FACTS, as_text

_CHARACTERISTICS = {
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan",
    "free_meals": "Free school meals",
    "looked_after": "Looked after",
}
_DETAILS = {"mobile": "mobile", "home_phone": "home telephone", "work_phone": "work telephone"}
_STANDING = {
    "relation": "relation",
    "is_parent": "parent",
    "lives_with": "pupil lives with them",
    "parental_responsibility": "parental responsibility",
    "calling_order": "calling order",
}


class Target(NamedTuple):
    """A row and the pupil it speaks of; None for a new one."""

    row: RollRow
    pupil: HeldPupil | None


class Around(NamedTuple):
    """A contact of a row and the adult it is."""

    contact: ContactRow
    adult: AdultRef


@dataclass
class Planned:
    """What comes of one row. `plan` is None when nothing changes."""

    plan: PupilPlan | None = None
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Draft:
    """A plan in the making: what is written, and how it reads."""

    written: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    amended: list[Amended] = field(default_factory=list)

    def piece(self, label: str, old: str, new: str, register: str = "") -> None:
        """A change to read; `register` is the field of the admission register that it amends."""
        self.pieces.append(Piece(label, old, new))
        if register:
            self.amended.append(Amended(register, old, new))


def resolve_contacts(target: Target, adults: Adults) -> tuple[Around, ...]:
    """The adults of a row. One named twice in a row is taken once."""
    found: dict[AdultRef, Around] = {}
    for contact in target.row.contacts:
        adult = adults.resolve(contact, target.row.number, target.pupil)
        found.setdefault(adult, Around(contact, adult))
    return tuple(found.values())


def plan_pupil(target: Target, around: tuple[Around, ...], adults: Adults, groups: Groups, context: Context) -> Planned:
    """The changes of one row against what is held of its pupil."""
    row, pupil = target
    done, draft = Planned(), _Draft()
    starts = _starting(target, context, done)
    _texts(target, draft)
    _group(target, groups, draft, done)
    _dated(target, draft)
    _contacts(target, around, adults, draft)
    done.lines += [Line(Section.WARNINGS, row.number, row.name, says) for says in _warnings(target, starts, context)]
    if done.problems or not (starts or draft.pieces):
        return done
    if starts:
        draft.amended = [Amended("begins", "", starts.isoformat()), *(draft.amended if pupil else ())]
    done.plan = PupilPlan(
        row=row.number,
        pupil_id=pupil.id if pupil else None,
        facts=draft.facts,
        starts=starts,
        amended=tuple(draft.amended),
        **draft.written,
    )
    done.lines.insert(0, _line(target, starts, draft))
    return done


def _line(target: Target, starts: date | None, draft: _Draft) -> Line:
    row, pupil = target
    pieces = tuple(piece for piece in draft.pieces if pupil or piece.label not in ("Surname", "Forename"))
    if not starts:
        return Line(Section.CHANGES, row.number, row.name, pieces=pieces)
    again = " again, after leaving" if pupil else ""
    return Line(Section.ADDS, row.number, row.name, f"Starts {starts:%d/%m/%Y}{again}", pieces)


def _starting(target: Target, context: Context, done: Planned) -> date | None:
    """The day on which a name goes in, when it is not on the register: the file's, else the day chosen (O-B-1.1)."""
    row, pupil = target
    if pupil and (pupil.begins or (pupil.ended and pupil.ended >= context.today)):
        return None
    day = row.starts or context.day
    if pupil and pupil.ended and day <= pupil.ended:
        done.problems.append(Problem(row.number, "Starting day", (
            f"{row.name} left on {pupil.ended:%d/%m/%Y}, and would start on {day:%d/%m/%Y}. Give the day "
            "of coming back, or take the row out."
        )))  # fmt: skip
        return None
    return day


def _texts(target: Target, draft: _Draft) -> None:
    row, pupil = target
    said: dict[str, Any] = {"born": row.born, **row.texts}
    held: Mapping[str, Any] = {"born": pupil.born, **pupil.texts} if pupil else {}
    for key, value in said.items():
        old = held.get(key, "")
        if value == old or (key == "address" and folded(value) == folded(old)):
            continue
        draft.facts[key] = value
        draft.pieces.append(Piece(PUPIL_FACTS[key], _shown(old), _shown(value)))
        draft.amended.append(Amended(key, as_text(old), as_text(value)))


def _shown(value: str | date) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def _group(target: Target, groups: Groups, draft: _Draft, done: Planned) -> None:
    row, pupil = target
    if not row.group:
        return
    held = pupil.group if pupil and pupil.begins else ""
    if folded(row.group) == folded(held):
        return
    name = groups.named(row.group, row.number, row.texts.get("year_group", pupil.texts["year_group"] if pupil else ""))
    draft.written["group"] = name
    draft.piece("Class", held, name, register="group")


def _dated(target: Target, draft: _Draft) -> None:
    """Expected sessions, the commissioner, and characteristics (which are no part of the admission register)."""
    row, pupil = target
    held_pattern = pupil.pattern if pupil else ""
    if row.pattern is not None and row.pattern != held_pattern:
        draft.written["pattern"] = row.pattern
        draft.piece(
            "Expected sessions", held_pattern or "every session", row.pattern or "every session", "expected sessions"
        )
    held_placement = pupil.placement if pupil else None
    if row.placement and tuple(row.placement) != held_placement:
        draft.written["placement"] = tuple(row.placement)
        draft.piece(
            "Commissioner", held_placement[1] if held_placement else "", row.placement.commissioner, "commissioner"
        )
    held_kinds = pupil.characteristics if pupil else frozenset()
    kinds = {kind: holds for kind, holds in row.characteristics.items() if holds != (kind in held_kinds)}
    if kinds:
        draft.written["characteristics"] = kinds
    for kind, holds in kinds.items():
        draft.piece(_CHARACTERISTICS[kind], "no" if holds else "yes", "yes" if holds else "no")


def _contacts(target: Target, around: tuple[Around, ...], adults: Adults, draft: _Draft) -> None:
    links = {link.contact_id: link for link in target.pupil.links} if target.pupil else {}
    new, changes = [], {}
    for contact, adult in around:
        _details(target.row.number, adult, adults, draft)
        link = links.get(adult.id) if adult.id is not None else None
        if link is None:
            new.append(NewLink(adult, _standing(contact)))
            draft.piece("Contact", "", _described(contact, adults.name(adult)), f"contact: {adults.name(adult)}")
        elif changed := _standing_changed(contact, link):
            changes[link.id] = changed
            _standing_pieces(adults.name(adult), link, changed, draft)
    draft.written |= ({"links": tuple(new)} if new else {}) | ({"link_changes": changes} if changes else {})


def _details(row: int, adult: AdultRef, adults: Adults, draft: _Draft) -> None:
    """An adult's changed details, told once: at the first row that says them."""
    for key, text in adults.changed_first_in(adult, row):
        name = adults.name(adult)
        draft.piece(f"{name}: {_DETAILS.get(key, key)}", adults.held_detail(adult, key), text, f"contact: {name}")


def _standing(contact: ContactRow) -> dict[str, Any]:
    return {"relation": "Contact", "is_parent": contact.is_parent, "calling_order": contact.number, **contact.standing}


def _standing_changed(contact: ContactRow, link: HeldLink) -> dict[str, Any]:
    changed = {key: value for key, value in contact.standing.items() if value != link.standing[key]}
    if {"relation", "parental_responsibility"} & changed.keys() and contact.is_parent != link.standing["is_parent"]:
        changed["is_parent"] = contact.is_parent
    return changed


def _standing_pieces(name: str, link: HeldLink, changed: Mapping[str, Any], draft: _Draft) -> None:
    for key, value in changed.items():
        draft.piece(f"{name}: {_STANDING[key]}", _words(link.standing[key]), _words(value), f"contact: {name}")


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _described(contact: ContactRow, name: str) -> str:
    parts = (contact.standing.get("relation", ""), *contact.details.values())
    return ", ".join([name, *(part for part in parts if part)])


def _warnings(target: Target, starts: date | None, context: Context) -> Iterator[str]:
    row, pupil = target
    upn = row.texts.get("upn", "")
    if upn and not (pupil and pupil.texts["upn"] == upn):
        checked = check_upn(upn)
        if isinstance(checked, Upn) and checked.warning:
            yield checked.warning
    if starts and not context.is_school_day(starts):
        yield f"The school does not meet on the starting day, {starts:%d/%m/%Y}. Check it."
    if starts and not row.group:
        yield "No class is named, so no register will have this pupil in it."
    if not starts and pupil and row.starts and row.starts != pupil.begins:
        held = f"{pupil.begins:%d/%m/%Y}" if pupil.begins else "none"
        yield (
            f"The file's starting day is {row.starts:%d/%m/%Y}; the admission register has {held}. An import "
            "leaves it: if it is wrong, amend it on the pupil's page."
        )
