"""After the decision: where money goes, how it went; and taking a report back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import intake, outcome, payees
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame


class PayeeForm(forms.Form):
    """A bank card."""

    holder = forms.CharField(
        label=gettext_lazy("Card holder's name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "cc-name"}),
    )
    account = forms.CharField(
        label=gettext_lazy("Bank card number"),
        max_length=40,
        help_text=gettext_lazy(
            "12 to 19 digits on the front of the card. Only the paying insurer's bank gets it."
        ),
        widget=forms.TextInput({"autocomplete": "cc-number", "inputmode": "numeric"}),
    )


@held_part("GET", "POST")
def payee(request: HttpRequest, held: Held) -> HttpResponse:
    """Say where money due to this party shall go; shown again only with its last four digits."""
    form = PayeeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            payees.name_payee(held.actor, held.case.pk, **form.cleaned_data)
            messages.success(request, _("Card saved."))
            return redirect(held.url("home"))
        except Invalid as refusal:
            blame(form, refusal)
    tail = (held.party.payee or {}).get("account", "")[-4:]
    return _show(request, held, "payee", {"form": form, "tail": tail})


class RatingForm(forms.Form):
    """How it went."""

    score = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=[
            ("5", gettext_lazy("Very well")),
            ("4", gettext_lazy("Well")),
            ("3", gettext_lazy("So-so")),
            ("2", gettext_lazy("Badly")),
            ("1", gettext_lazy("Very badly")),
        ],
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What should we do better?"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


@held_part("GET", "POST")
def rating(request: HttpRequest, held: Held) -> HttpResponse:
    """One answer to one question, once."""
    form = RatingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        outcome.rate(held.actor, held.case.pk, score=int(told["score"]), words=told["words"])
        messages.success(request, _("Thank you."))
        return redirect(held.url("home"))
    return _show(request, held, "rating", {"form": form})


@held_part("GET", "POST")
def withdraw(request: HttpRequest, held: Held) -> HttpResponse:
    """Take the report back while nobody else has joined."""
    if request.method == "POST":
        intake.withdraw(held.actor, held.case.pk)
        return redirect(held.url("home"))
    return _show(request, held, "withdraw", {})


def _show(request: HttpRequest, held: Held, page: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    wrong = isinstance(form, forms.Form) and form.is_bound and not form.is_valid()
    given = {"held": held, "home_url": held.url("home"), **context}
    return render(request, f"citizen/{page}.html", given, status=422 if wrong else 200)
