"""Asking: which unknown facts would decide now, and the facts with one answer more.

Pure: no database, clock or settings.
"""

from dataclasses import replace

from .engine import Abstention, LiabilityPack, Proposal, propose
from .facts import AccidentFacts, VehicleFacts
from .questions import QUESTIONS, key_of, question
from .scenarios._pair import FRONTS
from .vocabulary import PLACE, Answer, Movement, Zone

MOST_QUESTIONS = 6
"""No more are asked one by one after movements and contact zones; the rest is for words or an officer."""
_ASKING = {"facts-missing"}
_COMPARED = 6
_SEEN = ("movement", "zone")


def answered(facts: AccidentFacts, ref: str, value: Answer) -> AccidentFacts:
    """The facts with one answer added or replaced; a fact which was disputed is settled by it."""
    subject, key = ref.split(".", 1)
    if subject == PLACE:
        return replace(facts, place={**facts.place, key: value}, place_disputed=facts.place_disputed - {key})
    return replace(
        facts, vehicles=tuple(_told(v, key, value) if v.label == subject else v for v in facts.vehicles)
    )


def next_questions(facts: AccidentFacts, pack: LiabilityPack) -> list[str]:
    """References of the facts which would decide, the one expected to leave least open first.

    Movement and contact zone come before anything else. Empty when there is a proposal, and when no
    answer can help (no rule fits, contradiction). Ask the first and call again: most answers
    make the others needless. Only the `_COMPARED` most often needed facts are compared with one another.
    """
    unseen = [
        f"{one.label}.{key}"
        for key in _SEEN
        for one in facts.vehicles
        if one.answer(key) is None and not (key == "zone" and facts.contacts)
    ]
    result = propose(facts, pack, facts.on)
    if isinstance(result, Proposal) or not _ASKING & {one.code for one in result.reasons}:
        return []
    wanted = [
        ref for ref in result.would_decide if key_of(ref) in QUESTIONS and not question(ref).volunteered
    ]
    first = [ref for ref in unseen if ref in wanted]
    if first:
        return first
    compared = wanted[:_COMPARED]
    if len(compared) > 1:
        compared.sort(key=lambda ref: _left_open(facts, pack, ref))
    return compared + wanted[_COMPARED:]


def own_questions(facts: AccidentFacts, pack: LiabilityPack, label: str) -> list[str]:
    """Among many: what this one can tell of itself and the place, about the contacts it is known to have.

    Others who have not told yet are supposed to have done the likely thing: who ran into somebody with the
    front was going straight on, who was hit from behind stood. The answers are used, the supposing is not.
    """
    own = tuple(one for one in facts.contacts if label in (one.first, one.second))
    near = {label, *(x for one in own for x in (one.first, one.second))}
    contacts = tuple(one for one in facts.contacts if {one.first, one.second} <= near)
    ahead = {one.first for one in contacts if one.first_zone in FRONTS}
    ahead |= {one.second for one in contacts if one.second_zone in FRONTS}
    vehicles = tuple(_supposed(v, v.label in ahead) for v in facts.vehicles if v.label in near)
    if not own:
        return []
    refs = next_questions(replace(facts, vehicles=vehicles, contacts=contacts), pack)
    return [ref for ref in refs if ref.split(".", 1)[0] in (label, PLACE)]


def _supposed(one: VehicleFacts, ran_into: bool) -> VehicleFacts:
    if one.movement is not None:
        return one
    return replace(one, movement=Movement.STRAIGHT if ran_into else Movement.STOPPED_QUEUE)


def _left_open(facts: AccidentFacts, pack: LiabilityPack, ref: str) -> tuple[float, str]:
    choices = question(ref).choices
    results = [propose(answered(facts, ref, value), pack, facts.on) for value, _ in choices]
    open_refs = sum(len(one.would_decide) for one in results if isinstance(one, Abstention))
    return open_refs / len(choices), ref


def _told(one: VehicleFacts, key: str, value: Answer) -> VehicleFacts:
    if key in one.disputed:
        one = replace(one, disputed=one.disputed - {key})
    if key == "movement":
        return replace(one, movement=Movement(str(value)) if value else None)
    if key == "zone":
        return replace(one, zone=Zone(str(value)) if value else None)
    return replace(one, answers={**one.answers, key: value})
