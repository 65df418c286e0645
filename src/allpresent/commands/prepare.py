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

STAMP = ".stamp"
"""The file beside the collected static files that says what they were collected from."""


def open_data_folder(folder: str) -> Path:
    """The data folder, made if there is none. Raises CommandError when it cannot be written."""
    path = Path(folder).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise CommandError(
            f"cannot write in the data folder {path}: {error.strerror}. Give one that you may write in, "
            "such as make run DATA=my-data"
        ) from None
    return path


def start_django(folder: Path) -> None:
    """Read the settings with this data folder. What is imported after this may use the database."""
    os.environ["ALLPRESENT_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allpresent.config.settings")
    django.setup()


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
