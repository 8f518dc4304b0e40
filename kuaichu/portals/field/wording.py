"""Choices of the field's forms, and the way to the place."""

from __future__ import annotations

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.dispatch.rules import rules

Choices = list[tuple[str, str, str]]


def whys() -> Choices:
    """Why a task is given back, with a pictogram."""
    return [
        ("urgent", _("I was sent to something urgent"), "alert"),
        ("unsafe", _("I cannot stop there safely (expressway): police must come"), "stop"),
        ("conflict", _("I know a party, or have an interest in it"), "users"),
        ("wrong_place", _("There is nobody at this place"), "pin"),
        ("end_of_duty", _("My duty ends"), "clock"),
        ("cannot", _("Another reason"), "help"),
    ]


def outcomes() -> Choices:
    """How the work at a scene ended, with a pictogram."""
    return [
        ("agreed", _("They settle it themselves"), "users"),
        ("forwarded", _("They have asked for an officer online"), "video"),
        ("determined", _("Decided on the spot"), "seal"),
        ("handed_over", _("Handed over to others"), "police"),
        ("not_needed", _("Nobody needed help"), "check"),
    ]


def navigation(case: Case) -> str:
    """The address that opens a map with the way to the place; empty without a position.

    Without a city's own address it is a `geo:` address (RFC 5870, WGS-84), which the phone's map opens.
    """
    if case.lat is None or case.lon is None:
        return ""
    template = rules(case.city).navigation
    if template:
        return template.format(lat=f"{case.lat:.6f}", lon=f"{case.lon:.6f}")
    place = f"{case.lat:.6f},{case.lon:.6f}"
    return f"geo:{place}?{urlencode({'q': place})}"
