"""Somebody is hurt after all: said in three answers, and the case goes on as an injury case."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import reopening
from kuaichu.cases.models import Case
from kuaichu.cases.reopening import Injury
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent


class InjuryForm(forms.Form):
    """Who, what, and whether a doctor has seen it."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is hurt?"),
        choices=[
            ("me", gettext_lazy("I am")),
            ("passenger", gettext_lazy("Somebody with me")),
            ("other", gettext_lazy("Somebody else")),
        ],
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    treated = forms.ChoiceField(
        label=gettext_lazy("Has a doctor seen it?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What hurts, since when?"),
        help_text=gettext_lazy("Only the police read this."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


@held_part("GET", "POST")
def injury(request: HttpRequest, held: Held) -> HttpResponse:
    """The questions; once answered, what follows, and a photograph of the hospital's paper."""
    form = InjuryForm(sent(request))

    def report(told: dict[str, str]) -> None:
        told_injury = Injury(who=told["who"], words=told["words"], treated=told["treated"] == "yes")
        reopening.report_injury(held.actor, held.case.pk, told_injury)

    words = _("Noted. The police continue with the whole file.")
    if gone := done(request, form, report, words=words, to=held.url("injury")):
        return gone
    context = {
        "told": held.party.injury,
        "papers": [photo for photo in held.photos if photo.shot == "medical"],
        "settled": held.case.status in (Case.Status.DECIDED, Case.Status.CLOSED),
    }
    return page(request, held, "citizen/injury.html", form, context)
