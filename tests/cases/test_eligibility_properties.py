"""Screening of any facts whatever: what may never happen."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.cases.city_rules import ROADS, CityRules
from kuaichu.cases.eligibility import screen
from kuaichu.cases.register_gates import Licence
from kuaichu.cases.screening_facts import Injury, PartyKind, PartyLeft, ScreeningFacts
from kuaichu.cases.screening_result import LIGHT
from tests.cases.accidents import (
    CLEAN,
    MV,
    PED,
    codes,
)

MAYBE = st.none() | st.booleans()
LICENCES = st.none() | st.lists(st.none() | st.sampled_from(Licence), max_size=3).map(tuple)
CHOICES = {
    "parties": st.none() | st.lists(st.sampled_from(PartyKind), min_size=1, max_size=3).map(tuple),
    "injury": st.none() | st.sampled_from(Injury),
    "party_left": st.none() | st.sampled_from(PartyLeft),
    "licences": LICENCES,
    "estimated_loss_fen": st.none() | st.sampled_from([0, 100_000, 300_000, 40_000_000]),
    "local_time": st.none() | st.times(),
    "report_time": st.none() | st.times(),
    "weather": st.none() | st.sampled_from(["1", "3", "5"]),
    "light": st.none() | st.sampled_from(["day", "night_unlit"]),
    "left_party_online": MAYBE,
    "owner_joined": MAYBE,
    "road": st.none() | st.sampled_from(ROADS),
    "insurer_provinces": st.none() | st.lists(st.sampled_from(["37", "11", None]), max_size=3).map(tuple),
}
# What is never said both ways at once by an honest caller.
CONSISTENT = {"very_large_loss", "passenger_transport", "estimated_loss_fen", "bus_overload_or_speeding"}
FACTS = st.fixed_dictionaries(
    {
        one.name: CHOICES.get(one.name, st.booleans() if one.default is False else MAYBE)
        for one in fields(ScreeningFacts)
    }
)
# Most facts harmless, a few drawn: else almost every case is closed from the start.
NEAR_CLEAN = st.builds(
    lambda drawn, names: replace(CLEAN, **{name: drawn[name] for name in names}),
    FACTS,
    st.sets(st.sampled_from([one.name for one in fields(ScreeningFacts)]), max_size=6),
)
RULES = st.builds(
    CityRules,
    hours=st.sampled_from([(), (("06:00", "20:00"),), (("20:00", "06:00"),)]),
    officer_hours=st.sampled_from([(), (("07:30", "19:30"),)]),
    poor_light=st.sampled_from([(), ("night_unlit",)]),
    poor_weather=st.sampled_from([(), ("5",)]),
    roads=st.sampled_from([ROADS, ("city_road",)]),
    named_areas_only=st.booleans(),
    loss_cap_fen=st.sampled_from([None, 200_000]),
    max_vehicles=st.sampled_from([None, 2]),
    allow_mv_nmv=st.booleans(),
    insurer_scope=st.sampled_from(["anywhere", "province"]),
    province=st.just("37"),
    call_police_first=st.booleans(),
    allow_single_online=st.booleans(),
    allow_slight_injury_online=st.booleans(),
    allow_facility_online=st.booleans(),
    allow_no_inspection_online=st.booleans(),
    allow_immovable_online=st.booleans(),
    allow_nmv_only_online=st.booleans(),
    allow_late_online=st.booleans(),
    military_self=st.booleans(),
    limits_on_self=st.sets(st.sampled_from(["loss", "hours", "area", "insurer", "vehicles", "sight"])).map(
        frozenset
    ),
)
EXCLUDING = {
    "injury": (Injury.NONE, [Injury.SLIGHT, Injury.SERIOUS, Injury.DEATH]),
    "party_left": (PartyLeft.NONE, [PartyLeft.LEFT, PartyLeft.FLED]),
    "weather": ("1", ["5"]),
    "light": ("day", ["night_unlit"]),
    "report_time": (time(12), [time(3)]),
    "parties": ((MV, MV), [(MV,), (MV, PED)]),
    "licences": ((Licence.VALID,) * 2, [(Licence.VALID, one) for one in Licence if one is not Licence.VALID]),
    "estimated_loss_fen": (100_000, [300_000, 40_000_000]),
    **{
        name: (False, [True])
        for name in (
            "crime_suspected", "alcohol_suspected", "bus_overload_or_speeding", "no_plate", "immovable",
            "intent_suspected", "hazmat", "no_inspection", "no_ctali", "facility_hit", "disputed",
            "police_requested", "foreign", "diplomatic", "military", "tractor", "late_report", "out_of_area",
            "rail_or_ferry", "owner_absent", "causes_unprovable", "very_large_loss", "fraud_hold",
        )
    },
    **{name: (True, [False]) for name in ("joint_application", "police_called", "in_quick_area")},
}  # fmt: skip


def light(facts, rules):
    return screen(facts, rules).allowed & set(LIGHT)


@settings(max_examples=400)
@given(NEAR_CLEAN, RULES, st.sampled_from(sorted(EXCLUDING)), st.data())
def test_an_excluding_fact_never_enlarges_what_is_allowed(facts, rules, name, data):
    harmless, harmful = EXCLUDING[name]
    before = replace(facts, **{name: harmless})
    after = replace(facts, **{name: data.draw(st.sampled_from(harmful))})
    assert light(after, rules) <= light(before, rules)


@settings(max_examples=400)
@given(NEAR_CLEAN, RULES, FACTS)
def test_what_is_allowed_stays_so_whatever_the_unknown_turns_out_to_be(facts, rules, answers):
    told = {
        name: value
        for name, value in answers.items()
        if getattr(facts, name) is None and value is not None and name not in CONSISTENT
    }
    assert light(facts, rules) <= light(replace(facts, **told), rules)


@settings(max_examples=400)
@given(
    NEAR_CLEAN, RULES, st.sampled_from([one.name for one in fields(ScreeningFacts) if one.default is None])
)
def test_forgetting_a_fact_never_opens(facts, rules, name):
    if name in CONSISTENT:
        return
    assert light(replace(facts, **{name: None}), rules) <= light(facts, rules)


@settings(max_examples=400)
@given(FACTS.map(lambda drawn: ScreeningFacts(**drawn)), RULES)
def test_the_answer_is_sound_for_any_facts(facts, rules):
    screening = screen(facts, rules)
    json.dumps(screening.to_json())
    assert screening.ceiling in screening.allowed
    assert not set(screening.pending) & screening.allowed
    for hit in screening.hits:
        for lane, verdict in hit.verdicts.items():
            assert verdict == "Y" or lane not in screening.allowed
    for lane in LIGHT:
        closed = any(hit.verdicts[lane] == "N" for hit in screening.hits)
        assert (lane in screening.allowed) + (lane in screening.pending) + closed == 1
    if screening.handover:
        assert set(screening.handover.reasons) <= codes(screening)
