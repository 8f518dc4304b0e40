"""One second look: the file, the ruling where it may be seen, and the form for what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.liability.approvals import approving, recusals
from kuaichu.desks.liability.bench import slips
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import conclusions, objections, reviews, samples, seconds, taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import factors
from kuaichu.people.models import Account
from kuaichu.portals.police import choices, comparing, done, ruling, sighting, signing, wording
from kuaichu.portals.police.bench.opinion import grade_rows, grades_of
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.portals.police.second.seconds import VERBS
from kuaichu.portals.posting import form_of
from kuaichu.queries import contradictions, law_search, sketches
from kuaichu.queries.officer_case import looked_at, photos, voices

Kind, Status = Recheck.Kind, Recheck.Status


@require_safe
@desk(*VERBS)
def look_page(request: HttpRequest, actor: Actor, recheck_id: UUID) -> HttpResponse:
    """The whole look on one page."""
    return _page(request, actor, recheck_id, {})


def _page(request: HttpRequest, actor: Actor, recheck_id: UUID, errors: Mapping[str, str]) -> HttpResponse:
    row = taking.looked_at(actor, recheck_id)
    if row.status in (Status.DONE, Status.ENDED):
        return redirect("police:seconds")
    found = replace(looked_at(actor, row.case_id), row=row.determination)
    day, pictures = wording.day_of(found.case), photos(found)
    blind = row.kind == Kind.SAMPLE
    facts: dict[str, Any] = {} if blind else dict((found.row.draft or {}).get("found", {}))
    context = surroundings(request, actor, "seconds") | {
        "row": row,
        "found": found,
        "errors": errors,
        "typed": request.POST,
        "which": request.POST.get("which", ""),
        "blind": blind,
        "photos": pictures,
        "voices": voices(found),
        "heads": [_("Party %(label)s") % {"label": p.label} for p in found.parties],
        "statements": comparing.statements(found.parties),
        "registers": comparing.registers(found.pairs, day),
        "sights": sighting.sights(found, [p.row for p in pictures], day),
        "drawn": sketches.of_case(found.case, found.parties, found.vehicles, facts),
        "contradictions": [] if blind else contradictions.for_officer(found.row.proposal or {}),
        "results": [] if blind else done.results(found.row),
        "laws": [] if blind else [h for c in found.row.citations if (h := law_search.read(c, day))],
        "opinion_rows": grade_rows(found.parties, grades_of(request)) if blind else [],
        "asked": _asked(row),
        "outcomes": choices.conclusions(),
        "refusable": reviews.refusable(row) if row.kind == Kind.REVIEW else "",
        "second": row.status == Status.PROPOSED,
        "factor_fresh": ruling.factor_fresh(request, actor.city),
        "has_codes": factors.has_codes(request.user.pk),
    }
    return render(request, "police/second/look.html", context, status=422 if errors else 200)


def _asked(row: Recheck) -> dict[str, Any]:
    """What was asked, in words."""
    why = {
        "all": _("the city wants it for every ruling"),
        "departs": _("it departs from the engine"),
        "abstained": _("the engine has no proposal"),
        "injury": _("somebody is hurt"),
        "anew": _("it replaces an earlier ruling"),
        "station": _("a police station prepared it"),
        "general": _("outside the summary procedure two officers decide"),
        "fast": _("all parties apply for fast handling; only the head may approve it"),
    }
    grounds = {**objections.GROUNDS, **recusals.GROUNDS}
    named = [*row.told.get("grounds", []), *filter(None, [row.told.get("ground")])]
    return {
        "why": [why.get(code, code) for code in row.told.get("why", [])],
        "grounds": [grounds[code]() for code in named if code in grounds],
        "officer": _officer(row.told.get("officer", "")),
        "answers": list(row.told.get("answers", {}).items()),
        "request": row.told.get("request", ""),
        "words": row.told.get("words", ""),
        "evidence": row.told.get("evidence", ""),
        "party": row.party.label if row.party else "",
    }


def _officer(account_id: str) -> str:
    """Whom an application for recusal is about."""
    account = Account.objects.filter(pk=account_id).first() if account_id else None
    return f"{account.display_name} {account.badge}" if account is not None else ""


@form_of("police:second", "recheck_id")
@desk(*VERBS)
def settle(request: HttpRequest, actor: Actor, recheck_id: UUID) -> HttpResponse:
    """Do what the form says (`which`); what cannot be done comes back with its fields marked."""
    doing = _DOING.get(request.POST.get("which", ""))
    if doing is None:
        return _page(request, actor, recheck_id, {})
    try:
        told = doing(request, actor, recheck_id)
    except Invalid as refusal:
        return _page(request, actor, recheck_id, {k: str(v) for k, v in refusal.fields.items()})
    messages.success(request, told)
    return redirect("police:seconds")


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


def _confirm(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    signing.prove(request, actor, request.POST.get("code", ""))
    seconds.confirm(actor, recheck_id, factor_fresh=True)
    return _("Confirmed. The certificate goes out by itself.")


def _send_back(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    seconds.send_back(actor, recheck_id, words=_words(request))
    return _("It is back with who made it, with your reasons.")


def _judge(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    agrees = samples.judge(actor, recheck_id, grades=grades_of(request), words=_words(request))
    return _("Both opinions agree.") if agrees else _("The opinions differ. The supervisor sees both.")


def _uphold(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    objections.settle(actor, recheck_id, upheld=True, words=_words(request))
    return _("The objection is right: another officer decides anew.")


def _reject(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    objections.settle(actor, recheck_id, upheld=False, words=_words(request))
    return _("The objection was answered. All parties are told.")


def _propose(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    outcome = request.POST.get("outcome", "")
    conclusions.propose(actor, recheck_id, outcome=outcome, words=_words(request))
    return _("Proposed. A second officer of the unit must agree.")


def _not_accept(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    conclusions.not_accept(actor, recheck_id, words=_words(request))
    return _("The written notice goes out by itself.")


def _agree(_request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    conclusions.conclude(actor, recheck_id, agree=True)
    return _("Concluded. The conclusion goes out by itself.")


def _disagree(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    conclusions.conclude(actor, recheck_id, agree=False, words=_words(request))
    return _("It is back with who made it, with your reasons.")


def _approve(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    signing.prove(request, actor, request.POST.get("code", ""))
    approving.approve(actor, recheck_id, factor_fresh=True)
    return _("Approved. The certificate goes out by itself.")


def _not_approve(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    approving.refuse(actor, recheck_id, words=_words(request))
    return _("Not approved. The general procedure goes on; the parties read your reasons.")


def _grant(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    recusals.decide(actor, recheck_id, granted=True, words=_words(request))
    return _("Granted. Another officer is drawn by lot.")


def _nothing_wrong(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    slips.decline(actor, recheck_id, words=_words(request))
    return _("Answered. The parties read your reasons.")


def _not_grant(request: HttpRequest, actor: Actor, recheck_id: UUID) -> str:
    recusals.decide(actor, recheck_id, granted=False, words=_words(request))
    return _("Not granted. The parties read your reasons.")


_DOING: dict[str, Any] = {
    "approve": _approve,
    "not_approve": _not_approve,
    "grant": _grant,
    "not_grant": _not_grant,
    "nothing_wrong": _nothing_wrong,
    "confirm": _confirm,
    "send_back": _send_back,
    "judge": _judge,
    "uphold": _uphold,
    "reject": _reject,
    "propose": _propose,
    "not_accept": _not_accept,
    "agree": _agree,
    "disagree": _disagree,
}
