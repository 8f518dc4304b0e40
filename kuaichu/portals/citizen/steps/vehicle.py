"""The party's own vehicle: plate, what the register says about it, and who drove."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from kuaichu.cases import parties
from kuaichu.cases.models import Vehicle
from kuaichu.cases.parties import Identity
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.refusals import Invalid
from kuaichu.people.masks import mask_id, mask_name
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame, closed, go_on, show
from kuaichu.portals.citizen.together import earlier
from kuaichu.queries.sight import reading
from kuaichu.queries.timeline import newest_seq


class VehicleForm(forms.Form):
    """What the party drove or rode; only motor vehicles need a plate."""

    use_required_attribute = False
    vehicle_kind = forms.ChoiceField(
        label=gettext_lazy("How were you travelling?"),
        choices=[(value, label) for value, label, _icon in words.KINDS],
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    plate = forms.CharField(
        label=gettext_lazy("Plate of your vehicle"),
        error_messages={"required": gettext_lazy("Enter the plate of your vehicle.")},
        max_length=24,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    plate_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of plate"), choices=words.PLATE_KINDS, required=False
    )


@held_part("GET", "POST", blank=True)
def vehicle(request: HttpRequest, held: Held) -> HttpResponse:
    """Which vehicle. For cars the plate fetches the rest; without one the person is asked for a name."""
    if elsewhere := closed(request, held):
        return elsewhere
    known = {"vehicle_kind": held.vehicle.kind, "plate": held.vehicle.plate, "plate_kind": ""}
    form = VehicleForm(sent(request), initial=known)
    form.fields["plate"].required = request.POST.get("vehicle_kind", "MV") == "MV"
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        motor = told["vehicle_kind"] == "MV"
        identity = Identity(
            vehicle_kind=told["vehicle_kind"],
            plate=None if told["vehicle_kind"] == "PEDESTRIAN" else told["plate"],
            plate_kind=(told["plate_kind"] or None) if motor else None,
        )
        try:
            parties.identify(held.actor, held.case.pk, identity)
            return redirect(held.url("owner" if motor else "driver"))
        except Invalid as refusal:
            blame(form, refusal)
    context = {"form": form, "cards": words.KINDS, "earlier": earlier.vehicles(request, held)}
    context |= {"seq": 0 if held.blank else newest_seq(held.case.pk), **plates_offered(held)}
    return show(request, held, "vehicle", "vehicle", context)


def plates_offered(held: Held) -> dict[str, Any]:
    """What was read in the party's own photographs while it has named no plate: one tap each."""
    return {"held": held, "offers": reading.offers(held.party, held.vehicles, held.photos)}


@held_part("GET")
def plate_read(request: HttpRequest, held: Held) -> HttpResponse:
    """The plates that were read, as a fragment that keeps itself fresh."""
    return render(request, "citizen/steps/plate_read.html", plates_offered(held))


class OwnerForm(forms.Form):
    """Whose vehicle it is."""

    owner = forms.ChoiceField(
        label=gettext_lazy("Who drove, and whose is it?"),
        choices=[(value, label) for value, label, _icon, _hint in words.OWNER],
        error_messages={"required": gettext_lazy("Choose one.")},
    )


@held_part("GET", "POST", blank=True)
def owner(request: HttpRequest, held: Held) -> HttpResponse:
    """What the register knows, and whether the driver is the owner."""
    if elsewhere := closed(request, held):
        return elsewhere
    if not (held.vehicle.plate or held.blank):
        return redirect(held.url("vehicle"))
    known = "" if held.party.is_owner is None else "yes" if held.party.is_owner else "no"
    form = OwnerForm(sent(request), initial={"owner": known})
    if request.method == "POST" and form.is_valid():
        own = form.cleaned_data["owner"] == "yes"
        parties.identify(held.actor, held.case.pk, Identity(is_owner=own))
        unknown = held.vehicle.answered_at and not held.vehicle.record
        return redirect(held.url("driver")) if not own or unknown else go_on(held, "vehicle")
    context = {"form": form, "cards": words.OWNER, "seq": newest_seq(held.case.pk), **answer(held.vehicle)}
    return show(request, held, "vehicle", "owner", context, back=held.url("vehicle"))


@held_part("GET")
def register(request: HttpRequest, held: Held) -> HttpResponse:
    """The register's answer as a fragment that keeps itself fresh."""
    return render(request, "citizen/steps/register.html", {"held": held, **answer(held.vehicle)})


def answer(vehicle_row: Vehicle) -> dict[str, Any]:
    """What the registers say about a vehicle, with the owner's name masked."""
    record = vehicle_row.record or {}
    day = vehicle_row.case.happened_at.astimezone(CHINA).date().isoformat()
    policies = [p for p in vehicle_row.policies or [] if str(p["starts"])[:10] <= day <= str(p["ends"])[:10]]
    ctali = next((p for p in policies if p["cover"] == "CTALI"), None)
    return {
        "vehicle": vehicle_row,
        "record": record,
        "owner_masked": mask_name(record.get("owner", {}).get("name", "")),
        "ctali": ctali,
        "covers": policies,
        "insurers": sorted({p["insurer_name"] for p in policies if p.get("insurer_name")}),
    }


class DriverForm(forms.Form):
    """The name and number of who drove."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter your name as on the licence.")},
    )
    id_number = forms.CharField(
        label=gettext_lazy("Licence or ID number"),
        max_length=32,
        help_text=gettext_lazy(
            "The number on your driving licence is your ID number. Only the officer and your insurer see it."
        ),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Enter your licence or ID number.")},
    )


@held_part("GET", "POST", blank=True)
def driver(request: HttpRequest, held: Held) -> HttpResponse:
    """Name and licence number, where the register cannot tell."""
    if elsewhere := closed(request, held):
        return elsewhere
    named = held.party.name or held.party.id_number
    form = DriverForm(sent(request), initial={} if named else reading.driver_read(held.party, held.photos))
    if request.method == "POST" and form.is_valid():
        try:
            parties.identify(held.actor, held.case.pk, Identity(**form.cleaned_data))
            return go_on(held, "vehicle")
        except Invalid as refusal:
            blame(form, refusal)
    context = {
        "form": form,
        "read": bool(form.initial),
        "known_name": mask_name(held.party.name),
        "known_id": mask_id(held.party.id_number),
    }
    back = held.url("owner" if held.vehicle.kind == "MV" else "vehicle")
    return show(request, held, "vehicle", "driver", context, back=back)
