"""How an officer lets go of a case: signed with the second factor, given back, or handed over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kuaichu.desks.liability import determinations, requests
from kuaichu.desks.liability.bench import stations
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed
from kuaichu.people import factors
from kuaichu.portals.police import choices, drafting, ruling
from kuaichu.portals.police.door import RULES, desk
from kuaichu.portals.police.queue import open_next
from kuaichu.portals.posting import form_of
from kuaichu.queries.officer_case import OfficerCase, officer_case


@form_of("police:ruling", "case_id")
@desk(*RULES)
def sign(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Sign the ruling and open the next case; what cannot be signed comes back with its fields marked."""
    found = officer_case(actor, case_id)
    if found.signed:
        return _next(request, actor, found)
    draft = drafting.read(request.POST, found)
    determinations.draft(actor, case_id, draft)
    try:
        if found.row.prepared_by is not None and str(found.row.prepared_by) == actor.id:
            stations.submit_prepared(actor, case_id, drafting.ruling_of(draft))
            messages.success(request, _("The accident section reads it and issues the certificate."))
            return redirect("home:desk")
        prove(request, actor, request.POST.get("code", ""))
        determinations.determine(actor, case_id, drafting.ruling_of(draft), factor_fresh=True)
    except Invalid as refusal:
        errors = {name: str(text) for name, text in refusal.fields.items()}
        return ruling.page(request, actor, officer_case(actor, case_id), draft, errors)
    return _next(request, actor, found)


def prove(request: HttpRequest, actor: Actor, code: str) -> None:
    """Make sure the second factor is fresh, by `code` where it is not; raises Invalid at field `code`."""
    if not ruling.factor_fresh(request, actor.city):
        factors.prove(request, code)


def _next(request: HttpRequest, actor: Actor, found: OfficerCase) -> HttpResponse:
    text = _("Case %(number)s is signed. The certificate goes out by itself.")
    messages.success(request, text % {"number": found.case.number})
    try:
        return open_next(request, actor)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("police:queue")


@form_of("police:ruling", "case_id")
@desk("liability.give_back")
def give_back(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Give the case back to the queue, with the reason."""
    why = request.POST.get("why", "")
    insist_reason(why)
    determinations.give_back(actor, case_id, why=why)
    messages.info(request, _("The case is back in the queue. You will not be offered it again."))
    return redirect("police:queue")


@form_of("police:ruling", "case_id")
@desk("liability.hand_over")
def hand_over(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Hand the case to another procedure, with the whole file."""
    let_go(actor, case_id, to=request.POST.get("to", ""), reasons=request.POST.getlist("reasons"))
    messages.info(request, _("The case was handed over with its whole file. The parties are told."))
    return open_next(request, actor)


def let_go(actor: Actor, case_id: UUID, *, to: str, reasons: list[str]) -> None:
    """Hand over a case this officer holds; raises NotFound for others, Invalid without a known reason."""
    known = dict(choices.hand_over())
    if not reasons or not set(reasons) <= set(known):
        text = _("Say why the case cannot be decided online.")
        raise Invalid(text, fields={"reasons": text})
    requests.hand_over(actor, case_id, to=to, reasons=tuple(f"officer:{reason}" for reason in reasons))
    requests.end(actor, case_id, why="handed_over")


def insist_reason(why: str) -> None:
    """Refuse an unknown reason for giving back; raises Invalid at field `why`."""
    if why not in dict(choices.give_back()):
        raise Invalid(_("Choose a reason."), fields={"why": _("Choose a reason.")})
