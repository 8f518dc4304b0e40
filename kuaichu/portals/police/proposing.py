"""The engine's proposal as an officer reads it: what, why, on which facts, and what would change it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.liability.bench.lots import is_blind
from kuaichu.desks.liability.grades import Grade
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import WrongState
from kuaichu.portals.police import drafting, questioning, wording
from kuaichu.portals.police.door import RULES, desk
from kuaichu.portals.police.drafting import Draft
from kuaichu.queries import contradictions, law_search, sketches
from kuaichu.queries.officer_case import OfficerCase, officer_case
from kuaichu.queries.proposals import explanation_of, proposal_for
from kuaichu.queries.reasons import in_short, sheet


def current(found: OfficerCase, facts: dict[str, Any]) -> dict[str, Any]:
    """The proposal frozen when the case was taken, or the one that follows from the officer's findings.

    Nothing while the officer has to give an own opinion first.
    """
    if is_blind(found.row):
        return {}
    return proposal_for(found.case.pk, facts) if facts else dict(found.row.proposal or {})


def context(found: OfficerCase, draft: Draft) -> dict[str, Any]:
    """What the proposal's fragment shows."""
    facts: dict[str, Any] = draft.get("found", {})
    proposal = current(found, facts)
    asked = questioning.needed(proposal, facts)
    day = wording.day_of(found.case)
    picks = questioning.sketched([p.label for p in found.parties], facts, [one.ref for one in asked])
    return {
        "drawn": sketches.of_case(found.case, found.parties, found.vehicles, facts),
        "picks": picks,
        "found": found,
        "proposal": proposal,
        "abstains": proposal.get("kind") != "proposal" or not proposal.get("grades"),
        "confidence": wording.confidence(str(proposal.get("confidence", ""))),
        "sure": proposal.get("confidence") == "certain rule match",
        "results": results(proposal.get("grades", {}), proposal.get("shares", {})),
        "sentences": [_words(one) for one in proposal.get("reasons", [])],
        "advice": [_words(one) for one in proposal.get("advice", [])],
        "contradictions": contradictions.for_officer(proposal),
        "warnings": [_words(one) for one in proposal.get("warnings", [])],
        "rules": [(f["code"], f["label"], _words(f)) for f in proposal.get("faults", [])],
        "articles": [hit for cite in proposal.get("citations", []) if (hit := law_search.read(cite, day))],
        "alternatives": [
            (a["code"], _words(a), results(a["grades"], {})) for a in proposal.get("alternatives", [])
        ],
        "what_if": in_short(proposal, explanation_of(found.case.pk, facts, full=False)),
        "facts": asked,
        "further": questioning.further(
            [p.label for p in found.parties], [one.ref for one in (*asked, *picks)]
        ),
        "answered": bool(facts),
    }


@require_safe
@desk(*RULES)
def reasons(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Every reason, to be printed: of what follows from the file and the officer's findings as they stand."""
    found = officer_case(actor, case_id)
    if is_blind(found.row):
        raise WrongState(_("Give your own opinion first."), code="opinion_first")
    facts = drafting.draft_of(found).get("found", {})
    made = sheet(proposal_for(case_id, facts), explanation_of(case_id, facts), wording.day_of(found.case))
    return render(request, "police/reasons.html", {"case": found.case, "sheet": made})


def _words(one: dict[str, Any]) -> str:
    return str(one["zh"] if (get_language() or "").startswith("zh") else one["en"])


def results(grades: dict[str, str], shares: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Label, grade code, grade and share in words, by party."""
    return [
        (
            label,
            grade,
            wording.grade_name(Grade(grade)),
            wording.percent(Fraction(shares[label])) if label in shares else "",
        )
        for label, grade in grades.items()
    ]
