"""Journeys: a real browser against a real server. One file a story, and every page it stops at is checked by axe.

They run as a process of their own (`pytest tests/journeys -m journey`). Without Chromium they are set aside, and the
summary says so loudly; where CI is true they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.widths import WIDTHS
from tests.messages.post_office import PostOffice
from tests.server import Server

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps a loop in this thread; nothing else runs

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LACKING = "Chromium was not found on the PATH: the browser journeys were not run."


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if item.path.name >= "test_first":
                item.add_marker(pytest.mark.second_half)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if CHROMIUM is None and item.get_closest_marker("journey"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(LACKING)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None and (skipped := terminalreporter.stats.get("skipped")):
        terminalreporter.section(f"{len(skipped)} JOURNEYS NOT RUN", red=True, bold=True)
        terminalreporter.write_line(LACKING, red=True)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {"executable_path": CHROMIUM, "args": list(SWITCHES)}


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    """A journey that asks for `width` is made twice: on a desktop and on a phone."""
    return request.param


@pytest.fixture
def browser_at(browser: Browser, serve: Callable[..., Server]) -> Callable[..., Page]:
    """A page of a browser on a server of its own: `browser_at(360, now="2026-09-15 08:55")`."""

    def open_page(width: int, *, now: str = "2026-09-15 08:55", scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=serve(now=now).address,
            viewport={"width": width, "height": 800},
            has_touch=width == WIDTHS["phone"],
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    return open_page


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice().start()
    yield office
    office.stop()


@pytest.fixture
def channels(post_office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server of the installation, for the server and the worker that the journey starts."""
    file = tmp_path / "channels.toml"
    smtp = f'host = "127.0.0.1"\nport = {post_office.port}\nsecurity = "none"\nfrom = "pages@hillside.example.org"\n'
    file.write_text(f"[installation.smtp]\n{smtp}", encoding="utf-8")
    monkeypatch.setenv("ALLPRESENT_CHANNELS", str(file))
