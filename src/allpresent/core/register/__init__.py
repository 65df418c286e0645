"""A register at a moment: its times and state, the code an arrival earns, what may be entered and amended."""

from allpresent.core.register.amendment import Amendment, CurrentMark, DayFacts, check_amendment
from allpresent.core.register.arrival import ArrivalCode, code_for_arrival
from allpresent.core.register.closing import marks_due_at_close
from allpresent.core.register.closure import ClosureRule, closure_table, overwritten_by_closure
from allpresent.core.register.grid import Box, DayPair, TermRow, WeekCell, year_grid
from allpresent.core.register.history import MarkEntry, as_known_on, problems_in
from allpresent.core.register.marking import check_marks
from allpresent.core.register.problems import Fault, Problem, ProblemKind, Problems
from allpresent.core.register.sheet import Accepted, AcceptedMark, SheetRow, SubmittedMark, fill_blanks
from allpresent.core.register.state import RegisterState, RegisterStatus, register_state
from allpresent.core.register.window import Window, WindowProblem

__all__ = [
    "Accepted",
    "AcceptedMark",
    "Amendment",
    "ArrivalCode",
    "Box",
    "ClosureRule",
    "CurrentMark",
    "DayFacts",
    "DayPair",
    "Fault",
    "MarkEntry",
    "Problem",
    "ProblemKind",
    "Problems",
    "RegisterState",
    "RegisterStatus",
    "SheetRow",
    "SubmittedMark",
    "TermRow",
    "WeekCell",
    "Window",
    "WindowProblem",
    "as_known_on",
    "check_amendment",
    "check_marks",
    "closure_table",
    "code_for_arrival",
    "fill_blanks",
    "marks_due_at_close",
    "overwritten_by_closure",
    "problems_in",
    "register_state",
    "year_grid",
]
