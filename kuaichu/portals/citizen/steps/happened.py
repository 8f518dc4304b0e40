"""What happened, one question a page: movements, contact zones, then only what would decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kuaichu.cases import statements
from kuaichu.cases.models import Party, Vehicle
from kuaichu.cases.statements import Statement
from kuaichu.desks.liability.asking import MOST_QUESTIONS, next_questions, own_questions
from kuaichu.desks.liability.gathering import facts_of
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.questions import QUESTIONS, key_of
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, again, held_part
from kuaichu.portals.citizen.roads import contacts
from kuaichu.portals.citizen.steps import sketched
from kuaichu.portals.citizen.steps.plan import closed, go_on, onward, show
from kuaichu.portals.citizen.together import voice
from kuaichu.queries import sketches
from kuaichu.queries.own_case import subject_words

BASE = ("movement", "zone", "other_movement", "other_zone")
UNKNOWN = "unknown"
MORE = "more"
"""The address after the last question a phone can ask without network: is there another one?"""


Card = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page shows it: `kind` is cards, zones, words, met (several cards) or contact."""

    ref: str
    title: str
    lead: str
    kind: str
    options: list[Card]
    value: Any
    columns: int = 1
    zones: tuple[str, ...] = ()


def asked_refs(held: Held) -> list[str]:
    """The questions of this party in order: base ones, those answered, the next that would decide."""
    alone = held.other is None and held.case.triage.get("single_vehicle")
    usual = [ref for ref in (BASE[:2] if alone or held.many else BASE) if ref not in _on_foot(held)]
    base = contacts.base(held) if contacts.among_many(held) else usual
    answered = [ref for ref in held.party.statement.get("answers", {}) if ref not in base]
    told = held.party.statement
    begun = all(told.get(key) for key in BASE[:2] if key not in _on_foot(held))
    following = _following(held, answered) if begun else []
    return [*base, *answered, *(ref for ref in following if ref not in base), "words"]


def _on_foot(held: Held) -> set[str]:
    """The zones that are not asked: who is on foot has no vehicle that could be hit."""
    other = held.vehicles[held.other.label].kind if held.other else ""
    kinds = {"zone": held.vehicle.kind, "other_zone": other}
    return {name for name, kind in kinds.items() if kind == "PEDESTRIAN"}


def _following(held: Held, answered: list[str]) -> list[str]:
    if len(answered) >= MOST_QUESTIONS:
        return []
    both, vehicles = list(held.parties), dict(held.vehicles)
    if len(both) == 1 and not held.case.triage.get("single_vehicle"):
        absent = Party(case=held.case, label="B", statement={})
        both.append(absent)
        vehicles["B"] = Vehicle(case=held.case, party=absent, kind="MV")
    facts, pack = facts_of(held.case, both, vehicles), pack_of(held.case.city)
    refs = own_questions(facts, pack, held.party.label) if len(both) > 2 else next_questions(facts, pack)
    mine = [ref for ref in refs if ref not in answered and key_of(ref) not in {"movement", "zone", "light"}]
    return mine[:1]


def _unanswered(held: Held) -> str:
    return next(ref for ref in asked_refs(held) if ref == "words" or _is_open(held, ref))


def _is_open(held: Held, ref: str) -> bool:
    told = held.party.statement
    if contacts.mine(ref):
        return contacts.is_open(held, ref)
    return ref not in (told if ref in BASE else told.get("answers", {}))


@held_part("GET", blank=True)
def happened(request: HttpRequest, held: Held) -> HttpResponse:
    """To the first question that is still open."""
    if elsewhere := closed(request, held):
        return elsewhere
    return redirect(held.url("question", ask=_unanswered(held)))


@held_part("GET", "POST", blank=True)
def question(request: HttpRequest, held: Held, ask: str) -> HttpResponse:
    """One question; an answer is kept at once and leads to the next."""
    if elsewhere := closed(request, held):
        return elsewhere
    refs = asked_refs(held)
    if ask == MORE:
        left = _unanswered(held)
        return redirect(onward(held, "") if left == "words" else held.url("question", ask=left))
    if ask not in refs:
        if ask not in BASE and not contacts.mine(ask) and key_of_or_none(ask) is None:
            raise NotFound(_("There is no such question."))
        return redirect(held.url("happened"))
    asked, error = _asked(held, ask), ""
    if request.method == "POST":
        try:
            statements.state(held.actor, held.case.pk, _answer(held, asked, request.POST))
            return _next(again(held), ask)
        except Invalid as refusal:
            error = str(refusal.fields.get("words") or refusal.fields.get("answer") or refusal.message)
    place = refs.index(ask)
    back = held.url("question", ask=refs[place - 1]) if place else ""
    context: dict[str, Any] = {"asked": asked, "number": place + 1, "error": error, "wrong": bool(error)}
    context |= sketched.context(held) | voice.context(held) if ask == "words" else {}
    return show(request, held, "happened", "happened", context, back=back)


def key_of_or_none(ask: str) -> str | None:
    """The fact key of a reference in an address, or None when it is none."""
    return key_of(ask) if "." in ask and key_of(ask) in QUESTIONS else None


def _next(held: Held, ask: str) -> HttpResponse:
    if ask == "words":
        still = _unanswered(held)  # an answer changed at the sketch may open another question
        return go_on(held, "happened") if still == ask else redirect(held.url("question", ask=still))
    refs = asked_refs(held)
    place = refs.index(ask) if ask in refs else -1
    return redirect(held.url("question", ask=refs[place + 1]))


def _answer(held: Held, asked: Asked, sent: QueryDict) -> Statement:
    if contacts.mine(asked.ref):
        return contacts.answer(held, asked.ref, sent)
    given = sent.get("answer", "")
    if asked.kind == "words":
        return Statement(words=given.strip())
    if given not in {one["value"] for one in asked.options}:
        text = _("Choose what fits best.")
        raise Invalid(text, fields={"answer": text})
    if asked.ref in BASE:
        told: dict[str, Any] = {asked.ref: given}
        return Statement(**told)
    return Statement(answers={asked.ref: _value(asked.ref, given)})


def _value(ref: str, given: str) -> Any:
    """The answer in the type the rules know; None is “don't know”."""
    known = {str(value): value for value, _text in QUESTIONS[key_of(ref)].choices}
    return known.get(given)


def _asked(held: Held, ref: str) -> Asked:
    if ref == "words":
        lead = _("Look at the sketch. Add words only if something important is missing.")
        return Asked(
            ref, _("Was it like this?"), lead, "words", [], str(held.party.statement.get("words", ""))
        )
    if contacts.mine(ref):
        return _touched(held, ref)
    return _base(held, ref) if ref in BASE else _follow_up(held, ref)


def _touched(held: Held, ref: str) -> Asked:
    title, lead = contacts.title(ref)
    kind = {contacts.MET: "met", contacts.FIRST: "cards"}.get(ref, "contact")
    shown = _zones() if kind == "contact" else contacts.options(held, ref)
    shown += [{"value": "none", "label": _("Nobody")}] if kind == "met" else []
    zones = tuple(contacts.wanted(held, ref.removeprefix(contacts.OF))) if kind == "contact" else ()
    return Asked(ref, title, lead, kind, shown, contacts.value(held, ref), zones=zones)


def _base(held: Held, ref: str) -> Asked:
    titles = {
        "movement": (
            _("What were you doing at that moment?"),
            _("Choose what fits best. The other party answers for itself."),
        ),
        "zone": (_("Where was your vehicle hit?"), _("Tap the part that was touched.")),
        "other_movement": (
            _("What was the other one doing?"),
            _("As you saw it. The other party is asked as well."),
        ),
        "other_zone": (_("Where was the other one hit?"), _("Tap the part that was touched.")),
    }
    title, lead = titles[ref]
    value = str(held.party.statement.get(ref, ""))
    if ref.endswith("zone"):
        return Asked(ref, title, lead, "zones", _zones(), value)
    return Asked(ref, title, lead, "cards", _movements(held, ref), value, columns=2)


def _zones() -> list[Card]:
    return [{"value": str(v), "label": _(text)} for v, text in QUESTIONS["zone"].choices]


def _movements(held: Held, ref: str) -> list[Card]:
    texts = {str(value): _(text) for value, text in QUESTIONS["movement"].choices}
    walking = ref == "movement" and held.vehicle.kind == "PEDESTRIAN"
    order = words.ON_FOOT if walking else words.RIDING
    return [{"value": value, "label": texts[value]} for value in order if value in texts]


def _follow_up(held: Held, ref: str) -> Asked:
    found = QUESTIONS[key_of(ref)]
    subject = subject_words(ref, held.party.label)
    drawn = sketches.of_choices(held.case, held.party, held.parties, held.vehicles, ref)
    options: list[Card] = [_card(str(value), _(text), drawn) for value, text in found.choices]
    options.append(_card(UNKNOWN, _("I don't know"), drawn))
    told = held.party.statement.get("answers", {})
    value = (UNKNOWN if told[ref] is None else str(told[ref])) if ref in told else ""
    lead = _("The answer helps to find the rule that applies. Say only what you know.")
    columns = 2 if drawn else 1
    return Asked(ref, _(found.text) % {"label": subject}, lead, "cards", options, value, columns)


def _card(value: str, text: str, drawn: Mapping[str, str]) -> Card:
    """One answer; the SVG is made here, never by a browser."""
    return {"value": value, "label": text, "drawing": mark_safe(drawn.get(value, ""))}
