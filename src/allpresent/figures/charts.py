"""Charts as SVG pictures, readable in print and without colour: a dash and a mark of its own for every line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import NamedTuple

from django.http import HttpResponse

WIDTH, HEIGHT = 900, 300
_STYLE = {
    "background": "#ffffff",
    "plot_background": "#ffffff",
    "foreground": "#1b2330",
    "foreground_strong": "#1b2330",
    "foreground_subtle": "#4a5666",
    "colors": ("#1b2330", "#1f5e8c", "#7a5000"),
    "font_family": "system-ui, sans-serif",
    "guide_stroke_color": "#c9d1da",
    "major_guide_stroke_color": "#c9d1da",
}
_DASHES = ("", "8, 4", "2, 4")


class Line(NamedTuple):
    """One line of a chart. None: no figure there, and a gap in the line."""

    words: str
    values: Sequence[float | None]


def line_chart(labels: Sequence[str], lines: Sequence[Line]) -> str:
    """An SVG picture of percentages. The page says what it shows, and has the table behind it."""
    pygal = _pygal()
    chart = pygal.Line(
        width=WIDTH, height=HEIGHT, style=pygal.style.Style(**_STYLE), js=(), show_x_guides=False,
        legend_at_bottom=True, truncate_label=-1,
        x_labels_major_every=4, show_minor_x_labels=False, dots_size=2.5, disable_xml_declaration=True, margin=8,
        truncate_legend=-1, no_data_text="No figures in these days", print_values=False,
    )  # fmt: skip
    chart.x_labels = list(labels)
    for line, dash in zip(lines, _DASHES, strict=False):
        chart.add(line.words, list(line.values), allow_interruptions=True, stroke_style={"width": 2, "dasharray": dash})
    return chart.render()


@cache
def _pygal() -> ModuleType:
    """The library, loaded with the first chart. It looks for plugins in a way that Python 3.11 warns about at every
    later import; there are none, so it is told to stop."""
    import pygal.style

    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
    return pygal


def picture(svg: str) -> HttpResponse:
    """A chart as an answer of its own. It brings its own styles, which reach nothing else."""
    answer = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer
