"""What was noticed about the accident, in plain words; the party's answer; by when it is decided."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.risk import inquiries
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.portals.citizen.steps.plan import blame
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
    if request.method == "POST" and form.is_valid():
        try:
            inquiries.answer(held.actor, held.case.pk, words=form.cleaned_data["words"])
        except Invalid as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Your answer is noted. The one who looks at it reads it."))
            return redirect(held.url("noticed"))
    context = {
        "held": held,
        "home_url": held.url("home"),
        "form": form,
        "shown": shown,
        "going": shown.row.status in inquiries.GOING,
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "citizen/risk/noticed.html", context, status=422 if wrong else 200)
