"""The same desk for programs: JSON in and out, the officer's session and CSRF token, the same verbs.

Every refusal is `application/problem+json`; times are ISO 8601, shares fractions as text ("7/10").
`shares` are the civil ones, as `civil_shares`; `clearing_shares` are those of the insurers' clause.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kuaichu.desks.centre import items
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.bench.lots import is_blind
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed, Refusal
from kuaichu.portals import answers, sessions
from kuaichu.portals.look import locking
from kuaichu.portals.police import drafting, proposing, questioning, signing, wording
from kuaichu.portals.police.door import lacks_factor, stay
from kuaichu.process import allotting
from kuaichu.queries import law_search
from kuaichu.queries.officer_case import OfficerCase, officer_case, photos
from kuaichu.queries.queue import queue

Answer = dict[str, Any]


def door(*verbs: str) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponse]]:
    """Open to signed-in staff granted one of `verbs`; refusals become problem documents."""

    def wrap(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, **path: Any) -> HttpResponse:
            try:
                actor = _actor(request, verbs)
                stay(request)
                return JsonResponse(view(request, actor, **path))
            except Refusal as refusal:
                return answers.problem(refusal)

        return inner

    return wrap


def _actor(request: HttpRequest, verbs: tuple[str, ...]) -> Actor:
    actor = sessions.staff_here(request)
    if lacks_factor(actor):
        raise NotAllowed(_("Set up a second factor first."), code="second_factor_missing")
    if locking.locked(request, actor.city):
        raise NotAllowed(_("The screen is locked. Enter your code."), code="locked")
    if not any(actor.may(verb) for verb in verbs):
        raise NotAllowed(_("You are not allowed to do this."), code="not_granted")
    return actor


def _body(request: HttpRequest) -> Answer:
    try:
        found = json.loads(request.body or b"{}")
    except ValueError as error:
        raise Invalid(_("The request is no JSON."), code="no_json") from error
    if not isinstance(found, dict):
        raise Invalid(_("The request is no JSON object."), code="no_json")
    return found


@require_safe
@door("liability.take")
def api_queue(request: HttpRequest, actor: Actor) -> Answer:  # noqa: ARG001
    """What waits, and which case is held."""
    seen = queue(actor)
    return {
        "waiting": seen.count,
        "held": str(seen.held.case_id) if seen.held else None,
        "qualified": seen.qualified_until is not None,
        "cases": [
            {
                "number": r.case.number,
                "kind": r.item.kind,
                "place": r.case.place,
                "due_at": r.due_at.isoformat(),
            }
            for r in seen.waiting
        ],
    }


@require_POST
@door("liability.take")
def api_take(request: HttpRequest, actor: Actor) -> Answer:  # noqa: ARG001
    """Take what the lot gave this officer; `case` is null while that is nothing. Second looks need a page."""
    work = allotting.next_for(actor, only=frozenset(items.REQUESTS))
    return {"case": _case(officer_case(actor, work.case_id)) if work else None}


@require_safe
@door("liability.determine")
def api_case(request: HttpRequest, actor: Actor, case_id: UUID) -> Answer:  # noqa: ARG001
    """The case this officer holds or has signed."""
    return {"case": _case(officer_case(actor, case_id))}


@require_POST
@door("liability.draft")
def api_proposal(request: HttpRequest, actor: Actor, case_id: UUID) -> Answer:
    """Propose again on top of `facts` (reference to value), which are kept in the draft."""
    found = officer_case(actor, case_id)
    told = {f"fact.{ref}": json.dumps(value) for ref, value in _body(request).get("facts", {}).items()}
    facts = questioning.read(told, [p.label for p in found.parties])
    unknown = sorted({name.removeprefix("fact.") for name in told} - set(facts))
    if unknown:
        raise Invalid(
            _("There is an unknown answer."),
            fields={ref: _("There is an unknown answer.") for ref in unknown},
        )
    determinations.draft(actor, case_id, {**drafting.draft_of(found), "found": facts})
    return {"proposal": proposing.current(found, facts)}


@require_http_methods(["PUT"])
@door("liability.draft")
def api_draft(request: HttpRequest, actor: Actor, case_id: UUID) -> Answer:
    """Keep a draft of the ruling."""
    ruling = _ruling(_body(request))
    row = determinations.draft(actor, case_id, msgspec.to_builtins(ruling))
    return {"draft": row.draft}


@require_POST
@door("liability.determine")
def api_determine(request: HttpRequest, actor: Actor, case_id: UUID) -> Answer:
    """Determine and sign: `ruling`, and `code` of the second factor where it is not fresh."""
    body = _body(request)
    ruling = _ruling(body.get("ruling", {}))
    found = officer_case(actor, case_id)
    if not found.signed:
        signing.prove(request, actor, str(body.get("code", "")))
        determinations.determine(actor, case_id, ruling, factor_fresh=True)
    return {"case": _case(officer_case(actor, case_id))}


def _ruling(given: Any) -> Ruling:
    try:
        return msgspec.convert(given, Ruling)
    except msgspec.ValidationError as error:
        raise Invalid(_("The ruling cannot be read."), fields={"ruling": str(error)}) from error


@require_POST
@door("liability.give_back")
def api_give_back(request: HttpRequest, actor: Actor, case_id: UUID) -> Answer:
    """Give the case back: `why` is conflict, end_of_shift or other."""
    signing.insist_reason(str(_body(request).get("why", "")))
    determinations.give_back(actor, case_id, why=str(_body(request)["why"]))
    return {"case": None}


@require_POST
@door("liability.hand_over")
def api_hand_over(request: HttpRequest, actor: Actor, case_id: UUID) -> Answer:
    """Hand the case over: `to` general, police_on_site or criminal, and `reasons`."""
    body = _body(request)
    signing.let_go(
        actor, case_id, to=str(body.get("to", "")), reasons=[str(r) for r in body.get("reasons", [])]
    )
    return {"case": None}


@require_safe
@door("liability.determine")
def api_law(request: HttpRequest, actor: Actor) -> Answer:
    """Articles by number or words (`q`), as law today."""
    hits = law_search.search(request.GET.get("q", "")[:80], actor.city, wording.today())
    return {"articles": [{"cite": h.cite, "zh": h.zh, "en": h.en, "text": h.text} for h in hits]}


def _case(found: OfficerCase) -> Answer:
    row, case = found.row, found.case
    hidden = is_blind(row) and not found.signed
    return {
        "id": str(case.pk),
        "number": case.number,
        "status": row.status,
        "place": case.place,
        "happened_at": case.happened_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "parties": [_party(p, v) for p, v in found.pairs],
        "photos": [{"id": str(p.row.pk), "shot": p.row.shot, "sha256": p.row.sha256} for p in photos(found)],
        "blind": hidden,
        "proposal": None if hidden else row.proposal,
        "draft": row.draft if hidden or found.signed else drafting.draft_of(found),
        "grades": row.grades,
        "shares": row.shares,
        "civil_shares": row.shares,
        "clearing_shares": row.clearing_shares,
        "share_rule": row.share_rule,
        "citations": row.citations,
        "facts_found": row.facts_found,
        "reasons": row.reasons,
        "signed_at": row.signed_at.isoformat() if row.signed_at else None,
    }


def _party(party: Any, vehicle: Any) -> Answer:
    return {
        "label": party.label,
        "name": party.name,
        "kind": vehicle.kind,
        "plate": vehicle.plate,
        "statement": party.statement,
    }
