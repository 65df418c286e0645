"""Whether a school has the chances of its pupils shown, and who said so."""

from __future__ import annotations

from allpresent.figures.models import ChancesSwitch
from allpresent.schools.models import School


def chances_switches(school: School) -> tuple[ChancesSwitch, ...]:
    """Every time somebody switched them, the newest first: one query."""
    return tuple(ChancesSwitch.objects.filter(school=school).order_by("-id"))


def chances_shown(school: School) -> bool:
    """Whether they are shown: until somebody says otherwise, they are. One query."""
    newest = ChancesSwitch.objects.filter(school=school).order_by("-id").values_list("shown", flat=True).first()
    return True if newest is None else newest
