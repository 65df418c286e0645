"""The locks in the database itself: tables that refuse UPDATE and DELETE, in the words of each database."""

from __future__ import annotations

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are never {done}'); END;
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION allpresent_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION '%: rows are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} FOR EACH ROW EXECUTE FUNCTION allpresent_refuse();
"""
_POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION allpresent_refuse();
"""
_VERBS = (("update", "changed"), ("delete", "removed"))


def _drop(table: str, verb: str, *, sqlite: bool) -> str:
    return f"DROP TRIGGER IF EXISTS {table}_no_{verb}" + ("" if sqlite else f" ON {table}")


def append_only(*tables: str) -> migrations.RunPython:
    """A migration step that locks the tables named.

    Locking anew is right, and is needed after a change of columns: SQLite makes such a table again, without its locks.
    """

    def lock(apps, schema_editor) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        if not sqlite:
            schema_editor.execute(_POSTGRES_FUNCTION, params=None)
        for table in tables:
            for verb, done in _VERBS:
                words = {"table": table, "verb": verb, "VERB": verb.upper(), "done": done}
                schema_editor.execute(_drop(table, verb, sqlite=sqlite), params=None)
                schema_editor.execute((_SQLITE if sqlite else _POSTGRES).format(**words), params=None)
            if not sqlite:
                schema_editor.execute(_drop(table, "truncate", sqlite=False), params=None)
                schema_editor.execute(_POSTGRES_TRUNCATE.format(table=table), params=None)

    def unlock(apps, schema_editor) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        for table in tables:
            for verb, _ in _VERBS:
                schema_editor.execute(_drop(table, verb, sqlite=sqlite))

    return migrations.RunPython(lock, unlock)
