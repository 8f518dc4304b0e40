"""Three and more: everybody who was there, how each comes into the case, and how far each is."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import intake, invitations, parties, phones
from kuaichu.cases.intake import Description
from kuaichu.cases.models import Party
from kuaichu.cases.parties import LABELS, Identity
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.masks import mask_phone
from kuaichu.portals.citizen.holding import Held, again, held_part, sent
from kuaichu.portals.citizen.steps.other import InviteForm
from kuaichu.portals.citizen.steps.plan import blame, closed, onward, show
from kuaichu.queries.timeline import newest_seq


@dataclass(frozen=True, slots=True)
class Row:
    """One road user of the case as the list shows it."""

    label: str
    own: bool
    plate: str
    state: str
    words: str
    url: str


def first_only(held: Held) -> None:
    """Raise NotFound unless this is the party that reported."""
    if not held.first:
        raise NotFound(_("This page is for the party who reported."))


def known(held: Held, label: str) -> Party | None:
    """The party of this label; raises NotFound for one that cannot be in this case."""
    if label not in tuple(LABELS[1 : held.rules.most_parties]):
        raise NotFound(_("There is no such party in this case."))
    return next((p for p in held.parties if p.label == label), None)


@held_part("GET", "POST")
def others(request: HttpRequest, held: Held) -> HttpResponse:
    """Everybody who was involved; another one is added by the button."""
    if elsewhere := closed(request, held):
        return elsewhere
    first_only(held)
    following = _following(held)
    if request.method == "POST":
        if not held.many and held.other is not None:
            intake.describe(held.actor, held.case.pk, Description(triage={"many_parties": True}))
        return (
            redirect(held.url("others_one", label=following)) if following else redirect(held.url("others"))
        )
    context = {
        "people": [_row(held, p) for p in held.parties],
        "following": following,
        "onward": onward(held, "other"),
        "seq": newest_seq(held.case.pk),
    }
    if request.headers.get("HX-Request"):
        return render(request, "citizen/roads/others_live.html", {"held": held, **context})
    return show(request, held, "other", "roads/others", context)


def _following(held: Held) -> str:
    taken = {p.label for p in held.parties}
    return next((one for one in LABELS[: held.rules.most_parties] if one not in taken), "")


def _row(held: Held, party: Party) -> Row:
    own = party.pk == held.party.pk
    url = (
        ""
        if own or party.status in (Party.Status.JOINED, Party.Status.CONFIRMED)
        else held.url("others_one", label=party.label)
    )
    return Row(
        party.label, own, held.vehicles[party.label].plate, party.status, str(party.get_status_display()), url
    )


class KindForm(InviteForm):
    """How to reach another road user, and what it drove."""

    vehicle_kind = forms.ChoiceField(
        label=gettext_lazy("What were they travelling with?"),
        choices=[
            ("MV", gettext_lazy("Car, truck or motorcycle")),
            ("NMV", gettext_lazy("E-bike or bicycle")),
            ("PEDESTRIAN", gettext_lazy("On foot")),
        ],
        required=False,
    )


@held_part("GET", "POST")
def one(request: HttpRequest, held: Held, label: str) -> HttpResponse:
    """How this road user comes in: by a code, a message, on this phone, or not at all."""
    if elsewhere := closed(request, held):
        return elsewhere
    first_only(held)
    party = known(held, label)
    vehicle = held.vehicles.get(label)
    form = KindForm(
        sent(request),
        initial={
            "plate": vehicle.plate if vehicle else "",
            "vehicle_kind": vehicle.kind if vehicle else "MV",
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _invite(request, held, label, form)
        except Invalid as refusal:
            blame(form, refusal)
    context = {
        "form": form,
        "who": label,
        "masked": mask_phone(party.phone) if party and party.phone else "",
        "joined": party is not None and party.status in (Party.Status.JOINED, Party.Status.CONFIRMED),
    }
    return show(request, held, "other", "roads/one", context, back=held.url("others"))


def _invite(request: HttpRequest, held: Held, label: str, form: KindForm) -> HttpResponse:
    told, how = form.cleaned_data, request.POST.get("how", "")
    name_other(held, label, told.get("vehicle_kind", ""), told["plate"])
    if how == "sms":
        if not told["phone"].strip():
            text = _("Enter the other party's mobile number.")
            raise Invalid(text, fields={"phone": text})
        invitations.invite_other(held.actor, held.case.pk, label, told["phone"])
        messages.success(request, _("The message is on its way. The other party opens the link in it."))
        return redirect(held.url("others"))
    party = invitations.invite_other(held.actor, held.case.pk, label)
    token = keep_link(request, party)
    if how == "here":
        return redirect(reverse("citizen:join", args=[token]) + "?here=1")
    return redirect(held.url("others_code", label=label))


def name_other(held: Held, label: str, kind: str, plate: str) -> None:
    """Say what another road user travelled with and its plate, as far as seen. Raises Invalid."""
    vehicle = held.vehicles.get(label)
    new_kind = kind if kind and kind != (vehicle.kind if vehicle else "MV") else None
    new_plate = plate if plate.strip() and plate.strip() != (vehicle.plate if vehicle else "") else None
    if new_kind or new_plate:
        parties.identify(
            held.actor, held.case.pk, Identity(vehicle_kind=new_kind, plate=new_plate), label=label
        )


def keep_link(request: HttpRequest, party: Party) -> str:
    """A fresh link to this party's part, kept in the session for the page that shows it."""
    token = phones.make_link(party)
    request.session[f"link:{party.pk}"] = token
    return token


@held_part("GET")
def code(request: HttpRequest, held: Held, label: str) -> HttpResponse:
    """The code this road user scans, and whether they have come."""
    if elsewhere := closed(request, held):
        return elsewhere
    party = known(held, label)
    if party is None or not held.first:
        return redirect(held.url("others"))
    token = request.session.get(f"link:{party.pk}") or keep_link(request, party)
    context = {
        "who": label,
        "party": party,
        "link": request.build_absolute_uri(reverse("citizen:join", args=[token])),
        "seq": newest_seq(held.case.pk),
    }
    return show(request, again(held), "other", "roads/code", context, back=held.url("others"))


@held_part("GET")
def state(request: HttpRequest, held: Held, label: str) -> HttpResponse:
    """Whether this road user has come, as a fragment that keeps itself fresh."""
    party = known(held, label)
    if party is None:
        raise NotFound(_("The other party has not been invited yet."))
    return render(request, "citizen/roads/state.html", {"held": held, "party": party, "who": label})
