"""Jinja2 as our pages use it: our rooms' templates, and GOV.UK Frontend's macros under their own prefix."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from allpresent.core.clauses import clauses
from allpresent.shared import words


def environment(**options: Any) -> Environment:
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], govuk])
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)
    env.globals.update(static=cache(static), url=_url, get_messages=get_messages)
    env.filters.update(words.FILTERS)
    env.tests["clause"] = _is_clause
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _is_clause(id: str) -> bool:
    """Whether a source is a clause that has a page of its own; others are paragraphs of the law."""
    return any(id == known.id for known in clauses())
