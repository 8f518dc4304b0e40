"""The ruling page: everything about one case on one screen, and the draft that grows on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.bench.lots import is_blind
from kuaichu.desks.liability.bench.returns import newest_answer
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people import factors, signin
from kuaichu.portals.police import (
    choices,
    comparing,
    done,
    drafting,
    proposing,
    questioning,
    sighting,
    wording,
)
from kuaichu.portals.police.bench import opinion
from kuaichu.portals.police.door import RULES, desk, surroundings
from kuaichu.portals.police.drafting import Draft
from kuaichu.queries import law_search, paper_words
from kuaichu.queries.bench.history import history
from kuaichu.queries.bench.namesakes import namesakes
from kuaichu.queries.certificate_words import FORMS
from kuaichu.queries.fact_words import site_words, told_struck
from kuaichu.queries.field.coming import coming
from kuaichu.queries.officer_case import OfficerCase, officer_case, photos, voices
from kuaichu.queries.risk.showing import newest_signs

GRADE_KEYS = ("1", "2", "3", "4", "5"), ("6", "7", "8", "9", "0")


@require_safe
@desk(*RULES)
def ruling_page(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """The case this officer holds."""
    found = officer_case(actor, case_id)
    if found.signed:
        return redirect("police:done", case_id=case_id)
    return page(request, actor, found, drafting.draft_of(found))


def page(
    request: HttpRequest,
    actor: Actor,
    found: OfficerCase,
    draft: Draft,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The whole page; with `errors` by field name it answers 422."""
    day = wording.day_of(found.case)
    context = surroundings(request, actor, "queue") | form_context(request, found, draft, errors or {})
    context |= proposing.context(found, draft) | {"looked_at": newest_signs(found.case)}
    pictures = photos(found)
    context |= {
        "site": "" if found.case.site == "road" else site_words(found.case.site),
        "struck": told_struck(found.case.struck),
        "photos": pictures,
        "voices": voices(found),
        "features": _features(pictures),
        "deadline": _deadline(found),
        "heads": [_("Party %(label)s") % {"label": p.label} for p in found.parties],
        "statements": comparing.statements(found.parties),
        "registers": comparing.registers(found.pairs, day),
        "sights": sighting.sights(found, [p.row for p in pictures], day),
        "hits": _hits(found),
        "hand_over": choices.hand_over(),
        "give_back": choices.give_back(),
        "receivers": choices.receivers(),
        "may_give_back": actor.may("liability.give_back"),
        "comers": coming(found.case.pk),
        "namesakes": namesakes(actor, found.parties),
        "history": history(found.case, found.parties, found.vehicles),
        "entries": done.entries(found.case.pk),
        "may_end": actor.may("liability.ask_evidence"),
        "may_hand_over": actor.may("liability.hand_over"),
        "returned": newest_answer(found.row),
        "sent_back": (found.row.draft or {}).get("sent_back", ""),
        "blind": is_blind(found.row),
        "opinion_rows": opinion.grade_rows(found.parties, {}),
    }
    return render(request, "police/ruling.html", context, status=422 if errors else 200)


def form_context(
    request: HttpRequest, found: OfficerCase, draft: Draft, errors: Mapping[str, str]
) -> dict[str, Any]:
    """What the ruling form and its preview show."""
    day = wording.day_of(found.case)
    return {
        "found": found,
        "draft": draft,
        "errors": errors,
        "grade_rows": [_grade_row(p, draft, found, i) for i, p in enumerate(found.parties)],
        "forms": choices.forms(),
        "cited": [hit for cite in draft.get("citations", []) if (hit := law_search.read(cite, day))],
        "unknown_cites": [c for c in draft.get("citations", []) if law_search.read(c, day) is None],
        "factor_fresh": factor_fresh(request, found.case.city),
        "has_codes": factors.has_codes(request.user.pk),
        "prepares": found.row.prepared_by is not None and found.row.prepared_by == request.user.pk,
    } | told_context(found, draft)


def told_context(found: OfficerCase, draft: Draft) -> dict[str, Any]:
    """What changes with every keystroke: shares, fit of the grades, text of the certificate."""
    labels = [p.label for p in found.parties]
    return {
        "found": found,
        "draft": draft,
        "shares": drafting.shares_shown(draft, found),
        "three": drafting.three_shown(draft, found),
        "unfit": drafting.refuse_unfit(draft, labels),
        "grading": paper_words.grading(draft.get("grades", {}), found.parties),
        "form_zh": FORMS.get(draft.get("form", ""), ""),
        "saved_at": clock.now(),
    }


def _grade_row(party: Any, draft: Draft, found: OfficerCase, index: int) -> dict[str, Any]:
    keys = GRADE_KEYS[index] if index < len(GRADE_KEYS) else ("",) * len(Grade)
    chosen = draft.get("grades", {}).get(party.label, "")
    return {
        "party": party,
        "options": [
            (g.value, wording.grade_name(g), wording.grade_short(g), g == chosen, key)
            for g, key in zip(Grade, keys, strict=True)
        ],
        "share": drafting.typed_share(draft.get("shares", {}).get(party.label, "")),
        "usual": drafting.shares_shown({**draft, "shares": {}}, found).get(party.label, ""),
    }


def factor_fresh(request: HttpRequest, city: str) -> bool:
    """Whether this session has proven its second factor recently enough to sign."""
    return signin.second_factor_fresh(request.session, timedelta(minutes=rules(city).second_factor_minutes))


def _deadline(found: OfficerCase) -> Any:
    taken = found.row.taken_at or clock.now()
    return taken + timedelta(minutes=rules(found.case.city).take_minutes)


def _hits(found: OfficerCase) -> list[dict[str, str]]:
    hits = (found.case.screening or {}).get("hits", [])
    return [{"severity": h["severity"], "title": _(h["title"]), "reason": _(h["reason"])} for h in hits]


def _features(pictures: list[Any]) -> dict[str, Any]:
    points = [p.row for p in pictures if p.row.lon is not None]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"colour": "#1456c4"},
                "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            }
            for row in points
        ],
    }


@require_POST
@desk("liability.draft")
def keep_draft(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Keep what is typed; answers the small line that says so, and what follows from the grades."""
    found = officer_case(actor, case_id)
    if found.row.status == Determination.Status.SIGNED and request.headers.get("HX-Request"):
        return HttpResponse(status=204)  # what the browser still had in hand when its officer signed
    draft = drafting.read(request.POST, found)
    determinations.draft(actor, case_id, draft)
    if not request.headers.get("HX-Request"):
        return redirect("police:ruling", case_id=case_id)
    return render(request, "police/draft_kept.html", told_context(found, draft))


@require_POST
@desk("liability.draft")
def adopt(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Put the proposal as it stands now into the form."""
    found = officer_case(actor, case_id)
    kept = (found.row.draft or {}).get("found", {})
    draft = drafting.adopted(found, proposing.current(found, kept), request.POST.get("alternative", ""))
    determinations.draft(actor, case_id, draft)
    return _form(request, found, draft)


@require_POST
@desk("liability.draft")
def cite(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Add or take out one article."""
    found = officer_case(actor, case_id)
    draft = drafting.with_citation(
        drafting.read(request.POST, found),
        add=request.POST.get("add", ""),
        remove=request.POST.get("uncite", ""),
    )
    determinations.draft(actor, case_id, draft)
    if not request.headers.get("HX-Request"):
        return redirect("police:ruling", case_id=case_id)
    return render(request, "police/chips.html", form_context(request, found, draft, {}))


def _form(request: HttpRequest, found: OfficerCase, draft: Draft) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("police:ruling", case_id=found.case.pk)
    return render(request, "police/ruling_form.html", form_context(request, found, draft, {}))


@require_POST
@desk("liability.draft")
def found_facts(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Take the officer's own findings of fact, and propose again."""
    found = officer_case(actor, case_id)
    facts = questioning.read(request.POST.dict(), [p.label for p in found.parties])
    draft = {**drafting.draft_of(found), "found": facts}
    determinations.draft(actor, case_id, draft)
    if not request.headers.get("HX-Request"):
        return redirect("police:ruling", case_id=case_id)
    return render(request, "police/proposal.html", proposing.context(found, draft) | {"redrawn": True})


@require_safe
@desk(*RULES)
def law(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Articles found by number or words, each with a button that cites it."""
    found = officer_case(actor, case_id)
    query = request.GET.get("q", "")[:80]
    day = wording.day_of(found.case)
    kept = (found.row.draft or {}).get("found", {})
    proposed = proposing.current(found, kept).get("citations", [])
    hits = law_search.search(query, found.case.city, day, proposed=proposed)
    return render(request, "police/law.html", {"hits": hits, "query": query, "found": found, "day": day})
