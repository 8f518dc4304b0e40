"""The party's phone: number, then the code that was sent to it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import phones
from kuaichu.cases.helping import answered_for, has_own_phone, reach
from kuaichu.cases.models import Party, PhoneCode
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.people.masks import mask_phone
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.plan import blame, closed, go_on, show


class NumberForm(forms.Form):
    """A mobile number."""

    phone = forms.CharField(
        label=gettext_lazy("Mobile number"),
        max_length=30,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


def asked_number(party: Party) -> str:
    """The number a code was sent to that can still be entered, or an empty text."""
    purpose = phones.PROVE if has_own_phone(party) else phones.HELP
    row = (
        PhoneCode.objects.filter(party=party, purpose=purpose, used_at=None, expires_at__gt=clock.now())
        .order_by("-asked_at").first()
    )  # fmt: skip
    return row.phone if row else ""


@held_part("GET", "POST", blank=True)
def phone(request: HttpRequest, held: Held) -> HttpResponse:
    """Ask for the number, then for the code."""
    if elsewhere := closed(request, held):
        return elsewhere
    if request.method == "POST":
        return _enter(request, held) if "code" in request.POST else _send(request, held)
    return _page(request, held)


def _send(request: HttpRequest, held: Held) -> HttpResponse:
    form = NumberForm(request.POST)
    try:
        phones.ask_code(
            held.actor, held.case.pk, request.POST.get("phone", "").strip() or asked_number(held.party)
        )
    except Invalid as refusal:
        form.is_valid()
        blame(form, refusal)
        return _page(request, held, form=form)
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("A code is on its way. It arrives within a minute."))
    return redirect(held.url("phone"))


def _enter(request: HttpRequest, held: Held) -> HttpResponse:
    if held.party.phone_proven_at:  # the answer to the first time was lost
        return go_on(held, "phone")
    try:
        phones.prove(held.actor, held.case.pk, request.POST["code"])
    except Invalid as refusal:
        return _page(request, held, code_error=str(refusal.fields.get("code", refusal.message)))
    return go_on(held, "phone")


def _page(
    request: HttpRequest, held: Held, *, form: NumberForm | None = None, code_error: str = ""
) -> HttpResponse:
    proven = reach(held.party) if answered_for(held.party) else ""
    asked = "" if form or proven or request.GET.get("number") else asked_number(held.party)
    context = {
        "form": form or NumberForm(initial={"phone": ""}),
        "proven": mask_phone(proven) if proven else "",
        "answered": answered_for(held.party),
        "helping": not has_own_phone(held.party),
        "helper": str((held.party.helper or {}).get("name", "")),
        "sent_to": mask_phone(asked) if asked else "",
        "code_error": code_error,
        "wrong": bool(code_error),
    }
    return show(request, held, "phone", "phone", context)
