from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import time

import msgspec
import pytest

from kuaichu.cases import eligibility
from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.eligibility import screen
from kuaichu.cases.gates import table
from kuaichu.cases.register_gates import Licence
from kuaichu.cases.screening_facts import Injury, ScreeningFacts
from tests.cases.accidents import (
    CASES,
    CITY,
    CLEAN,
    GENERAL,
    MV,
    NATIONAL,
    NMV,
    ONLINE,
    SELF,
    SITE,
    SUMMARY,
    ask,
    codes,
    left,
)


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
