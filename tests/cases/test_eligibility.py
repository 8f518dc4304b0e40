from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.cases import eligibility
from kuaichu.cases.eligibility import (
    LIGHT,
    ROADS,
    CityRules,
    Injury,
    PartyKind,
    PartyLeft,
    ScreeningFacts,
    screen,
)
from kuaichu.cases.gates import Licence, Procedure, Step, table

MV, NMV, PED = PartyKind
SELF, ONLINE, SUMMARY, FAST, GENERAL = eligibility.LANES
NATIONAL = CityRules()
CLEAN = ScreeningFacts(
    parties=(MV, MV),
    injury=Injury.NONE,
    crime_suspected=False,
    alcohol_suspected=False,
    licences=(Licence.VALID, Licence.VALID),
    passenger_transport=False,
    bus_overload_or_speeding=False,
    no_plate=False,
    immovable=False,
    party_left=PartyLeft.NONE,
    intent_suspected=False,
    hazmat=False,
    no_inspection=False,
    no_ctali=False,
    facility_hit=False,
    disputed=False,
    joint_application=True,
    police_requested=False,
    foreign=False,
    diplomatic=False,
    military=False,
    tractor=False,
    late_report=False,
    out_of_area=False,
    very_large_loss=False,
    fraud_hold=False,
)
CITY = {
    "LOSS_CAP": CityRules(loss_cap_fen=200_000),
    "VEHICLE_MIX": CityRules(min_vehicles=2, max_vehicles=2, allow_mv_nmv=False),
    "NIGHT": CityRules(hours=(("06:00", "20:00"),)),
    "AREA": CityRules(roads=("city_road",), named_areas_only=True),
    "INSURED_ELSEWHERE": CityRules(insurer_scope="province", province="37"),
    "CALL_FIRST": CityRules(call_police_first=True),
}
SITE = (SUMMARY, GENERAL)
# code: (facts that bite, what is left of the five procedures, facts next to them that do not bite)
CASES: dict[str, tuple[dict, tuple, dict]] = {
    "OUT_OF_SCOPE": ({"rail_or_ferry": True}, (), {"rail_or_ferry": False}),
    "DEATH": ({"injury": Injury.DEATH}, (GENERAL,), {"injury": Injury.NONE}),
    "CRIME_SUSPECT": ({"crime_suspected": True}, (GENERAL,), {"crime_suspected": False}),
    "CRIMINAL_LOSS": (
        {"estimated_loss_fen": 30_000_000},
        (GENERAL,),
        {"estimated_loss_fen": 29_999_999},
    ),
    "INJURY_SERIOUS": (
        {"injury": Injury.SLIGHT, "slight_injury_consent": False, "fast_application": False},
        (GENERAL,),
        {"injury": Injury.SLIGHT, "slight_injury_consent": True},
    ),
    "INJURY_SLIGHT": (
        {"injury": Injury.SLIGHT, "slight_injury_consent": True, "fast_application": False},
        SITE,
        {"injury": Injury.NONE},
    ),
    "NO_LICENCE": (
        {"licences": (Licence.VALID, Licence.POINTS_FULL)},
        SITE,
        {"licences": (Licence.VALID,) * 2},
    ),
    "ALCOHOL_DRUG": (
        {"alcohol_suspected": True, "tested_no_crime": True},
        SITE,
        {"alcohol_suspected": False},
    ),
    "BUS_OVERLOAD_SPEED": (
        {"passenger_transport": True, "bus_overload_or_speeding": True},
        SITE,
        {"passenger_transport": True, "bus_overload_or_speeding": False},
    ),
    "NO_PLATE": ({"no_plate": True}, SITE, {"no_plate": False}),
    "IMMOVABLE": ({"immovable": True}, SITE, {"immovable": False}),
    "HIT_AND_RUN": ({"party_left": PartyLeft.FLED}, (GENERAL,), {"party_left": PartyLeft.NONE}),
    "PARTY_LEFT": (
        {"party_left": PartyLeft.LEFT, "left_party_found": True},
        SITE,
        {"party_left": PartyLeft.NONE},
    ),
    "INTENT": ({"intent_suspected": True}, (GENERAL,), {"intent_suspected": False}),
    "HAZMAT": ({"hazmat": True}, SITE, {"hazmat": False}),
    "NO_INSPECTION": ({"no_inspection": True}, SITE, {"no_inspection": False}),
    "NO_CTALI": ({"no_ctali": True}, SITE, {"no_ctali": False}),
    "FACILITY": ({"facility_hit": True}, SITE, {"facility_hit": False}),
    "DISPUTED": ({"disputed": True}, (ONLINE, *SITE), {"disputed": False}),
    "NO_JOINT_APPLICATION": (
        {"disputed": True, "joint_application": False},
        SITE,
        {"disputed": True, "joint_application": True},
    ),
    "ONLINE_NOT_APPLIED": ({"joint_application": False}, (SELF, *SITE), {"joint_application": True}),
    "POLICE_REQUESTED": ({"police_requested": True}, SITE, {"police_requested": False}),
    "CALL_FIRST": ({"police_called": False}, (ONLINE, *SITE), {"police_called": True}),
    "SINGLE_VEHICLE": ({"parties": (MV,)}, SITE, {"parties": (MV, NMV)}),
    "MV_PEDESTRIAN": ({"parties": (MV, PED)}, SITE, {"parties": (MV, NMV)}),
    "NMV_ONLY": ({"parties": (NMV, PED)}, (SELF, *SITE), {"parties": (NMV, MV)}),
    "DIPLOMATIC": (
        {"diplomatic": True, "foreign_notice_done": True},
        (SELF, *SITE),
        {"diplomatic": False},
    ),
    "FOREIGN": (
        {"foreign": True, "foreign_notice_done": False},
        SITE,
        {"foreign": False, "foreign_notice_done": False},
    ),
    "MILITARY": ({"military": True}, SITE, {"military": False}),
    "TRACTOR": ({"tractor": True}, (SELF, ONLINE, *SITE), {"tractor": False}),
    "LATE_NOT_ACCEPTED": (
        {"late_report": True, "late_report_accepted": False},
        (SELF,),
        {"late_report": True, "late_report_accepted": True},
    ),
    "LATE_REPORT": (
        {"late_report": True, "late_report_accepted": True},
        (SELF, *SITE),
        {"late_report": False},
    ),
    "OUT_OF_AREA": ({"out_of_area": True}, (SELF, *SITE), {"out_of_area": False}),
    "CAUSES_UNPROVABLE": ({"causes_unprovable": True}, (GENERAL,), {"causes_unprovable": False}),
    "LOSS_CAP": ({"estimated_loss_fen": 200_001}, SITE, {"estimated_loss_fen": 200_000}),
    "VEHICLE_MIX": ({"parties": (MV,) * 3, "licences": (Licence.VALID,) * 3}, SITE, {"parties": (MV, MV)}),
    "NIGHT": ({"local_time": time(20, 0)}, SITE, {"local_time": time(19, 59)}),
    "AREA": (
        {"road": "city_road", "in_quick_area": False},
        SITE,
        {"road": "city_road", "in_quick_area": True},
    ),
    "INSURED_ELSEWHERE": ({"insurer_provinces": ("37", "11")}, SITE, {"insurer_provinces": ("37", "37")}),
    "FRAUD_FLAG": ({"fraud_hold": True}, SITE, {"fraud_hold": False}),
}


def codes(screening):
    return {hit.gate.code for hit in screening.hits}


def left(screening):
    return tuple(lane for lane in eligibility.LANES if lane in screening.allowed)


def ask(rules=NATIONAL, **changes):
    return screen(replace(CLEAN, **changes), rules)


def test_every_gate_has_its_case():
    assert set(CASES) == {gate.code for gate in table().gate}


@pytest.mark.parametrize("code", CASES)
def test_the_gate_blocks(code):
    bites, remains, _ = CASES[code]
    screening = ask(CITY.get(code, NATIONAL), **bites)
    assert code in codes(screening)
    assert left(screening) == remains


@pytest.mark.parametrize("code", CASES)
def test_the_gate_lets_pass(code):
    assert code not in codes(ask(CITY.get(code, NATIONAL), **CASES[code][2]))


def test_a_plain_case_may_be_settled_by_the_parties():
    screening = ask()
    assert screening.hits == ()
    assert left(screening) == (SELF, ONLINE, SUMMARY, GENERAL)
    assert (screening.ceiling, screening.recommended) == (SELF, SELF)
    assert (screening.handover, screening.unknown, screening.hold) == (None, (), False)


# --- what a city may open ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "facts", "opened"),
    [
        ({"allow_single_online": True}, {"parties": (MV,)}, ONLINE),
        ({"allow_facility_online": True}, {"facility_hit": True}, ONLINE),
        ({"allow_no_inspection_online": True}, {"no_inspection": True}, ONLINE),
        ({"allow_immovable_online": True}, {"immovable": True}, ONLINE),
        ({"allow_nmv_only_online": True}, {"parties": (NMV, NMV)}, ONLINE),
        ({"military_self": True}, {"military": True}, SELF),
        (
            {"allow_slight_injury_online": True},
            {"injury": Injury.SLIGHT, "slight_injury_consent": True},
            ONLINE,
        ),
        ({"allow_late_online": True}, {"late_report": True, "late_report_accepted": True}, ONLINE),
        (
            {"loss_cap_fen": 200_000, "limits_on_self": frozenset()},
            {"estimated_loss_fen": 900_000},
            SELF,
        ),
        (
            {"hours": (("07:30", "19:30"),), "limits_on_self": frozenset({"loss"})},
            {"local_time": time(23)},
            SELF,
        ),
    ],
)
def test_an_option_turns_conditional_into_open(rules, facts, opened):
    shut = {name: value for name, value in rules.items() if name in ("loss_cap_fen", "hours")}
    assert opened not in ask(CityRules(**shut), **facts).allowed
    assert opened in ask(CityRules(**rules), **facts).allowed


def test_an_option_opens_nothing_else():
    everything = CityRules(
        allow_single_online=True,
        allow_slight_injury_online=True,
        allow_facility_online=True,
        allow_no_inspection_online=True,
        allow_immovable_online=True,
        allow_late_online=True,
        military_self=True,
    )
    for bites in ({"hazmat": True}, {"no_ctali": True}, {"no_plate": True}, {"police_requested": True}):
        assert left(ask(everything, **bites)) == SITE


def test_hours_may_run_over_midnight():
    night = CityRules(hours=(("20:00", "06:00"),))
    assert SELF in ask(night, local_time=time(23, 30)).allowed
    assert SELF in ask(night, local_time=time(5, 59)).allowed
    assert SELF not in ask(night, local_time=time(6, 0)).allowed


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": [["6", "20"]]},
        {"hours": [["06:00", "25:00"]]},
        {"insurer_scope": "province"},
        {"no_such": 1},
        {"roads": ["beach"]},
    ],
)
def test_a_city_that_does_not_fit_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, CityRules)


# --- what is not known ---------------------------------------------------------------------------------


def test_nothing_known_opens_nothing():
    screening = screen(ScreeningFacts(), NATIONAL)
    assert screening.allowed == {GENERAL}
    assert screening.recommended is None
    assert screening.handover is None
    assert {"injury", "alcohol_suspected", "parties", "disputed", "hazmat"} <= set(screening.unknown)
    names = {one.name for one in fields(ScreeningFacts)}
    assert all(set(asked) <= names for asked in screening.pending.values())


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"injury": None}, ("injury",)),
        ({"injury": Injury.UNKNOWN}, ("injury",)),
        ({"licences": (Licence.VALID,)}, ("licences",)),
        ({"licences": (Licence.VALID, None)}, ("licences",)),
        ({"joint_application": None}, ("joint_application",)),
        ({"very_large_loss": None}, ("very_large_loss",)),
        ({"passenger_transport": None, "bus_overload_or_speeding": None}, ("passenger_transport",)),
        (
            {"passenger_transport": True, "bus_overload_or_speeding": None},
            ("bus_overload_or_speeding",),
        ),
        ({"foreign": True}, ("foreign_notice_done",)),
    ],
)
def test_the_open_question_is_named(facts, asked):
    assert ask(**facts).unknown == asked


def test_the_citys_limits_are_asked_only_where_they_exist():
    assert ask(estimated_loss_fen=None, local_time=None, road=None).unknown == ()
    assert ask(CITY["LOSS_CAP"]).unknown == ("estimated_loss_fen",)
    assert ask(CITY["NIGHT"]).unknown == ("local_time",)
    assert ask(CITY["AREA"]).unknown == ("road",)
    assert ask(CITY["AREA"], road="city_road").unknown == ("in_quick_area",)
    assert ask(CITY["INSURED_ELSEWHERE"]).unknown == ("insurer_provinces",)
    assert ask(CITY["CALL_FIRST"]).unknown == ("police_called",)


def test_motor_questions_are_not_asked_of_riders():
    riders = screen(
        replace(CLEAN, parties=(NMV, NMV), licences=None, no_plate=None, no_ctali=None, no_inspection=None),
        NATIONAL,
    )
    assert SELF in riders.allowed
    assert riders.unknown == ()


def test_an_online_decision_waits_for_the_joint_application():
    screening = ask(disputed=True, joint_application=None)
    assert screening.awaiting_application == {ONLINE}
    assert ONLINE not in screening.allowed
    assert screening.recommended is ONLINE


# --- trap cases ----------------------------------------------------------------------------------------


def test_t1_smell_of_alcohol():
    screening = ask(alcohol_suspected=True, estimated_loss_fen=80_000)
    assert not screening.allowed & set(LIGHT)
    assert screening.pending[SUMMARY] == ("tested_no_crime",)
    assert screening.handover is not None
    assert (screening.handover.to, screening.handover.reasons) == ("police_on_site", ("ALCOHOL_DRUG",))
    assert Step.SUBSTANCE_TEST in screening.steps
    over = ask(alcohol_suspected=True, crime_suspected=True, tested_no_crime=False)
    assert over.handover is not None
    assert (over.handover.to, over.recommended) == ("criminal", Procedure.CRIMINAL)


def test_t2_class_mismatch():
    screening = ask(licences=(Licence.CLASS_MISMATCH, Licence.VALID))
    assert left(screening) == SITE
    assert screening.handover is not None
    assert screening.handover.to == "police_on_site"
    assert "NO_LICENCE" in screening.handover.reasons


def test_t3_the_other_driver_left():
    gone = ask(party_left=PartyLeft.LEFT)
    assert left(gone) == (GENERAL,)
    assert gone.handover is not None
    assert (gone.handover.to, gone.handover.reasons) == ("general", ("PARTY_LEFT",))
    joined = ask(party_left=PartyLeft.LEFT, left_party_online=True)
    assert {SELF, ONLINE} <= joined.allowed
    fled = ask(party_left=PartyLeft.FLED, left_party_online=True, left_party_found=True)
    assert left(fled) == (GENERAL,)


def test_t4_rib_fracture_the_next_day():
    screening = ask(injury=Injury.SERIOUS)
    assert screening.handover is not None
    assert screening.handover.to == "general"
    assert screening.recommended is GENERAL
    assert screening.awaiting_application == {FAST}
    applied = ask(injury=Injury.SERIOUS, fast_application=True)
    assert applied.recommended is FAST
    assert ask(injury=Injury.SERIOUS, fast_application=True, disputed=True).recommended is GENERAL


def test_t5_single_car_and_guardrail():
    screening = ask(parties=(MV,), licences=(Licence.VALID,), facility_hit=True)
    assert {"FACILITY", "SINGLE_VEHICLE"} <= codes(screening)
    assert screening.recommended is SUMMARY
    assert {Step.CLEAR_THEN_REPORT, Step.NOTIFY_OWNER} <= set(screening.steps)
    only_one = CityRules(allow_single_online=True)
    assert ONLINE not in ask(only_one, parties=(MV,), facility_hit=True).allowed


def test_t6_fraud_flag():
    screening = ask(fraud_hold=True)
    assert screening.hold
    assert left(screening) == SITE
    assert screening.recommended is SUMMARY


def test_t7_tanker():
    everything = CityRules(allow_immovable_online=True, allow_facility_online=True)
    screening = ask(everything, hazmat=True)
    assert left(screening) == SITE
    assert Step.EMERGENCY_PLAN in screening.steps
    assert screening.handover is not None
    assert screening.handover.to == "police_on_site"


def test_t10_one_wants_a_policeman():
    screening = ask(police_requested=True, disputed=True, joint_application=False)
    assert left(screening) == SITE
    assert screening.handover is not None
    assert "POLICE_REQUESTED" in screening.handover.reasons
    withdrawn = ask(police_requested=True, police_request_withdrawn=True)
    assert left(withdrawn) == (SELF, *SITE)


def test_t13_an_open_question_about_a_plate_closes_until_answered():
    screening = ask(no_plate=None)
    assert not screening.allowed & {SELF, ONLINE}
    assert screening.unknown == ("no_plate",)


def test_unprovable_facts_lead_to_a_certificate_of_facts():
    assert ask(causes_unprovable=True).recommended is Procedure.CERT_OF_FACTS


def test_a_pedestrian_among_several_vehicles_calls_for_an_officer():
    screening = ask(parties=(MV, MV, PED))
    assert left(screening) == SITE
    assert "MV_PEDESTRIAN" in codes(screening)


def test_rail_is_not_accepted():
    screening = ask(rail_or_ferry=True)
    assert screening.allowed == {Procedure.NOT_ACCEPTED}
    assert screening.handover is None


def test_staged_collision_goes_to_the_public_security():
    screening = ask(intent_suspected=True, fraud_hold=True)
    assert screening.handover is not None
    assert (screening.handover.to, screening.handover.reasons) == ("criminal", ("INTENT",))


# --- the record ----------------------------------------------------------------------------------------


def test_the_record_is_plain_and_complete():
    screening = ask(injury=Injury.SLIGHT, facility_hit=True)
    record = json.loads(json.dumps(screening.to_json()))
    assert record["unknown"] == []
    assert record["pending"]["SUMMARY"] == ["slight_injury_consent"]
    assert [hit["gate"] for hit in record["hits"]] == ["INJURY_SLIGHT", "FACILITY"]
    assert record["hits"][0]["verdicts"] == {
        "SELF": "N",
        "ONLINE": "N",
        "SUMMARY": "Y",
        "GENERAL_FAST": "Y",
        "GENERAL": "Y",
    }
    assert record["hits"][0]["law"] == ["D146 13", "D146 23(2)"]


def test_the_version_names_table_and_city():
    assert ask().version.startswith(table().version)
    assert ask().version == ask(hazmat=True).version
    assert ask().version != ask(CITY["NIGHT"]).version
    limits = frozenset({"loss", "hours", "area"})
    same = (CityRules(limits_on_self=limits), CityRules(limits_on_self=frozenset(sorted(limits))))
    assert same[0].version() == same[1].version()


def test_a_table_that_names_nothing_real_is_refused(monkeypatch):
    gate = msgspec.structs.replace(table().gate[0], when=({"wind": (True,)},))
    wrong = msgspec.structs.replace(table(), gate=(gate,))
    monkeypatch.setattr(eligibility, "table", lambda: wrong)
    with pytest.raises(ValueError, match="wind"):
        eligibility.check_names()


# --- properties ----------------------------------------------------------------------------------------

MAYBE = st.none() | st.booleans()
LICENCES = st.none() | st.lists(st.none() | st.sampled_from(Licence), max_size=3).map(tuple)
CHOICES = {
    "parties": st.none() | st.lists(st.sampled_from(PartyKind), min_size=1, max_size=3).map(tuple),
    "injury": st.none() | st.sampled_from(Injury),
    "party_left": st.none() | st.sampled_from(PartyLeft),
    "licences": LICENCES,
    "estimated_loss_fen": st.none() | st.sampled_from([0, 100_000, 300_000, 40_000_000]),
    "local_time": st.none() | st.times(),
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
    limits_on_self=st.sets(st.sampled_from(["loss", "hours", "area", "insurer", "vehicles"])).map(frozenset),
)
EXCLUDING = {
    "injury": (Injury.NONE, [Injury.SLIGHT, Injury.SERIOUS, Injury.DEATH]),
    "party_left": (PartyLeft.NONE, [PartyLeft.LEFT, PartyLeft.FLED]),
    "parties": ((MV, MV), [(MV,), (MV, PED)]),
    "licences": ((Licence.VALID,) * 2, [(Licence.VALID, one) for one in Licence if one is not Licence.VALID]),
    "estimated_loss_fen": (100_000, [300_000, 40_000_000]),
    **{
        name: (False, [True])
        for name in (
            "crime_suspected", "alcohol_suspected", "bus_overload_or_speeding", "no_plate", "immovable",
            "intent_suspected", "hazmat", "no_inspection", "no_ctali", "facility_hit", "disputed",
            "police_requested", "foreign", "diplomatic", "military", "tractor", "late_report", "out_of_area",
            "rail_or_ferry", "causes_unprovable", "very_large_loss", "fraud_hold",
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
