"""It takes longer, or a held claim may go on: both in writing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kuaichu.desks.claims import delays, holds
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.insurer.claim import back, show
from kuaichu.portals.insurer.door import adjusters
from kuaichu.portals.posting import form_of


@form_of("insurer:claim", "claim_id")
@adjusters
def explain(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Name the reason and a new date; all parties are told."""
    try:
        until = _moment(request.POST.get("until", ""))
        delays.explain(actor, claim_id, reason=request.POST.get("reason", ""), until=until)
    except Invalid as wrong:
        text = " ".join(str(words) for words in wrong.fields.values()) or str(wrong.message)
        return show(request, actor, claim_id, status=422, delay_error=text)
    return back(request, claim_id, _("The parties are told."))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        wrong = _("Name a date within the next 30 days.")
        raise Invalid(wrong, fields={"until": wrong}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.CHINA)


@form_of("insurer:claim", "claim_id")
@adjusters
def release(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Let a held claim go on."""
    reason = request.POST.get("reason", "")
    try:
        holds.release(actor, claim_id, reason)
    except Invalid as wrong:
        return show(
            request, actor, claim_id, status=422, release_error=str(wrong.message), release_reason=reason
        )
    return back(request, claim_id, _("The claim goes on."))
