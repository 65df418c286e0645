"""The chance of ending the year persistently absent, said honestly: a help to those who help, never a label."""

from allpresent.core.chances.curve import Curve, Shape, inputs
from allpresent.core.chances.fitted import Fitted, Model, OnDay, Tenth, model
from allpresent.core.chances.known import RECENT_DAYS, Known
from allpresent.core.chances.words import Next, Standing, in_words, next_weeks, standing, tenths, words_of

__all__ = [
    "RECENT_DAYS",
    "Curve",
    "Fitted",
    "Known",
    "Model",
    "Next",
    "OnDay",
    "Shape",
    "Standing",
    "Tenth",
    "in_words",
    "inputs",
    "model",
    "next_weeks",
    "standing",
    "tenths",
    "words_of",
]
