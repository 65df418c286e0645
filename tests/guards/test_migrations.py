"""Migrations match the models, and each room's run in one line."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.guards.rooms import our_apps


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"The models have changed and no migration says so:\n{said.getvalue()}")
    assert "No changes detected" in said.getvalue()


def test_no_room_has_branching_migrations():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    rooms = {app.label for app in our_apps()}
    parents = [
        (room, parent)
        for (room, _), migration in loader.disk_migrations.items()
        for parent in migration.dependencies
        if room in rooms and parent[0] == room
    ]
    assert [parent for parent, children in Counter(parents).items() if children > 1] == []
