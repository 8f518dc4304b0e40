"""Accidents reported by telephone: the caller gets a link; today's calls and what became of them."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.cases import intake
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.centre import calls


class CallForm(forms.Form):
    """What the caller says."""

    phone = forms.CharField(
        label=gettext_lazy("Caller's mobile phone"),
        help_text=gettext_lazy("The link goes to this number by SMS."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=gettext_lazy("Where it happened"),
        help_text=gettext_lazy("Road, junction, direction. The caller can correct it."),
        required=False,
        max_length=200,
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("cases.invite")
def calls_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a call down, and see today's."""
    form = CallForm(request.POST if request.method == "POST" else None, initial={"client_id": new_id()})
    if request.method == "POST" and form.is_valid() and _open(request, actor, form):
        return redirect("police:calls")
    context = surroundings(request, actor, "calls") | {"form": form, "calls": calls(actor)}
    return render(request, "police/calls.html", context, status=422 if form.is_bound else 200)


def _open(request: HttpRequest, actor: Actor, form: CallForm) -> bool:
    """Open the case; a refusal is put at its field. The same form opens it once."""
    told, client_id = form.cleaned_data, UUID(str(form.cleaned_data["client_id"]))
    try:
        case, _party = intake.open_case(actor, source="call", phone=told["phone"], client_id=client_id)
        if told["place"].strip():
            intake.describe(actor, case.pk, intake.Description(place=told["place"]))
    except Invalid as refusal:
        for name, text in refusal.fields.items():
            form.add_error(name if name in form.fields else None, str(text))
        return False
    messages.success(request, _("Case %(number)s opened; the link is on its way.") % {"number": case.number})
    return True


@require_safe
@desk("cases.invite", touch=False)
def calls_fragment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only the list."""
    return render(request, "police/calls_fragment.html", {"calls": calls(actor)})
