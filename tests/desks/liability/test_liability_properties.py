from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.desks.liability.asking import answered
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.facts import AccidentFacts, VehicleFacts
from kuaichu.desks.liability.grades import Grade, valid_multiset
from kuaichu.desks.liability.plausibility import problems
from kuaichu.desks.liability.questions import QUESTIONS, About
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.vocabulary import Movement, UserKind, Zone

DAY = date(2024, 5, 15)
PACKS = st.sampled_from(
    [LiabilityPack.default(), LiabilityPack(illegal_stop="PK-05"), LiabilityPack(aggravation=True)]
)
OVERRIDES = {"intent", "fled", "scene_tampered", "unforeseeable_event", "facts_unprovable"}
PICTURES = {"movement", "zone"}


def keys(about, without=frozenset()):
    return [k for k, q in QUESTIONS.items() if q.about is about and k not in PICTURES | OVERRIDES | without]


@st.composite
def answers(draw, about):
    chosen = draw(st.lists(st.sampled_from(keys(about)), unique=True, max_size=8))
    return {key: draw(st.sampled_from([value for value, _ in QUESTIONS[key].choices])) for key in chosen}


@st.composite
def vehicle(draw, label):
    return VehicleFacts(
        label=label,
        kind=draw(st.sampled_from([UserKind.MV] * 4 + [UserKind.NMV])),
        movement=draw(st.sampled_from([*Movement, *[Movement.STRAIGHT] * 10, None])),
        zone=draw(st.sampled_from([*Zone, None])),
        answers=draw(answers(About.VEHICLE)),
    )


@st.composite
def near_an_example(draw):
    """Facts of a worked example with some answers dropped and others added: decided far more often."""
    chosen = ALL[draw(st.sampled_from(sorted(ALL)))].examples
    facts = chosen[draw(st.integers(0, len(chosen) - 1))].facts
    if draw(st.booleans()):
        extra = draw(answers(About.VEHICLE))
        first = facts.vehicles[0]
        facts = replace(
            facts, vehicles=(replace(first, answers={**extra, **first.answers}), *facts.vehicles[1:])
        )
    return facts


ACCIDENTS = st.one_of(
    st.builds(
        lambda a, b, place: AccidentFacts((a, b), DAY, place),
        vehicle("A"),
        vehicle("B"),
        answers(About.PLACE),
    ),
    near_an_example(),
)


def grades(result):
    if isinstance(result, Abstention):
        return None
    return dict(result.grades), sorted((f.label, f.code) for f in result.faults)


@settings(max_examples=120, deadline=None)
@given(ACCIDENTS, PACKS)
def test_every_result_fits_together(facts, pack):
    result = propose(facts, pack, DAY)
    if isinstance(result, Abstention):
        assert result.reasons
        return
    for one in result.collisions:
        assert valid_multiset(one.grades.values())
        assert one.faults or set(one.grades.values()) == {Grade.NONE}
    assert result.separate or valid_multiset(result.grades.values())
    assert result.separate or set(result.grades) == {v.label for v in facts.vehicles}


@settings(max_examples=80, deadline=None)
@given(ACCIDENTS, PACKS)
def test_order_of_vehicles_and_contacts_is_irrelevant(facts, pack):
    turned = replace(
        facts, vehicles=tuple(reversed(facts.vehicles)), contacts=tuple(reversed(facts.contacts))
    )
    assert grades(propose(facts, pack, DAY)) == grades(propose(turned, pack, DAY))


@settings(max_examples=80, deadline=None)
@given(ACCIDENTS, PACKS)
def test_swapping_the_parties_swaps_the_result(facts, pack):
    names = {v.label: w.label for v, w in zip(facts.vehicles, reversed(facts.vehicles), strict=True)}
    contacts = tuple(replace(c, first=names[c.first], second=names[c.second]) for c in facts.contacts)
    swapped = replace(
        facts, vehicles=tuple(replace(v, label=names[v.label]) for v in facts.vehicles), contacts=contacts
    )
    mine, yours = propose(facts, pack, DAY), propose(swapped, pack, DAY)
    assert isinstance(mine, Proposal) == isinstance(yours, Proposal)
    if isinstance(mine, Proposal):
        assert {names[label]: grade for label, grade in mine.grades.items()} == yours.grades


def renamed(facts, names):
    return replace(
        facts,
        vehicles=tuple(replace(v, label=names[v.label]) for v in facts.vehicles),
        contacts=tuple(replace(c, first=names[c.first], second=names[c.second]) for c in facts.contacts),
    )


def said(result, names):
    """Everything a reader sees of an answer about two, with the labels replaced."""

    def told(text):
        for own, new in names.items():
            text = text.replace(own, new)
        return text

    words = {(r.code, told(r.zh), told(r.en)) for r in result.reasons if r.code != "grades"}
    if isinstance(result, Abstention):
        return {(code, *map(frozenset, rest)) for code, *rest in words}, {
            told(x) for x in result.would_decide
        }
    used = {told(one.ref) for one in result.facts_used}
    grades = {told(label): grade for label, grade in result.grades.items()}
    return words, used, grades, result.situation, result.confidence, set(result.citations)


@settings(max_examples=80, deadline=None)
@given(ACCIDENTS, PACKS)
def test_swapping_the_parties_swaps_the_reasons(facts, pack):
    if len(facts.vehicles) != 2 or facts.contacts:
        return
    first, second = (v.label for v in facts.vehicles)
    here = renamed(facts, {first: "#1#", second: "#2#"})
    there = renamed(facts, {first: "#2#", second: "#1#"})
    keep, turn = {"#1#": "<1>", "#2#": "<2>"}, {"#1#": "<2>", "#2#": "<1>"}
    assert said(propose(here, pack, DAY), keep) == said(propose(there, pack, DAY), turn)


@settings(max_examples=60, deadline=None)
@given(
    ACCIDENTS, PACKS, st.sampled_from(["colour", "weather_note", "odometer"]), st.sampled_from([True, 7, "x"])
)
def test_an_irrelevant_fact_changes_nothing(facts, pack, key, value):
    more = answered(answered(facts, f"{facts.vehicles[0].label}.{key}", value), f"place.{key}", value)
    assert propose(facts, pack, DAY) == propose(more, pack, DAY)


ASKABLE = [
    key
    for key in keys(About.VEHICLE, frozenset({"signal", "side_of_road"}))
    if not QUESTIONS[key].volunteered
]


@settings(max_examples=120, deadline=None)
@given(ACCIDENTS, PACKS, st.data())
def test_a_proposal_survives_every_answer_which_was_still_open(facts, pack, data):
    """What decides is asked before: later answers change no grade (they may only expose a contradiction)."""
    result = propose(facts, pack, DAY)
    one = data.draw(st.sampled_from(facts.vehicles))
    key = data.draw(st.sampled_from(ASKABLE))
    if isinstance(result, Abstention) or one.answer(key) is not None:
        return
    value = data.draw(st.sampled_from([v for v, _ in QUESTIONS[key].choices]))
    more = answered(facts, f"{one.label}.{key}", value)
    later = propose(more, pack, DAY)
    assert problems(more) or (isinstance(later, Proposal) and later.grades == result.grades)
