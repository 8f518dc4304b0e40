"""Two to ten road users: chains with their order of impacts, sets of collisions, mixed kinds."""

import time
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.desks.liability.asking import answered
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.facts import AccidentFacts, Contact, VehicleFacts
from kuaichu.desks.liability.grades import valid_multiset
from kuaichu.desks.liability.vocabulary import Movement, UserKind, Zone

DAY = date(2024, 5, 15)
PACK = LiabilityPack.default()
LABELS = "ABCDEFGHIJ"
LIKELY = [Movement.STRAIGHT, Movement.STRAIGHT, Movement.STOPPED_QUEUE]
ANSWERS = {
    "pushed": [True, False, False],
    "impacts_felt": [1, 2],
    "rolled_back": [False, False, True],
    "settled_in_lane": [True, False],
    "tail_lights_on": [True, False],
    "rider_place": ["own_lane", "motor_lane"],
    "sudden_change": [True, False],
    "avoided": [True, False],
    "other_came_from": ["same"],
    "careless": [True, False],
}


@st.composite
def road_user(draw, label, strange):
    """Mostly a car going on or waiting, everything told; `strange` ones do anything and leave facts open."""
    told = {
        key: draw(st.sampled_from([*values, None] if strange else values)) for key, values in ANSWERS.items()
    }
    return VehicleFacts(
        label=label,
        kind=draw(st.sampled_from(UserKind)) if strange else UserKind.MV,
        movement=draw(st.sampled_from([*Movement, None] if strange else LIKELY)),
        answers={key: value for key, value in told.items() if value is not None},
    )


@st.composite
def accidents(draw):
    """A chain or a tree of contacts, most of them front to rear, and sometimes one more contact."""
    labels = LABELS[: draw(st.integers(2, 10))]
    chain = draw(st.booleans())
    odd = draw(st.integers(0, 29))  # the one road user, or contact, which is out of the ordinary
    any_zones = st.tuples(st.sampled_from(Zone), st.sampled_from(Zone))
    contacts = []
    for i, label in enumerate(labels[1:], start=1):
        ahead = labels[i - 1] if chain else labels[draw(st.integers(0, i - 1))]
        met = draw(any_zones) if odd == 10 + i else (Zone.FRONT, Zone.REAR)
        contacts.append(Contact(label, ahead, *met))
    if odd == 10:
        first, second = draw(st.permutations(labels))[:2]
        contacts.append(Contact(first, second, *draw(any_zones)))
    users = tuple(draw(road_user(label, odd == i)) for i, label in enumerate(labels))
    return AccidentFacts(users, DAY, {"light": "day", "control": "no_junction"}, tuple(contacts))


def outline(result, names=None):
    """What must not depend on order and labels."""
    told = (lambda label: names[label]) if names else (lambda label: label)
    if isinstance(result, Abstention):
        return sorted({one.code for one in result.reasons})
    rows = [
        (sorted((told(x), g) for x, g in one.grades.items()), sorted({f.code for f in one.faults}))
        for one in result.collisions
    ]
    return {told(x): g for x, g in result.grades.items()}, sorted(rows), result.situation, result.cause


@settings(max_examples=150, deadline=None)
@given(accidents())
def test_a_valid_result_for_each_collision_or_an_explained_abstention(facts):
    result = propose(facts, PACK, DAY)
    if isinstance(result, Abstention):
        assert all(one.zh and one.en for one in result.reasons)
        assert result.reasons
        return
    touched = {frozenset((c.first, c.second)) for c in facts.met()}
    assert len(result.collisions) <= len(facts.met())
    assert len(result.collisions) >= len(touched) - sum(bool(c.pushed_through) for c in result.collisions)
    for one in result.collisions:
        assert valid_multiset(one.grades.values())
        assert one.faults
    if not result.separate:
        assert set(result.grades) == {v.label for v in facts.vehicles}
        assert valid_multiset(result.grades.values())
        assert sum(result.shares.values()) in (0, 1)


@settings(max_examples=100, deadline=None)
@given(accidents(), st.randoms(use_true_random=False))
def test_order_of_what_is_told_is_irrelevant(facts, roll):
    users, contacts = list(facts.vehicles), [_either_way(roll, c) for c in facts.contacts]
    roll.shuffle(users)
    roll.shuffle(contacts)
    other = replace(facts, vehicles=tuple(users), contacts=tuple(contacts))
    assert outline(propose(facts, PACK, DAY)) == outline(propose(other, PACK, DAY))


def _either_way(roll, c):
    return c if roll.random() < 0.5 else Contact(c.second, c.first, c.second_zone, c.first_zone, c.via)


@settings(max_examples=100, deadline=None)
@given(accidents(), st.randoms(use_true_random=False))
def test_changing_the_labels_changes_only_the_labels(facts, roll):
    labels = [v.label for v in facts.vehicles]
    shuffled = labels[:]
    roll.shuffle(shuffled)
    names = dict(zip(labels, shuffled, strict=True))
    renamed = replace(
        facts,
        vehicles=tuple(replace(v, label=names[v.label]) for v in facts.vehicles),
        contacts=tuple(replace(c, first=names[c.first], second=names[c.second]) for c in facts.contacts),
    )
    assert outline(propose(facts, PACK, DAY), names) == outline(propose(renamed, PACK, DAY))


@settings(max_examples=60, deadline=None)
@given(accidents(), st.sampled_from(["colour", "odometer"]), st.sampled_from([True, 7, "x"]))
def test_an_irrelevant_fact_changes_nothing(facts, key, value):
    more = answered(answered(facts, f"A.{key}", value), f"place.{key}", value)
    assert propose(facts, PACK, DAY) == propose(more, PACK, DAY)


@settings(max_examples=60, deadline=None)
@given(accidents())
def test_never_slow_and_never_at_a_loss(facts):
    begun = time.process_time()
    result = propose(facts, PACK, DAY)
    assert time.process_time() - begun < 1
    assert isinstance(result, Proposal | Abstention)
