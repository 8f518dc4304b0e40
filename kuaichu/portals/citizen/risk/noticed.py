"""What was noticed about the accident, in plain words; the party's answer; by when it is decided."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.risk import inquiries
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.queries.risk import showing


class AnswerForm(forms.Form):
    """What the party says to it."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Say how it was. You may answer more than once."),
        min_length=inquiries.LEAST,
        max_length=inquiries.MOST,
        widget=forms.Textarea({"rows": 5}),
    )


@held_part("GET", "POST")
def noticed(request: HttpRequest, held: Held) -> HttpResponse:
    """The signs of one's own part and of the accident, earlier answers, and a new one."""
    shown = showing.noticed(held.party)
    if shown is None:
        raise NotFound(_("There is nothing to answer."))
    form = AnswerForm(sent(request))
    words = _("Your answer is noted. The one who looks at it reads it.")
    if gone := done(
        request, form, lambda told: inquiries.answer(held.actor, held.case.pk, **told),
        words=words, to=held.url("noticed"),
    ):  # fmt: skip
        return gone
    context = {
        "shown": shown,
        "going": shown.row.status in inquiries.GOING,
    }
    return page(request, held, "citizen/risk/noticed.html", form, context)
