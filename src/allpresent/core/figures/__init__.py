"""Tallies and rates by DfE's definitions, exact in whole numbers."""

from allpresent.core.figures.bands import Bands, band_of, bands
from allpresent.core.figures.figure import Figure, total
from allpresent.core.figures.lines import is_persistent, is_severe, reaches_band
from allpresent.core.figures.parts import Parts, parts
from allpresent.core.figures.percentages import enrolment_weighted_percent, one_decimal, percent
from allpresent.core.figures.tally import tally, tally_dated

__all__ = [
    "Bands",
    "Figure",
    "Parts",
    "band_of",
    "bands",
    "enrolment_weighted_percent",
    "is_persistent",
    "is_severe",
    "one_decimal",
    "parts",
    "percent",
    "reaches_band",
    "tally",
    "tally_dated",
    "total",
]
