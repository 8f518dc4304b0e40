"""Two blind opinions: the officer's grades first, then the engine's proposal is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kuaichu.cases.models import Party
from kuaichu.desks.liability.bench import blind
from kuaichu.desks.liability.grades import Grade
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.police import wording
from kuaichu.portals.police.door import desk
from kuaichu.portals.posting import form_of

KEYS = ("1", "2", "3", "4", "5"), ("6", "7", "8", "9", "0")


def grade_rows(parties: list[Party], typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row of grades for each party, with the keys of the bench."""
    return [
        {
            "party": party,
            "options": [
                (g.value, wording.grade_name(g), wording.grade_short(g), typed.get(party.label) == g, key)
                for g, key in zip(Grade, KEYS[i] if i < len(KEYS) else ("",) * len(Grade), strict=True)
            ],
        }
        for i, party in enumerate(parties)
    ]


def grades_of(request: HttpRequest) -> dict[str, str]:
    """The grades as posted, by label."""
    found = {name.removeprefix("grade."): str(text) for name, text in request.POST.items()}
    return {label: text for label, text in found.items() if len(label) == 1}


@form_of("police:ruling", "case_id")
@desk("liability.opine")
def opine(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Keep the own opinion and show the proposal."""
    try:
        agrees = blind.opine(actor, case_id, grades=grades_of(request), words=request.POST.get("words", ""))
    except Invalid as refusal:
        messages.error(request, str(next(iter(refusal.fields.values()), refusal.message)))
        return redirect("police:ruling", case_id=case_id)
    if agrees is None:
        messages.info(request, _("Kept. The engine has no proposal for this case."))
    elif agrees:
        messages.success(request, _("Kept. The engine proposes the same."))
    else:
        messages.warning(request, _("Kept. The engine proposes something else; you decide."))
    return redirect("police:ruling", case_id=case_id)
