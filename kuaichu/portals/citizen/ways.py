"""Which way to settle: what is open and why not, the choice, and the wait for an officer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.cases.helping import may_sign
from kuaichu.cases.models import Case
from kuaichu.desks.liability import agreements, determinations, wishes
from kuaichu.desks.liability.models import Agreement, Determination, Wish
from kuaichu.kernel.refusals import Invalid, NotAllowed
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.law import articles
from kuaichu.portals.citizen.together.shared import sharing
from kuaichu.queries import contradictions
from kuaichu.queries.next_steps import next_step
from kuaichu.queries.proposals import proposal_for
from kuaichu.queries.timeline import newest_seq

LANES = {"agree": "SELF", "officer": "ONLINE"}


@held_part("GET", "POST")
def ways(request: HttpRequest, held: Held) -> HttpResponse:
    """Choose a way; the choice may be changed until something was signed or taken."""
    if held.case.status != Case.Status.READY:
        return redirect(held.url("home"))
    error = ""
    if request.method == "POST":
        try:
            wishes.choose(held.actor, held.case.pk, request.POST.get("way", ""))
            return redirect(held.url("home"))
        except (Invalid, NotAllowed) as refusal:
            error = str(refusal.message)
    chosen = dict(Wish.objects.filter(case=held.case).values_list("party__label", "way"))
    closed = closed_ways(held)
    context = {
        "held": held,
        "hands": sharing(request, held.party),
        "home_url": held.url("home"),
        "cards": [card for card in words.WAYS if card[0] not in closed],
        "closed": [
            {"label": label, "icon": icon, **closed[way]}
            for way, label, icon, _hint in words.WAYS
            if way in closed
        ],
        "mine": chosen.get(held.party.label, ""),
        "theirs": _theirs(held, chosen),
        "error": error,
        "seq": newest_seq(held.case.pk),
    }
    return render(request, "citizen/ways.html", context, status=422 if error else 200)


def _theirs(held: Held, chosen: dict[str, str]) -> str:
    """What the others have chosen; among many, who chose what."""
    others = sorted((label, way) for label, way in chosen.items() if label != held.party.label)
    if len(held.parties) < 3:
        return "".join(_label(way) for _one, way in others)
    return ", ".join(f"{label}: {_label(way)}" for label, way in others)


def _label(way: str) -> str:
    return next((str(label) for code, label, _icon, _hint in words.WAYS if code == way), "")


def closed_ways(held: Held) -> dict[str, dict[str, Any]]:
    """The ways that are not open, each with its reasons: gates of the law, the rules' own limits."""
    screening = held.case.screening or {}
    allowed = screening.get("allowed", [])
    closed: dict[str, dict[str, Any]] = {}
    for way, lane in LANES.items():
        if lane not in allowed:
            hits = [hit for hit in screening.get("hits", []) if hit["verdicts"].get(lane) != "Y"]
            closed[way] = {"reasons": [_reason(held, hit) for hit in hits]}
    if "agree" not in closed and (reason := _nobody_signs(held) or _no_proposal(held)):
        closed["agree"] = {"reasons": [reason]}
    return closed


def _reason(held: Held, hit: dict[str, Any]) -> dict[str, Any]:
    return {"title": _(hit["title"]), "text": _(hit["reason"]), "articles": articles(hit["law"], held.case)}


def _nobody_signs(held: Held) -> dict[str, Any] | None:
    """A party without a phone of its own cannot sign on somebody else's."""
    if all(map(may_sign, held.parties)):
        return None
    return {
        "title": _("One of you has no phone to sign with"),
        "text": _("Ask together for an officer, or call police to the scene: signatures can be taken there."),
    }


def _no_proposal(held: Held) -> dict[str, Any] | None:
    declined = list(Agreement.objects.filter(case=held.case, status=Agreement.Status.DECLINED))
    if any(row.grades for row in declined) and agreements.alive_agreement(held.case.pk) is None:
        return {
            "title": _("The proposal was not signed"),
            "text": _("Ask together for an officer, or call police to the scene."),
        }
    answer = proposal_for(held.case.pk)
    if answer["kind"] == "proposal":
        return None
    language = "en" if (get_language() or "").startswith("en") else "zh"
    said = " ".join(str(reason[language]) for reason in answer["reasons"])
    return {
        "title": _("The rules give no clear answer here"),
        "text": said,
        "advice": [str(one[language]) for one in answer.get("advice", [])],
        "contradictions": contradictions.for_party(answer, held.party.label),
    }


@held_part("GET")
def waiting(request: HttpRequest, held: Held) -> HttpResponse:
    """The wait for an officer: the clock, the place in the queue, and what comes next."""
    found = determinations.alive_determination(held.case.pk)
    if found is None or found.status == Determination.Status.SIGNED:
        return redirect(held.url("home"))
    ahead = Determination.objects.filter(
        city=held.case.city, status=Determination.Status.WAITING, requested_at__lt=found.requested_at
    ).count()
    context = {
        "held": held,
        "home_url": held.url("home"),
        "found": found,
        "default": next_step(held.case).default,
        "taken": found.status == Determination.Status.TAKEN,
        "position": ahead + 1,
        "total": int((found.due_at - found.requested_at).total_seconds()),
        "seq": newest_seq(held.case.pk),
    }
    fragment = request.headers.get("HX-Request")
    return render(request, "citizen/waiting_live.html" if fragment else "citizen/waiting.html", context)
