"""What every page's frame needs: whose page it is, at which school, what they may open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from allpresent.shared import clock


def layout(request: HttpRequest) -> dict[str, Any]:
    return {
        "staff": getattr(request, "staff", None),
        "school": getattr(request, "school", None),
        "demonstration": settings.DEMONSTRATION,
        "clock_set": bool(settings.CLOCK),
        "now": clock.now(),
    }
