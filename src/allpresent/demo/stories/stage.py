"""Where a story happens: the school, the day shown, and who is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from allpresent.core.calendar.london import at
from allpresent.core.calendar.sessions import Half, Session
from allpresent.demo.places import planned_year
from allpresent.demo.staff import Signers, signers
from allpresent.people.models import Pupil, PupilContact
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.schools.models import School


@dataclass(frozen=True)
class Stage:
    """One school at the moment shown. Days are counted in school days from the day shown."""

    school: School
    day: date
    now: datetime
    signers: Signers

    @classmethod
    def of(cls, school: School, day: date, now: datetime) -> Stage:
        return cls(school, day, now, signers(school))

    def day_at(self, offset: int) -> date | None:
        """The school day so many after the day shown, or before it where negative; None outside the year."""
        if offset > 0:
            return planned_year().school_days_after(self.day, offset)
        earlier = (*planned_year().previous_school_days(self.day, -offset), self.day)
        return earlier[0] if len(earlier) == 1 - offset else None

    def before(self, days: int) -> date | None:
        return self.day_at(-days)

    def after(self, days: int) -> date | None:
        return self.day_at(days)

    def key(self, *of: object) -> str:
        """The key of an act: the same each time it is told."""
        return ":".join(map(str, ("demo", self.school.slug, self.day, *of)))

    def pupil(self, name: str, day: date) -> RollPupil | None:
        """A child of `children.toml`, 'Forename Surname', as the roll of a day has them."""
        forename, _, surname = name.partition(" ")
        found = Pupil.objects.filter(school=self.school, forename=forename, surname=surname).first()
        return pupil_on_roll(self.school, found.id, day) if found else None


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in London."""
    return at(day, time(hour, minute))


def parent_of(pupil: RollPupil) -> PupilContact:
    """The first parent in the calling order who lives with the child and has no restriction."""
    links = PupilContact.objects.filter(pupil=pupil.id, is_parent=True, lives_with=True, restriction="")
    return links.select_related("contact").order_by("calling_order").first()


def whole(first: date, last: date) -> tuple[Session, Session]:
    """From the morning of one day to the afternoon of another."""
    return Session(first, Half.AM), Session(last, Half.PM)


def days_of(stage: Stage, most: int) -> Iterator[date]:
    """The school days before the day shown, oldest first, at most so many."""
    yield from planned_year().previous_school_days(stage.day, most)
