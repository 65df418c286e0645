"""The year group most children of an age are in. Never a pupil's own: pupils may be taught out of year."""

from __future__ import annotations

from datetime import date

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.ages import age_on

_USUAL = {2: "N1", 3: "N2", 4: "R"} | {age: str(age - 4) for age in range(5, 19)}


def age_before_year(born: date, year: AcademicYear) -> int:
    """Whole years reached by 31 August at the start of `year`: the age the statistics use.

    Raises ValueError for a child born after that day.
    """
    return age_on(born, date(year.first, 8, 31))


def usual_year_group(born: date, year: AcademicYear) -> str | None:
    """The usual census year group in `year`: 'N1', 'N2', 'R', '1' to '14', or None outside those ages.

    Source: data standards fact sheet section 3 (4 on 31 August is reception, 5 is Year 1, 15 is Year 11).
    The nursery and sixth-form codes are unconfirmed there.
    """
    if born > date(year.first, 8, 31):
        return None
    return _USUAL.get(age_before_year(born, year))
