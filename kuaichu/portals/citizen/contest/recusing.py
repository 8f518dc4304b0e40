"""The officer should step aside: a party applies, and reads what the head of the unit decided and why."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.liability.approvals import recusals
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.liability.rechecks.taking import ALIVE
from kuaichu.people.models import Account
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent


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
    words = _("Your application has arrived. The head of the unit decides.")
    if may and (gone := done(
        request, form, lambda told: recusals.ask(held.actor, held.case.pk, **told),
        words=words, to=held.url("recusal"),
    )):  # fmt: skip
        return gone
    context = {
        "may": may,
        "row": row,
        "open_one": row is not None and row.status in ALIVE,
        "ground": recusals.GROUNDS[row.told["ground"]]() if row is not None else "",
        "officer": _account(officer),
    }
    return page(request, held, "citizen/contest/recusal.html", form, context)


def _account(officer: UUID | None) -> Account | None:
    if officer is None:
        return None
    return Account.objects.select_related("organisation").filter(pk=officer).first()


def recusal_open(held: Held, alive: Determination | None) -> bool:
    """Whether the case's own page leads here; `alive` is its determination, if there is one."""
    if recusals.concerned(alive) is not None:
        return True
    return recusals.newest_of(held.case.pk, held.party.pk) is not None
