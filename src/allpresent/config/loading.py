"""Loading the program without looking, all the while, for what can be thrown away: none of it can."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """What is made in this block stays for ever.

    It is not looked through again; what is left behind later is looked for every fifty thousand things, not every
    seven hundred.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        gc.enable()
