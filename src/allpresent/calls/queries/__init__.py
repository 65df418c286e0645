"""What other rooms read of the first-day response. Small frozen records; nothing here writes."""

from allpresent.calls.queries.board import Board, Row, board, board_of
from allpresent.calls.queries.facts import DayFacts, day_facts
from allpresent.calls.queries.returns import missed_returns
from allpresent.calls.queries.tries import tries_of

__all__ = [
    "Board",
    "DayFacts",
    "Row",
    "board",
    "board_of",
    "day_facts",
    "missed_returns",
    "tries_of",
]
