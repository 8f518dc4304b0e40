"""The sketch of one's own account, and putting it right by choosing: what is chosen is kept at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kuaichu.cases import statements
from kuaichu.cases.statements import Statement
from kuaichu.desks.liability.questions import QUESTIONS
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, again, held_part
from kuaichu.portals.citizen.steps.plan import closed
from kuaichu.queries import sketches

OWN = ("movement", "zone", "other_movement", "other_zone")
ROAD_FORM = "place.road_form"


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice beside the sketch: field name, question, options with their words, what is chosen now."""

    name: str
    title: str
    options: list[tuple[str, str]]
    value: str


def context(held: Held) -> dict[str, Any]:
    """The sketch and its choices."""
    drawn = sketches.own_account(held.case, held.party, held.parties, held.vehicles)
    return {"held": held, "drawn": drawn, "picks": picks(held) if drawn else []}


def picks(held: Held) -> list[Pick]:
    """What may be chosen anew: both movements and zones, where the other came from, the form of the road."""
    alone = held.many or (held.other is None and bool(held.case.triage.get("single_vehicle")))
    titles = {
        "movement": _("What were you doing at that moment?"),
        "zone": _("Where was your vehicle hit?"),
        "other_movement": _("What was the other one doing?"),
        "other_zone": _("Where was the other one hit?"),
        came_from(held): _("Where did the other come from, seen from you?"),
        ROAD_FORM: _("What form had the road there?"),
    }
    others = {"other_movement", "other_zone", came_from(held)}
    return [_pick(held, name, title) for name, title in titles.items() if not (alone and name in others)]


def came_from(held: Held) -> str:
    """The fact which says where the other came from, seen by this party."""
    return f"{held.party.label}.other_came_from"


def _pick(held: Held, name: str, title: str) -> Pick:
    told = held.party.statement
    value = told.get(name) if name in OWN else told.get("answers", {}).get(name)
    texts = {str(v): _(text) for v, text in QUESTIONS[_key(name)].choices}
    order = words.RIDING if _key(name) == "movement" else tuple(texts)
    return Pick(name, title, [(v, texts[v]) for v in order if v in texts], str(value or ""))


def _key(name: str) -> str:
    return name.partition(".")[2] or name.removeprefix("other_")


@held_part("POST")
def redraw(request: HttpRequest, held: Held) -> HttpResponse:
    """Keep what was chosen in this party's own account and draw it again."""
    if elsewhere := closed(request, held):
        return elsewhere
    told = _told(held, request.POST)
    if told is not None:
        statements.state(held.actor, held.case.pk, told)
    if not request.headers.get("HX-Request"):
        return redirect(held.url("question", ask="words"))
    return render(request, "citizen/steps/sketched.html", context(again(held)))


def _told(held: Held, form: QueryDict) -> Statement | None:
    """What differs from the account so far; answers that were not offered are left out."""
    chosen = {
        one.name: form[one.name]
        for one in picks(held)
        if form.get(one.name, "") in {value for value, _text in one.options} and form[one.name] != one.value
    }
    base: dict[str, Any] = {name: value for name, value in chosen.items() if name in OWN}
    answers = {name: value for name, value in chosen.items() if name not in OWN}
    return Statement(**base, answers=answers) if chosen else None
