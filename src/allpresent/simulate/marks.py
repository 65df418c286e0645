"""The marks of some pupils while they are being made up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from allpresent.figures.sheet import BYTE, Cells
from allpresent.simulate.calibration import Ints
from allpresent.simulate.pupils import Pupils
from allpresent.simulate.year import the_year


class Marks:
    """`cells`: (pupils, sessions of the year), a byte a mark, 0 for none. `free`: on roll and not yet marked."""

    def __init__(self, pupils: Pupils) -> None:
        day = np.arange(the_year().sessions) // 2
        self.pupils = pupils
        self.free: NDArray[np.bool_] = (day >= pupils.first[:, None]) & (day < pupils.after[:, None])
        self.cells: Cells = np.zeros(self.free.shape, np.uint8)

    def give(self, code: str, row: Ints, slot: Ints, most: int | None = None) -> int:
        """Mark the sessions of these that are free, at most so many of them. Gives how many were."""
        inside = np.flatnonzero((slot < self.free.shape[1]) & self.free[row, slot.clip(max=self.free.shape[1] - 1)])
        once = np.unique(row[inside] * self.free.shape[1] + slot[inside], return_index=True)[1]
        kept = inside[np.sort(once)[:most]]
        self.cells[row[kept], slot[kept]], self.free[row[kept], slot[kept]] = BYTE[code], False
        return len(kept)
