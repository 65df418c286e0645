"""What the made-up staff and families did besides the registers: leave, calls, providers, the gate, evidence.

Each story is acted through its own room at the moment at which it happened, so that every rule held then. Those of
`ahead` come before the registers are written, as they did; those of `since` and `of_the_day` after.
"""

from allpresent.demo.stories.told import ahead, of_the_day, since

__all__ = ["ahead", "of_the_day", "since"]
