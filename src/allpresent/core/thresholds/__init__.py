"""Lines in a pupil's marks: thresholds that a policy states, and the shapes that absence makes."""

from allpresent.core.thresholds.assess import (
    ANYBODY,
    SHAPES,
    Whom,
    assess,
    is_about,
    looked_at,
    shape_of,
    thresholds_of,
)
from allpresent.core.thresholds.finding import Finding
from allpresent.core.thresholds.history import History, Slots, history_of
from allpresent.core.thresholds.lookback import Lookback, Window
from allpresent.core.thresholds.shape import Look, Shape
from allpresent.core.thresholds.together import together
from allpresent.core.thresholds.weekdays import late_weekday

__all__ = [
    "ANYBODY",
    "SHAPES",
    "Finding",
    "History",
    "Look",
    "Lookback",
    "Shape",
    "Slots",
    "Whom",
    "Window",
    "assess",
    "history_of",
    "is_about",
    "late_weekday",
    "looked_at",
    "shape_of",
    "thresholds_of",
    "together",
]
