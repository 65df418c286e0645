"""Absences that nobody has explained by the day shown, one at each stage of the time that the policy gives."""

from __future__ import annotations

from datetime import date

from allpresent.core.calendar.sessions import Half, Session
from allpresent.demo.absence import Away, How, Year
from allpresent.demo.places import planned_year
from allpresent.demo.reading import read


def scripted(name: str, shown: date) -> Year:
    """The sessions at which a child is away without a word by the day shown; none for most."""
    never = planned_year().pupil_days[-1]
    away = Away("O", How.LATER, "", "No reason was given.", settled=never)
    days = (_before(shown, back) for back in read("stories")["unexplained"].get(name, ()))
    return {Session(day, half): away for day in days if day for half in Half}


def _before(shown: date, back: int) -> date | None:
    days = (*planned_year().previous_school_days(shown, back), shown)
    return days[0] if len(days) == back + 1 else None
