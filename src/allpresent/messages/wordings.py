"""Every template of the house: declared in each room's `messages.toml`, in a school's own words where it has some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.apps import apps

from allpresent.core.messages.wording import BadWording, Wording, read_wordings
from allpresent.messages.models import TemplateVersion
from allpresent.schools.models import School

FILE = "messages.toml"


@cache
def wordings() -> Mapping[str, Wording]:
    """The program's own wordings by key, room after room. Raises BadWording for a file that cannot be used."""
    found: dict[str, Wording] = {}
    for wording in _declared():
        if wording.key in found:
            raise BadWording(f"two templates are called {wording.key}; give each its own key")
        found[wording.key] = wording
    return MappingProxyType(found)


def _declared() -> Iterator[Wording]:
    for app in apps.get_app_configs():
        file = Path(app.path) / FILE
        if app.name.startswith("allpresent.") and file.exists():
            yield from read_wordings(file.read_text(encoding="utf-8"), f"{Path(app.path).name}/{FILE}")


def wording_of(school: School, key: str) -> Wording:
    """A template in the words of the school: the newest of its own, else the program's. Raises LookupError."""
    wording = wordings().get(key)
    if wording is None:
        raise LookupError(f"no room declares a template called {key!r}")
    own = TemplateVersion.objects.filter(school=school, template=key).order_by("-id").first()
    return replace(wording, subject=own.subject, body=own.body) if own else wording
