"""The last afternoon of the year: pages of figures of a school of 1,500, and of the trust of forty."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.figures.actions import keep_sheets
from bench import NOW
from bench.again import Asked, asker, cpu_of, listened
from bench.world import World
from tests.world import session_cookie, staff

PAGES = {
    "dashboard": "figures/",
    "lists": "figures/lists/",
    "patterns": "figures/patterns/",
    "ask": "figures/ask/?by=year_group&by=weekday",
    "pupils": "figures/ask/?show=pupils",
}


def measured(world: World) -> dict[str, float]:
    """Each page: its queries, its CPU, and that CPU beside the bare driver asking the same."""
    now = datetime.fromisoformat(NOW).replace(tzinfo=ZoneInfo("Europe/London"))
    for school in world.schools:
        keep_sheets(school=school, now=now)
    head = session_cookie(staff(role=Role.HEAD, school=world.large))
    leader = session_cookie(staff(role=Role.TRUST_LEADER, trust=world.large.trust))
    found: dict[str, float] = {}
    for name, path in PAGES.items():
        found |= _page(name, head, f"/{world.large.slug}/{path}")
    return found | _page("trust", leader, f"/{world.large.slug}/figures/trust/")


def _page(name: str, cookie: str, address: str) -> dict[str, float]:
    client = Client(headers={"Host": "127.0.0.1"})
    client.cookies["allpresent_session"] = cookie

    def page() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}: {answer.content[:400]!r}")

    page()
    heard: list[Asked]
    with listened() as heard:
        page()
    cpu, bare = cpu_of(page), cpu_of(asker(heard))
    return {
        f"{name}_queries": len(heard),
        f"{name}_cpu_ms": cpu * 1000,
        f"{name}_bare_ms": bare * 1000,
        f"{name}_times_bare": cpu / bare,
    }
