"""A form as it lies on a page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """What a form holds as it lies there: its boxes, and the choices already made."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "select":
            self.select = has["name"]
        elif tag == "option" and "selected" in has:
            self.held[self.select] = has["value"]
        elif tag == "input" and "name" in has and (has.get("type") != "radio" or "checked" in has):
            self.held[has["name"]] = has.get("value", "")


def drawn(html: str) -> dict[str, str]:
    """The answers that lie in the forms of a page's main part."""
    form = _Form()
    form.feed(html[html.index("<main") :])
    return form.held
