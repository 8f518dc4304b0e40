"""The shop's draft: approved as the assessment, or sent back with a question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.repair import estimates
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.insurer.claim import back, show
from kuaichu.portals.insurer.door import adjusters
from kuaichu.portals.posting import form_of
from kuaichu.queries.losses import to_assess


@form_of("insurer:claim", "claim_id")
@adjusters
def answer(request: HttpRequest, actor: Actor, claim_id: UUID, estimate_id: UUID) -> HttpResponse:
    """Approve the draft, or ask the shop."""
    person: Any = request.user
    name = person.display_name or person.username
    may = {vehicle.pk for vehicle in to_assess(own_claim(actor, claim_id).case_id, actor.insurer)}
    try:
        if request.POST.get("do") == "approve":
            estimates.approve(actor, claim_id, estimate_id, assessor=name, may=may)
            return back(request, claim_id, _("The draft is the assessment now."))
        question = request.POST.get("question", "")[:400]
        estimates.send_back(actor, claim_id, estimate_id, question, may=may)
    except Invalid as wrong:
        text = " ".join(str(words) for words in wrong.fields.values()) or str(wrong.message)
        return show(request, actor, claim_id, status=422, estimate_error=text)
    return back(request, claim_id, _("The shop reads your question."))
