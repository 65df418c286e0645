"""Reading pages as people do, and sending the forms that are on them."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def text(html: str) -> str:
    """What a page says, its spaces made single."""
    words = _Words()
    words.feed(html)
    return " ".join(" ".join(words.said).split())


def get(client, school, path: str, status: int = 200) -> str:
    """The page at a path of the school; the test fails at any other status."""
    answer = client.get(f"/{school.slug}/{path}")
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return answer.content.decode()


def register_path(group, day: str, half: str = "am") -> str:
    return f"registers/{group.slug}/{day}/{half}/"


def drawn(html: str) -> dict[str, str]:
    """The hidden fields of a register page: its number and the versions it was drawn from."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("key", "seen")}


def send(client, school, group, marks: dict, *, day: str, half: str = "am", form: dict | None = None, **extra):
    """Open the register, choose marks by pupil, and send it. `form`: hidden fields of a page opened earlier."""
    path = register_path(group, day, half)
    form = form or drawn(get(client, school, path))
    chosen = {f"mark-{pupil.id}": code for pupil, code in marks.items()}
    return client.post(f"/{school.slug}/{path}", form | chosen | extra)
