"""Screening of worked cases."""

from __future__ import annotations

from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.gates import Procedure, Step
from kuaichu.cases.register_gates import Licence
from kuaichu.cases.screening_facts import Injury, PartyLeft
from kuaichu.cases.screening_result import LIGHT
from tests.cases.accidents import (
    FAST,
    GENERAL,
    MV,
    ONLINE,
    PED,
    SELF,
    SITE,
    SUMMARY,
    ask,
    codes,
    left,
)


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
