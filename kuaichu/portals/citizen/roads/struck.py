"""What was hit besides vehicles: guardrail, pole, tree, wall; and whose it is, as far as one can see."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from kuaichu.cases import intake
from kuaichu.cases.intake import Description
from kuaichu.cases.places.sites import STRUCK, STRUCK_LAW
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held, held_part, sent
from kuaichu.portals.citizen.law import articles
from kuaichu.portals.citizen.steps.plan import blame, closed, go_on, show
from kuaichu.queries.fact_words import struck_words


class StruckForm(forms.Form):
    """A thing and its owner."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What was hit?"),
        choices=[(code, code) for code in STRUCK],
        error_messages={"required": gettext_lazy("Choose what comes nearest.")},
    )
    owner = forms.CharField(
        label=gettext_lazy("Whose is it, if a sign says so?"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@held_part("GET", "POST")
def struck(request: HttpRequest, held: Held) -> HttpResponse:
    """What was hit; its owner is told by the police."""
    if elsewhere := closed(request, held):
        return elsewhere
    form = StruckForm(sent(request), initial=held.case.struck)
    if request.method == "POST" and form.is_valid():
        try:
            intake.describe(held.actor, held.case.pk, Description(struck=form.cleaned_data))
            return go_on(held, "struck")
        except Invalid as refusal:
            blame(form, refusal)
    context = {
        "form": form,
        "cards": [(code, struck_words(code)) for code in STRUCK],
        "told": bool(held.rules.facility_phone),
        "articles": articles(STRUCK_LAW, held.case),
        "upload": f"{held.url('photos')}/object",
        "photographed": any(photo.shot == "object" for photo in held.photos),
    }
    return show(request, held, "struck", "roads/struck", context)
