"""Getting ready: the data folder, the tables and the static files. Each step is done only when it is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile

import django
from django.conf import settings
from django.core.management import call_command

from allpresent.commands.errors import CommandError
from allpresent.config.environment import BadSetting
from allpresent.config.loading import loading

STAMP = ".stamp"
"""The file beside the collected static files that says what they were collected from."""


def start_django() -> None:
    """Read the settings, with DATA as the data folder where it is given. After this the database may be used.

    Raises CommandError for a setting that cannot be understood, or a data folder that cannot be written.
    """
    if folder := os.environ.get("DATA"):
        os.environ.update(ALLPRESENT_DATA=folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allpresent.config.settings")
    try:
        with loading():
            django.setup()
        with TemporaryFile(dir=settings.DATA):
            pass
    except BadSetting as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(
            f"cannot write in the data folder ({error.filename}: {error.strerror}). Give one that you may write in, "
            "such as make run DATA=my-data"
        ) from None


def make_tables() -> None:
    """Bring the tables of the database up to this version of the program."""
    call_command("migrate", verbosity=0, interactive=False)


def collect_static_files() -> bool:
    """Collect the style sheets and scripts, unless nothing changed since the last time. Gives whether it did.

    Raises CommandError when the pages' style sheets are not installed.
    """
    if not settings.STATICFILES_DIRS:
        raise CommandError(
            f"the pages' style sheets are not in {settings.BUILT_ASSETS}. Begin with make run, which installs them."
        )
    stamp, wanted = settings.STATIC_ROOT / STAMP, _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    """What the static files are made from: the name, size and time of each."""
    return sha256("\n".join(sorted(_files())).encode()).hexdigest()


def _files() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            yield f"{name} {stat.st_size} {stat.st_mtime_ns}"
