"""The officer should step aside: a party applies, and reads what the head of the unit decided and why."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.liability.approvals import recusals
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.rechecks.taking import ALIVE
from kuaichu.kernel.refusals import Invalid
from kuaichu.people.models import Account
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame


class RecusalForm(forms.Form):
    """One of the grounds of the law, and in own words which relation."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why should the officer step aside?"),
        choices=lambda: [(code, words()) for code, words in recusals.GROUNDS.items()],
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Which relation, and how do you know?"),
        min_length=4,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


@held_part("GET", "POST")
def recusal(request: HttpRequest, held: Held) -> HttpResponse:
    """Apply, or read what came of it."""
    officer = recusals.concerned(alive_determination(held.case.pk))
    row = recusals.newest_of(held.case.pk, held.party.pk)
    told = row is not None and row.told["officer"] == str(officer)
    form = RecusalForm(sent(request))
    may = officer is not None and not told
    if request.method == "POST" and may and form.is_valid():
        try:
            recusals.ask(held.actor, held.case.pk, **form.cleaned_data)
        except Invalid as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Your application has arrived. The head of the unit decides."))
            return redirect(held.url("recusal"))
    context = {
        "held": held,
        "home_url": held.url("home"),
        "form": form,
        "may": may,
        "row": row,
        "open_one": row is not None and row.status in ALIVE,
        "ground": recusals.GROUNDS[row.told["ground"]]() if row is not None else "",
        "officer": _account(officer),
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "citizen/contest/recusal.html", context, status=422 if wrong else 200)


def _account(officer: UUID | None) -> Account | None:
    if officer is None:
        return None
    return Account.objects.select_related("organisation").filter(pk=officer).first()


def recusal_open(held: Held) -> bool:
    """Whether the case's own page leads here."""
    if recusals.newest_of(held.case.pk, held.party.pk) is not None:
        return True
    return recusals.concerned(alive_determination(held.case.pk)) is not None
