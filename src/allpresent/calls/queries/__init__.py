"""What other rooms read of the first-day response. Small frozen records; nothing here writes."""

from allpresent.calls.queries.board import Board, Row, board, board_of
from allpresent.calls.queries.facts import DayFacts, day_facts, facts_of
from allpresent.calls.queries.tries import tries_of

__all__ = [
    "Board",
    "DayFacts",
    "Row",
    "board",
    "board_of",
    "day_facts",
    "facts_of",
    "tries_of",
]
