"""The field seen from the centre: who is on duty, tasks under way, orders, and records of scenes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.desks.dispatch import orders
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.refusals import WrongState
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.field.board import board, case_numbered
from kuaichu.queries.field.scenes import handed
from kuaichu.queries.queue import SEES_QUEUE


class OrderForm(forms.Form):
    """Somebody is wanted at a case."""

    number = forms.CharField(
        label=gettext_lazy("Case number"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("Whom?"),
        choices=[
            ("police_on_site", gettext_lazy("police officers")),
            ("help", gettext_lazy("whoever is nearest, also specialists and persuaders")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("What they should know"), required=False, max_length=300,
        help_text=gettext_lazy("No names and no telephone numbers."),
    )  # fmt: skip
    cause = forms.UUIDField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(*SEES_QUEUE)
def field_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The board, and an order; the same form orders once."""
    form = OrderForm(request.POST if request.method == "POST" else None, initial={"cause": new_id()})
    if request.method == "POST" and form.is_valid() and _order(actor, form):
        messages.success(request, _("Ordered. The nearest person is asked now."))
        return redirect("police:field")
    context = surroundings(request, actor, "field") | {
        "board": board(actor),
        "form": form,
        "may_order": actor.may("dispatch.order"),
    }
    return render(request, "police/field.html", context, status=422 if form.is_bound else 200)


def _order(actor: Actor, form: OrderForm) -> bool:
    told = form.cleaned_data
    case = case_numbered(actor, told["number"])
    if case is None:
        form.add_error("number", _("There is no case of this number."))
        return False
    try:
        orders.send(
            actor, case.pk, cause=told["cause"], source=Task.Source.ORDER,
            wants=rules(actor.city).sent(told["whom"]), words=told["words"],
        )  # fmt: skip
    except WrongState as refusal:
        form.add_error("number", str(refusal.message))
        return False
    return True


@require_safe
@desk(*SEES_QUEUE, touch=False)
def field_fragment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only the part that changes."""
    return render(request, "police/field_fragment.html", {"board": board(actor)})


@require_safe
@desk(*SEES_QUEUE)
def scene_page(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """The records of a scene that was handed over, with whether they are what was sealed."""
    case, found = handed(actor, case_id)
    context = surroundings(request, actor, "queue") | {"case": case, "records": found}
    return render(request, "police/scene.html", context)
