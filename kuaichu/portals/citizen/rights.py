"""My data: a copy of it, and asking to correct, delete or explain (PIPL Art. 44-48)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.documents.service import bundles
from kuaichu.desks.oversight import rights as asking
from kuaichu.desks.oversight.models import RightsRequest
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.queries.bundle.packing import bundle_of
from kuaichu.queries.own_copy import own_copy
from kuaichu.queries.retention import kept
from kuaichu.queries.standing import standing


class RightsForm(forms.Form):
    """What is wanted."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want?"),
        choices=RightsRequest.Kind.choices,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Say what is wrong or what you want to know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )


@held_part("GET", "POST")
def rights(request: HttpRequest, held: Held) -> HttpResponse:
    """Earlier requests with their answers and dates, and a new one."""
    form = RightsForm(sent(request))
    words = _("Your request is noted. The answer comes by the date shown.")
    if gone := done(
        request, form, lambda told: asking.ask(held.actor, held.case.pk, **told),
        words=words, to=held.url("rights"),
    ):  # fmt: skip
        return gone
    context = {
        "asked": RightsRequest.objects.filter(party=held.party).order_by("-asked_at"),
        "kept": kept(held.case),
        "decided": standing(held.case.pk) is not None,
    }
    return page(request, held, "citizen/rights.html", form, context)


@held_part("GET")
def copy(_request: HttpRequest, held: Held) -> HttpResponse:
    """Everything this party gave, as a ZIP file: one readable JSON and the own photographs."""
    headers = {
        "Content-Disposition": f'attachment; filename="{held.case.number}-{held.party.label}.zip"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(own_copy(held.actor), content_type="application/zip", headers=headers)


@held_part("POST")
def bundle(_request: HttpRequest, held: Held) -> HttpResponse:
    """Evidence, papers and proofs of the whole case to read and copy, with the others' secrets masked."""
    made = bundle_of(held.actor, held.case.pk)
    bundles.record(held.actor, held.case.pk, view=made.view, purpose="own", sha256=made.sha256)
    headers = {
        "Content-Disposition": f'attachment; filename="{held.case.number}-{held.party.label}-case.zip"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(made.data, content_type="application/zip", headers=headers)
