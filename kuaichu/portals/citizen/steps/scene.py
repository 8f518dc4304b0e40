"""The accident itself: anybody hurt, where and when, and what the quick procedure cannot handle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import intake
from kuaichu.cases.intake import Description
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, again, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame, closed, go_on, show


class SafetyForm(forms.Form):
    """Is anybody hurt?"""

    injury = forms.ChoiceField(
        label=gettext_lazy("Is anybody hurt?"),
        choices=[(value, label) for value, label, _icon, _hint in words.INJURIES],
        error_messages={"required": gettext_lazy("Say whether anybody is hurt.")},
    )


@held_part("GET", "POST", blank=True)
def safety(request: HttpRequest, held: Held) -> HttpResponse:
    """Is anybody hurt? Everything else waits for this."""
    if elsewhere := closed(request, held):
        return elsewhere
    form = SafetyForm(sent(request), initial={"injury": held.case.injury})
    if request.method == "POST" and form.is_valid():
        injury = form.cleaned_data["injury"]
        slight = injury == "slight"  # kept together with the consent, for which the next page asks
        told = Description(injury=None if slight else injury, **position(request.POST))
        intake.describe(held.actor, held.case.pk, told)
        if slight:
            return redirect(held.url("consent"))
        return redirect(held.url("home")) if injury != "none" else go_on(held, "safety")
    known = _known_position(held)
    return show(request, held, "safety", "safety", {"form": form, "cards": words.INJURIES, "known": known})


def _known_position(held: Held) -> dict[str, Any]:
    case = held.case
    return {"lat": case.lat, "lon": case.lon, "accuracy": case.accuracy_m} if case.lat is not None else {}


def position(told: Any) -> dict[str, Any]:
    """The position a form brought, as far as it can be one (degrees, metres); nothing else."""
    found: dict[str, Any] = {}
    for name, field in (("lat", "lat"), ("lon", "lon"), ("accuracy", "accuracy_m")):
        try:
            found[field] = float(told.get(name, ""))
        except ValueError:
            continue
    good = -90 <= found.get("lat", 99) <= 90 and -180 <= found.get("lon", 999) <= 180
    return found if good else {}


class ConsentForm(forms.Form):
    """May an officer use the quick procedure although someone is slightly hurt?"""

    agreed = forms.ChoiceField(
        label=gettext_lazy("Do all of you agree to the quick procedure?"),
        choices=[(value, label) for value, label, _icon in words.AGREED],
        error_messages={"required": gettext_lazy("Choose one.")},
    )


@held_part("GET", "POST", blank=True)
def consent(request: HttpRequest, held: Held) -> HttpResponse:
    """Somebody is slightly hurt: the summary procedure needs everybody's consent (D146 Art. 23)."""
    if elsewhere := closed(request, held):
        return elsewhere
    known = held.case.triage.get("slight_injury_consent")
    form = ConsentForm(sent(request), initial={"agreed": {True: "yes", False: "no"}.get(known)})
    if request.method == "POST" and form.is_valid():
        triage = {"slight_injury_consent": form.cleaned_data["agreed"] == "yes"}
        intake.describe(held.actor, held.case.pk, Description(injury="slight", triage=triage))
        return go_on(held, "safety")
    context = {"form": form, "cards": words.AGREED}
    return show(request, held, "safety", "consent", context, back=held.url("safety"))


class PlaceForm(forms.Form):
    """Where, when, in what weather and light."""

    place = forms.CharField(
        label=gettext_lazy("Place in words"),
        max_length=200,
        help_text=gettext_lazy(
            "Road, junction, direction, e.g. “Renmin South Road, going north, before Shiji Avenue”"
        ),
        widget=forms.TextInput({"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Describe the place in a few words.")},
    )
    weather = forms.ChoiceField(
        label=gettext_lazy("Weather"),
        choices=[(value, label) for value, label, _icon in words.WEATHER],
        error_messages={"required": gettext_lazy("Choose one of the pictures.")},
    )
    light = forms.ChoiceField(
        label=gettext_lazy("Light"),
        choices=[(value, label) for value, label, _icon in words.LIGHT],
        error_messages={"required": gettext_lazy("Choose one of the pictures.")},
    )
    site = forms.ChoiceField(
        label=gettext_lazy("What kind of place?"),
        choices=[(value, label) for value, label, _icon, _hint in words.SITES],
        required=False,
    )
    happened_at = forms.DateTimeField(
        label=gettext_lazy("When did it happen?"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter day and time, e.g. 2026-11-21 08:30.")},
    )


@held_part("GET", "POST", blank=True)
def place(request: HttpRequest, held: Held) -> HttpResponse:
    """Where and when."""
    if elsewhere := closed(request, held):
        return elsewhere
    form = PlaceForm(sent(request), initial=_told(held))
    if request.method == "POST" and form.is_valid():
        try:
            intake.describe(held.actor, held.case.pk, _description(request, held, form.cleaned_data))
            return go_on(held, "place")
        except Invalid as refusal:
            blame(form, refusal)
    known = request.POST if request.method == "POST" else _known_position(held)
    context = {
        "form": form,
        "weathers": words.WEATHER,
        "lights": words.LIGHT,
        "sites": words.SITES,
        "known": known,
    }
    return show(request, held, "place", "place", context)


def _told(held: Held) -> dict[str, Any]:
    if held.blank:  # kept on phones: it must not say when that was
        return {"site": held.case.site}
    case, here = held.case, held.case.happened_at.astimezone(CHINA)
    light = case.light or ("day" if 7 <= here.hour < 17 else "")
    told = {"place": case.place, "weather": case.weather, "light": light, "happened_at": here}
    return {**told, "site": case.site}


def _description(request: HttpRequest, held: Held, told: dict[str, Any]) -> Description:
    when: datetime | None = told["happened_at"]
    minute = held.case.happened_at.replace(second=0, microsecond=0)
    return Description(
        place=told["place"],
        weather=told["weather"],
        light=told["light"],
        site=told["site"] or None,
        happened_at=when if when and when != minute else None,
        **position(request.POST),
    )


@held_part("GET", "POST", blank=True)
def checks(request: HttpRequest, held: Held) -> HttpResponse:
    """What the quick procedure cannot handle; every answer is kept, the unticked ones as no."""
    if elsewhere := closed(request, held):
        return elsewhere
    if request.method == "POST":
        ticked = [] if "none" in request.POST else request.POST.getlist("checks")
        known = {key for key, _label, _icon in words.CHECKS}
        if ticked or "none" in request.POST or "alcohol_suspected" in held.case.triage:
            triage = {key: key in ticked for key in known}
            intake.describe(held.actor, held.case.pk, Description(triage=triage))
            return go_on(held, "checks")
    chosen = [key for key, on in held.case.triage.items() if on]
    error = _("Tick what applies, or tap “None of these”.") if request.method == "POST" else ""
    context = {"cards": words.CHECKS, "chosen": chosen, "error": error, "wrong": bool(error)}
    return show(request, again(held), "checks", "checks", context)
