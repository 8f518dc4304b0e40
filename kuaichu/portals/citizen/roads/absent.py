"""Who is not there: the note for the windscreen of a parked vehicle, and a party that has left."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import absence, invitations, parties
from kuaichu.cases.models import Party
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, again, held_part, sent
from kuaichu.portals.citizen.law import articles
from kuaichu.portals.citizen.roads.others import first_only, known, name_other
from kuaichu.portals.citizen.steps.plan import blame, closed, go_on, onward, show
from kuaichu.queries.timeline import newest_seq

REFUSES = "refuses"


class AbsentForm(forms.Form):
    """The vehicle that stands there."""

    use_required_attribute = False
    plate = forms.CharField(
        label=gettext_lazy("Plate of the vehicle that stands there"),
        max_length=24,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Enter the plate of the vehicle that was hit.")},
    )


@held_part("GET", "POST")
def absent(request: HttpRequest, held: Held, label: str) -> HttpResponse:
    """A parked vehicle was hit and its owner is not there: its plate, then the note."""
    if elsewhere := closed(request, held):
        return elsewhere
    first_only(held)
    known(held, label)
    vehicle = held.vehicles.get(label)
    form = AbsentForm(sent(request), initial={"plate": vehicle.plate if vehicle else ""})
    if request.method == "POST" and form.is_valid():
        try:
            absence.mark_absent(held.actor, held.case.pk, plate=form.cleaned_data["plate"], label=label)
            return redirect(held.url("note", label=label))
        except Invalid as refusal:
            blame(form, refusal)
    context = {"form": form, "who": label, "articles": articles(absence.OWNER_LAW, held.case)}
    return show(request, held, "other", "roads/absent", context, back=_back(held))


@held_part("GET", "POST")
def note(request: HttpRequest, held: Held, label: str) -> HttpResponse:
    """What to write on the note, the code to print on it, its photograph, and the end of waiting."""
    party = known(held, label)
    if party is None or not held.first:
        return redirect(held.url("home"))
    if request.method == "POST" and request.POST.get("what") == "police":
        absence.stop_waiting(held.actor, held.case.pk, party.pk)
        return redirect(held.url("home"))
    token = absence.note_code(party)
    link = request.build_absolute_uri(reverse("citizen:join", args=[token]))
    context = {
        "who": label,
        "party": party,
        "plate": held.vehicles[label].plate,
        "link": link,
        "short": link.partition("://")[2],
        "away": party.status in (Party.Status.ABSENT, Party.Status.INVITED),
        "waits_until": absence.waits_until(held.case, party),
        "upload": f"{held.url('photos')}/note",
        "noted": any(photo.shot == "note" for photo in held.photos),
        "seq": newest_seq(held.case.pk),
        "onward": onward(held, "other") if held.open else held.url("home"),
    }
    return show(request, held, "other", "roads/note", context, back=_back(held))


class LeftForm(forms.Form):
    """How a party is gone."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did they leave?"),
        choices=[(REFUSES, gettext_lazy("They refuse"))] + [(v, label) for v, label, _i, _h in words.LEFT],
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("The number they left"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
    )
    plate = forms.CharField(
        label=gettext_lazy("Their plate, as far as you saw it"),
        required=False,
        max_length=24,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


@held_part("GET", "POST")
def left(request: HttpRequest, held: Held, label: str) -> HttpResponse:
    """A party refuses or is gone: what that means, what is remembered of it, and the decision."""
    if elsewhere := closed(request, held):
        return elsewhere
    first_only(held)
    known(held, label)
    form = LeftForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _gone(held, label, form.cleaned_data)
        except Invalid as refusal:
            blame(form, refusal)
    refuses = (REFUSES, _("They are here but refuse"), "stop", _("That is their right: an officer comes"))
    context = {
        "form": form,
        "who": label,
        "cards": (refuses, *words.LEFT),
        "articles": articles(absence.LEFT_LAW, held.case),
    }
    return show(request, held, "other", "roads/left", context, back=_back(held))


def _gone(held: Held, label: str, told: dict[str, str]) -> HttpResponse:
    how = told["how"]
    name_other(held, label, "", told["plate"])
    if how == REFUSES:
        parties.refuse_part(held.actor, held.case.pk, label)
        return go_on(again(held), "other")
    if how == "number":
        if not told["phone"].strip():
            text = _("Enter the number they left.")
            raise Invalid(text, fields={"phone": text})
        invitations.invite_other(held.actor, held.case.pk, label, told["phone"])
    absence.mark_gone(held.actor, held.case.pk, how=how, label=label)
    return go_on(again(held), "other") if how == "number" else redirect(held.url("home"))


def _back(held: Held) -> str:
    return held.url("others" if held.many else "other")
