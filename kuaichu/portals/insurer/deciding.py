"""A claim is refused in writing, the own insured is paid first, a hospital's or the fund's bill is noted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.recourse import advances, liens, refusals
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.money import NotMoney, yuan
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.insurer.claim import back, show
from kuaichu.portals.insurer.door import adjusters
from kuaichu.portals.posting import form_of
from kuaichu.queries.losses import homes


def _told(wrong: Invalid) -> str:
    return " ".join(str(words) for words in wrong.fields.values()) or str(wrong.message)


@form_of("insurer:claim", "claim_id")
@adjusters
def refuse(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Refuse, with reasons that the party reads."""
    reasons = request.POST.get("reasons", "")[:1100]
    try:
        refusals.refuse(actor, claim_id, ground=request.POST.get("ground", ""), reasons=reasons)
    except Invalid as wrong:
        return show(request, actor, claim_id, status=422, refuse_error=_told(wrong), refuse_reasons=reasons)
    return back(request, claim_id, _("The parties are told, with your reasons and who else can decide."))


@form_of("insurer:claim", "claim_id")
@adjusters
def step_in(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Pay the own insured first."""
    to, _dash, debtor = request.POST.get("pair", "")[:30].partition("-")
    reason, known = request.POST.get("reason", ""), homes(own_claim(actor, claim_id).case_id)
    try:
        advances.step_in(actor, claim_id, to=to, debtor=debtor, reason=reason, homes=known)
    except Invalid as wrong:
        return show(request, actor, claim_id, status=422, step_in_error=_told(wrong))
    return back(request, claim_id, _("Your insured is paid first; what is owed comes back to you."))


@form_of("insurer:claim", "claim_id")
@adjusters
def note_lien(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Note a bill that is paid first out of what an injured party gets."""
    case_id = own_claim(actor, claim_id).case_id
    try:
        liens.note(actor, case_id, _bill(request))
    except NotMoney as wrong:
        return show(request, actor, claim_id, status=422, lien_error=str(wrong.message))
    except Invalid as wrong:
        return show(request, actor, claim_id, status=422, lien_error=_told(wrong))
    return back(request, claim_id, _("The bill is noted and paid first."))


def _bill(request: HttpRequest) -> liens.Bill:
    """What was typed; raises NotMoney."""
    text = {
        name: request.POST.get(name, "")[:130] for name in ("label", "kind", "holder", "account", "basis")
    }
    return liens.Bill(fen=yuan(request.POST.get("bill", "")[:24]), **text)
