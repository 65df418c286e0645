"""What the guards walk: our Django apps, our models, our files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig, apps
from django.db.models import Model

from allpresent.shared.models import AppendOnlyModel
from tests.server import REPOSITORY


def our_apps() -> Iterator[AppConfig]:
    return (app for app in apps.get_app_configs() if app.name.startswith("allpresent."))


def append_only_models() -> list[type[Model]]:
    return sorted(
        (model for app in our_apps() for model in app.get_models() if issubclass(model, AppendOnlyModel)),
        key=lambda model: model._meta.db_table,
    )


def python_files() -> Iterator[Path]:
    for folder in ("src", "tests"):
        yield from sorted((REPOSITORY / folder).rglob("*.py"))
