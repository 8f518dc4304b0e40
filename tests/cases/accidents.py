"""A clean accident, and for every gate the facts that make it bite."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from kuaichu.cases import screening_result
from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.eligibility import screen
from kuaichu.cases.register_gates import Licence
from kuaichu.cases.screening_facts import Injury, PartyKind, PartyLeft, ScreeningFacts

MV, NMV, PED = PartyKind
SELF, ONLINE, SUMMARY, FAST, GENERAL = screening_result.LANES
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
    owner_absent=False,
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
    "POOR_SIGHT": CityRules(poor_light=("night_unlit",), poor_weather=("5",)),
    "OFFICER_HOURS": CityRules(officer_hours=(("07:30", "19:30"),)),
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
    "OWNER_ABSENT": ({"owner_absent": True}, SITE, {"owner_absent": False}),
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
    "POOR_SIGHT": ({"light": "day", "weather": "5"}, SITE, {"light": "day", "weather": "3"}),
    "OFFICER_HOURS": ({"report_time": time(19, 30)}, (SELF, *SITE), {"report_time": time(7, 30)}),
    "OFF_ROAD": ({"road": "off_road"}, (SELF, ONLINE, *SITE), {"road": "city_road"}),
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
    return tuple(lane for lane in screening_result.LANES if lane in screening.allowed)


def ask(rules=NATIONAL, **changes):
    return screen(replace(CLEAN, **changes), rules)
