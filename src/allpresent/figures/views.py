"""Pages of figures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right


@needs(Right.SEE_FIGURES)
def dashboard_page(request: StaffRequest) -> HttpResponse:
    """The school's figures on one page."""
    return render(request, "figures/dashboard.html")
