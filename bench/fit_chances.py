"""Fits the curve of core/chances to invented pupils, looks how it does on others, and writes both down.

    python -m bench.fit_chances

Fitting is Newton's method on the likelihood, with coefficients kept at 0 or more; the weight is the best of a few.
The pupils are those of `allpresent simulate`: whole schools of one seed to fit, whole schools of another to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import allpresent.core.chances
from allpresent.core.chances.curve import Shape, inputs
from allpresent.core.chances.known import RECENT_DAYS
from allpresent.core.figures import is_persistent
from allpresent.figures.sheet import Sheet
from allpresent.figures.sums import Numbers, rows_of, sums
from allpresent.simulate.england import Part, england
from allpresent.simulate.pupils import LAST_HALF_TERM_OF_LEAVERS
from allpresent.simulate.year import the_year

Floats = NDArray[np.float64]

PUPILS = 60_000
SEED_TO_FIT, SEED_TO_LOOK = 101, 202
DAYS_SEEN = (15, 30, 50, 70, 90, 110, 130, 150, 170)
"""After how many school days pupils are looked at."""
USUAL = 0.0687
"""What pupils of England missed in 2024/25 (DfE headline, all schools)."""
MOST = 0.2
"""Up to which share last year counts. Less says a little more of what comes, and more a little less."""
WEIGHTS = (20, 40, 60)
NAMES = ("base", "so_far", "recent", "last_year", "room")
STEPS, TENTHS = 30, 10
TO = Path(allpresent.core.chances.__file__).with_name("model.toml")


class Seen(NamedTuple):
    """Pupils as they were on some days, columns as in core.chances.known, and how the year ended."""

    days: Floats
    missed: Floats
    possible: Floats
    recent_missed: Floats
    recent_possible: Floats
    left: Floats
    room: Floats
    last_year: Floats
    ended: Floats

    def inputs(self, shape: Shape) -> Floats:
        known = {name: getattr(self, name) for name in self._fields if name not in ("days", "ended")}
        return np.stack(inputs(shape, **known), axis=1)


def seen(seed: int) -> Seen:
    """Pupils of a seed on each of the days, where the end was still open."""
    found = [one for part in england(PUPILS, seed) for one in of_part(part)]
    return Seen(*map(np.concatenate, zip(*found, strict=True)))


def of_part(part: Part) -> Iterator[Seen]:
    sheet = part.sheet()
    whole = _counts(sheet, 0, len(the_year().days))
    stay = part.pupils.after >= np.sum(the_year().half_term <= LAST_HALF_TERM_OF_LEAVERS)
    for day in DAYS_SEEN:
        (missed, possible), recent = _counts(sheet, 0, day), _counts(sheet, max(0, day - RECENT_DAYS), day)
        left, room = whole[1] - possible, whole[1] / 10 - missed
        open_still = stay & (possible > 0) & (left > 0) & (room > 0) & (room <= left)
        ended = is_persistent(whole[0], whole[1]).astype(float)
        columns = (np.full(len(left), day), missed, possible, *recent, left, room, part.pupils.last_year, ended)
        yield Seen(*(column[open_still].astype(float) for column in columns))


def _counts(sheet: Sheet, first: int, after: int) -> tuple[Numbers, Numbers]:
    """Sessions missed and possible of each pupil in some days."""
    days, rows = the_year().days, rows_of(sheet)
    found = sums(sheet, days[first], days[after - 1], rows, len(rows)).parts
    return found.absence, found.possible


def fitted(rows: Floats, ended: Floats) -> Floats:
    """Coefficients by Newton's method; one that would be below 0 is left out and the others fitted again."""
    kept = list(range(rows.shape[1]))
    while True:
        found = _newton(rows[:, kept], ended)
        if found.min() >= 0:
            whole = np.zeros(rows.shape[1])
            whole[kept] = found
            return whole
        kept.pop(int(found.argmin()))


def _newton(rows: Floats, ended: Floats) -> Floats:
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = chances(rows, found)
        slope = (rows * (chance * (1 - chance))[:, None]).T @ rows + 1e-6 * np.eye(rows.shape[1])
        found = found + np.linalg.solve(slope, rows.T @ (ended - chance))
    return found


def chances(rows: Floats, coefficients: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(rows @ coefficients, -30, 30)))


def brier(chance: Floats, ended: Floats) -> float:
    """The mean square of what was said less what came: 0 is perfect."""
    return float(np.mean((chance - ended) ** 2))


def best(some: Seen, *, with_last_year: bool) -> tuple[Shape, Floats]:
    """The shape and coefficients that say best what came, of the pupils fitted to."""
    tried = []
    for weight in WEIGHTS:
        shape = Shape(USUAL, weight, MOST)
        rows = some.inputs(shape)
        if not with_last_year:
            rows[:, NAMES.index("last_year")] = 0
        coefficients = fitted(rows, some.ended)
        tried.append((brier(chances(rows, coefficients), some.ended), shape, coefficients))
    return min(tried, key=lambda one: one[0])[1:]


def section(name: str, to_fit: Seen, to_look: Seen, *, with_last_year: bool) -> list[str]:
    """A curve and how it did, as lines of TOML."""
    shape, coefficients = best(to_fit, with_last_year=with_last_year)
    said = chances(to_look.inputs(shape), coefficients)
    return [
        f"\n[{name}]",
        f"weight = {shape.weight}",
        *(f"{part} = {value:.4f}" for part, value in zip(NAMES, coefficients, strict=True)),
        f"brier = {brier(said, to_look.ended):.4f}",
        *("by_day = [", *_by_day(said, to_look), "]", "tenths = [", *_tenths(said, to_look.ended), "]"),
    ]


def _by_day(said: Floats, some: Seen) -> Iterator[str]:
    for day in DAYS_SEEN:
        of = some.days == day
        yield f"  {{ days = {day}, brier = {brier(said[of], some.ended[of]):.4f} }},"


def _tenths(said: Floats, ended: Floats) -> Iterator[str]:
    tenth = np.minimum((said * TENTHS).astype(int), TENTHS - 1)
    for number in range(TENTHS):
        of = tenth == number
        yield f"  {{ pupils = {of.sum()}, said = {said[of].mean():.4f}, came = {ended[of].mean():.4f} }},"


def main() -> None:
    to_fit, to_look = seen(SEED_TO_FIT), seen(SEED_TO_LOOK)
    everybody = np.full(len(to_look.ended), to_fit.ended.mean())
    today = is_persistent(to_look.missed, to_look.possible).astype(float)
    lines = [
        HEAD.format(pupils=PUPILS, fit=SEED_TO_FIT, look=SEED_TO_LOOK, usual=USUAL, most=MOST),
        f"guess = {brier(everybody, to_look.ended):.4f}",
        f"below_today = {brier(today, to_look.ended):.4f}",
        *section("with_last_year", to_fit, to_look, with_last_year=True),
        *section("without", to_fit, to_look, with_last_year=False),
    ]
    TO.write_text("\n".join(lines) + "\n", encoding="utf-8")


HEAD = """\
# The chance of ending the year persistently absent (curve.py says how), fitted once by bench/fit_chances.py to invented
# pupils (allpresent simulate, {pupils} of seed {fit}), and held against others, whole schools that it had not seen
# ({pupils} of seed {look}), after so many school days of 190. Pupils whose end was already certain are left out.
# The invented pupils land on DfE's figures for 2024/25; how absence drifts within a year, and from one year to the
# next, is supposed (simulate/assumed.toml).
#
# brier    the mean square of what was said less what came: 0 is perfect. By school day, and of all
# guess    the same for telling every pupil the share of all
# below_today  the same for telling those at 10% or more today that they will be, and all others that they will not
# tenths   by tenth of the chance said: pupils, mean chance said, share that came to be

usual = {usual}
most = {most}"""

if __name__ == "__main__":
    main()
