"""The other party: by a code on this phone, by a message, on this phone, or not at all."""

from __future__ import annotations

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
from kuaichu.cases.parties import Identity
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.masks import mask_phone
from kuaichu.portals.citizen.holding import Held, again, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame, closed, go_on, onward, show
from kuaichu.queries.timeline import newest_seq


class InviteForm(forms.Form):
    """How to reach the other party."""

    phone = forms.CharField(
        label=gettext_lazy("Their mobile number"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
    )
    plate = forms.CharField(
        label=gettext_lazy("Their plate"),
        required=False,
        max_length=24,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


@held_part("GET", "POST")
def other(request: HttpRequest, held: Held) -> HttpResponse:
    """Four ways to go on with the other party."""
    if elsewhere := closed(request, held):
        return elsewhere
    if not held.first:
        raise NotFound(_("This page is for the party who reported."))
    if road := _other_road(held):
        return redirect(road)
    form = InviteForm(sent(request), initial={"plate": _plate(held)})
    if request.method == "POST" and form.is_valid():
        try:
            return _invite(request, held, form)
        except Invalid as refusal:
            blame(form, refusal)
    joined = held.other is not None and held.other.status in (Party.Status.JOINED, Party.Status.CONFIRMED)
    masked = mask_phone(held.other.phone) if held.other and held.other.phone else ""
    return show(request, held, "other", "other", {"form": form, "joined": joined, "masked": masked})


def _other_road(held: Held) -> str:
    """Where it goes on with three and more, or with a vehicle whose owner is not there."""
    if held.many:
        return held.url("others")
    absent = held.case.triage.get("owner_absent")
    if absent and (held.other is None or held.other.status in (Party.Status.INVITED, Party.Status.ABSENT)):
        return held.url(
            "note" if held.other and held.other.status == Party.Status.ABSENT else "absent", label="B"
        )
    return ""


def _plate(held: Held) -> str:
    return held.vehicles[held.other.label].plate if held.other else ""


def _invite(request: HttpRequest, held: Held, form: InviteForm) -> HttpResponse:
    told, how = form.cleaned_data, request.POST.get("how", "")
    if told["plate"].strip() and told["plate"].strip() != _plate(held):
        parties.identify(held.actor, held.case.pk, Identity(plate=told["plate"]), label="B")
    if how == "sms":
        if not told["phone"].strip():
            text = _("Enter the other party's mobile number.")
            raise Invalid(text, fields={"phone": text})
        invitations.invite_other(held.actor, held.case.pk, "B", told["phone"])
        messages.success(request, _("The message is on its way. The other party opens the link in it."))
        return redirect(held.url("code"))
    party = invitations.invite_other(held.actor, held.case.pk, "B")
    request.session[_key(party)] = phones.make_link(party)
    if how == "here":
        return redirect(reverse("citizen:join", args=[request.session[_key(party)]]) + "?here=1")
    return redirect(held.url("code"))


def _key(party: Party) -> str:
    return f"link:{party.pk}"


@held_part("GET")
def code(request: HttpRequest, held: Held) -> HttpResponse:
    """The code to scan, and whether the other party has come."""
    if elsewhere := closed(request, held):
        return elsewhere
    if held.other is None or not held.first:
        return redirect(held.url("other"))
    token = request.session.get(_key(held.other), "")
    link = request.build_absolute_uri(reverse("citizen:join", args=[token])) if token else ""
    context = {"link": link, "seq": newest_seq(held.case.pk), "onward": onward(held, "other"), **_state(held)}
    return show(request, held, "other", "code", context, back=held.url("other"))


def _state(held: Held) -> dict[str, object]:
    party = held.other
    assert party is not None
    sent = party.phone and party.status == Party.Status.INVITED
    return {"other": party, "sent_to": mask_phone(party.phone) if sent else ""}


@held_part("GET")
def state(request: HttpRequest, held: Held) -> HttpResponse:
    """Whether the other party has come, as a fragment that keeps itself fresh."""
    if held.other is None:
        raise NotFound(_("The other party has not been invited yet."))
    return render(request, "citizen/steps/other_state.html", {"held": held, **_state(held)})


@held_part("GET", "POST")
def refused(request: HttpRequest, held: Held) -> HttpResponse:
    """A party will not take part, or has left: what that means, and the decision."""
    if elsewhere := closed(request, held):
        return elsewhere
    if request.method == "POST" and request.POST.get("what") == "left" and held.first:
        intake.describe(held.actor, held.case.pk, Description(triage={"party_left": True}))
        return redirect(held.url("home"))
    if request.method == "POST" and request.POST.get("what") == "refused":
        parties.refuse_part(held.actor, held.case.pk, "B" if held.first else "", offered="officer")
        return go_on(again(held), "other") if held.first else redirect(held.url("home"))
    return show(
        request,
        held,
        "other" if held.first else "review",
        "refused",
        back=held.url("other" if held.first else "review"),
    )
