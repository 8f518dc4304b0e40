"""How it goes, for anybody to see: both sides' answers, the silent ones counted."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.oversight.rules import rules
from kuaichu.kernel import clock
from kuaichu.queries.satisfaction import Side, satisfaction

DAYS = 90


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the last 90 days; small cells stay hidden."""
    city = settings.DEFAULT_CITY
    sides = satisfaction(city, clock.now() - timedelta(days=DAYS))
    context = {
        "days": DAYS,
        "small": rules(city).small_cell,
        "sides": [(_name(side), side, _percent(side.happy)) for side in sides],
    }
    return render(request, "public/figures.html", context)


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


def _name(side: Side) -> str:
    return {
        "at_fault": _("Those who bore more of the fault"),
        "equal": _("Those who bore the same, or were alone"),
        "not_at_fault": _("Those who bore less or none"),
    }[side.side]
