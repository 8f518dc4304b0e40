"""Leaving rules out by kinds and movements never loses a fault, and makes a proposal fast."""

import time
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from kuaichu.desks.liability.engine import LiabilityPack, Proposal, propose
from kuaichu.desks.liability.plausibility import pair_of
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios import _matching as matching
from kuaichu.desks.liability.scenarios._candidates import candidates
from kuaichu.desks.liability.scenarios._chain import attributed
from kuaichu.desks.liability.scenarios._scenario import Scope, car, scene
from tests.desks.liability.test_liability_properties import ACCIDENTS, DAY, PACKS

PACK = LiabilityPack.default()
LABELS = "ABCDEFGHIJ"


def fits_somehow(scenario, p):
    return not scenario.rule(p).no


def assert_none_lost(facts, pack):
    contacts = attributed(facts)
    for contact in contacts if isinstance(contacts, tuple) else facts.met():
        pair = pair_of(facts, contact)
        found = [(one.code, p.actor.label) for one, p in candidates(pair, pack.off, pack.illegal_stop, DAY)]
        for p in (pair, pair.turned()):
            kept = {code for code, label in found if label == p.actor.label}
            for code, scenario in ALL.items():
                if scenario.scope is not Scope.CONTACT or (code == "RE-03") != bool(contact.via):
                    continue
                if code == "PK-05" and pack.illegal_stop != code:
                    continue
                assert code in kept or not fits_somehow(scenario, p), code


@settings(max_examples=150, deadline=None)
@given(ACCIDENTS, PACKS)
def test_no_fault_is_lost(facts, pack):
    assert_none_lost(facts, pack)


def test_no_fault_of_an_example_is_lost():
    for one in ALL.values():
        for example in one.examples:
            assert_none_lost(example.facts, PACK)
            bare = tuple(replace(v, answers={}) for v in example.facts.vehicles)
            assert_none_lost(replace(example.facts, vehicles=bare, place={}), PACK)


def test_disputed_movement_leaves_all_rules_in():
    facts = scene(
        replace(car("A", "STRAIGHT", "FRONT"), disputed=frozenset({"movement"})), car("B", "STRAIGHT")
    )
    assert_none_lost(facts, PACK)


def test_rules_are_looked_through_in_the_order_of_the_table():
    facts = scene(
        car("A", "STRAIGHT", "FRONT", signal="red", other_came_from="left"),
        car("B", "STRAIGHT", "RIGHT", signal="red"),
        control="signals",
    )
    found = matching.possible_faults(pair_of(facts, facts.met()[0]), PACK, DAY)
    order = [list(ALL).index(one.code) for one in found if one.code in ALL]
    assert order == sorted(order)


def test_a_proposal_takes_two_milliseconds():
    two = [e.facts for one in ALL.values() for e in one.examples if len(e.facts.vehicles) == 2]
    best = min(_seconds(two) for _ in range(4))
    assert best / len(two) <= 0.002


def test_a_chain_of_ten_takes_fifty_milliseconds():
    cars = [car(label, "STRAIGHT", pushed=False, settled_in_lane=True) for label in LABELS]
    met = " ".join(f"{b}.FRONT-{a}.REAR" for a, b in pairwise(LABELS))
    facts = scene(*cars, contacts=met, light="day")
    assert isinstance(propose(facts, PACK, DAY), Proposal)
    assert min(_seconds([facts]) for _ in range(4)) <= 0.05


def _seconds(many):
    start = time.process_time()
    for facts in many:
        propose(facts, PACK, facts.on)
    return time.process_time() - start
