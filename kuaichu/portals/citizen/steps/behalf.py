"""Helping: who enters for a party, said before anything is entered, or ended again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import helping
from kuaichu.cases.helping import Helper
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held, again, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame, closed, onward, show
from kuaichu.queries.fact_words import helper_kind

KINDS = tuple((kind, kind) for kind in helping.PRIVATE)
PHONES = (
    ("yes", gettext_lazy("Yes, with them"), "phone", gettext_lazy("The code goes to their phone; they sign")),
    (
        "no",
        gettext_lazy("No phone here"),
        "stop",
        gettext_lazy("You answer for it with your phone; an officer decides, nobody signs"),
    ),
)


class HelperForm(forms.Form):
    """Who helps, and whether the helped person has a phone."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Your name (you, who help)"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter the helper's name, 2 to 60 characters.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who are you to them?"),
        choices=KINDS,
        error_messages={"required": gettext_lazy("Say who helps.")},
    )
    own_phone = forms.ChoiceField(
        label=gettext_lazy("Does the person you help have a phone of their own here?"),
        choices=[(value, label) for value, label, _icon, _hint in PHONES],
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    def helper(self) -> Helper:
        """What was entered; only after `is_valid`."""
        told = self.cleaned_data
        return Helper(kind=told["kind"], name=told["name"], own_phone=told["own_phone"] == "yes")


def cards() -> dict[str, Any]:
    """The choices of the form as cards."""
    pictures = {"relative": "users", "friend": "role-party", "other": "help"}
    return {
        "kinds": [(kind, helper_kind(kind), pictures[kind]) for kind in helping.PRIVATE],
        "phones": PHONES,
    }


@held_part("GET", "POST")
def helper(request: HttpRequest, held: Held) -> HttpResponse:
    """Say who enters for this party; a member of staff who helps is named by the desk and stays."""
    if elsewhere := closed(request, held):
        return elsewhere
    known = held.party.helper or {}
    if request.method == "POST" and "end" in request.POST and not known.get("staff_id"):
        helping.end_help(held.actor, held.case.pk, held.party.pk)
        messages.info(request, _("From now on it is you yourself who enters."))
        return redirect(onward(again(held), ""))
    initial = {key: known.get(key, "") for key in ("name", "kind")}
    initial["own_phone"] = {True: "yes", False: "no"}.get(known.get("own_phone", ""), "")
    form = HelperForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            helping.help_party(held.actor, held.case.pk, held.party.pk, form.helper())
            return redirect(onward(again(held), ""))
        except Invalid as refusal:
            blame(form, refusal)
    context = {"form": form, "known": known, **cards()}
    return show(request, held, "helper", "behalf", context)
