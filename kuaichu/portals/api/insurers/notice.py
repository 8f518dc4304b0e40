"""The claim as a first notice of loss, in the field names insurers' claim systems take [S:G6]."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from kuaichu.cases import files
from kuaichu.cases.models import Case, Vehicle
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.liability.vocabulary import Situation
from kuaichu.kernel.city import city
from kuaichu.kernel.clock import CHINA
from kuaichu.queries.losses import insurers_of
from kuaichu.queries.packet import liability

VIN_LENGTH = 17
CAUSES = {
    Situation.STOPPING: "01", Situation.REVERSING: "02", Situation.WRONG_WAY: "03", Situation.ROLLING: "04",
    Situation.DOOR: "05", Situation.SIGNAL: "06", Situation.LANE_CHANGE: "07", Situation.REAR_END: "08",
}  # fmt: skip
"""accidentCause; everything else is 99."""
SOURCES = {"wechat": "01", "app": "02"}
"""dataSource: the rest is 03, the police's own page."""
OWN_DAMAGE, OTHERS_DAMAGE = "01", "02"


def notices(claim: Claim) -> list[dict[str, Any]]:
    """One notice for each vehicle the company insures in the case."""
    case = files.case(claim.case_id)
    vehicles = files.vehicles(case.pk)
    found = liability(case.pk) or {"grades": {}, "shares": {}, "clearing_shares": {}, "situation": ""}
    return [
        _notice(case, vehicles, label, claim.insurer, found)
        for label, vehicle in vehicles.items()
        if claim.insurer in insurers_of(vehicle)
    ]


def _notice(
    case: Case, vehicles: dict[str, Vehicle], label: str, insurer: str, found: dict[str, Any]
) -> dict[str, Any]:
    bearing = found["shares"] or found["clearing_shares"]  # the clause clears while no civil share is fixed
    vehicle, share = vehicles[label], Fraction(bearing.get(label, 0))
    party, record = vehicle.party, vehicle.record or {}
    policy = next(p for p in vehicle.policies or [] if p["insurer"] == insurer)
    vin = str(record.get("vin", "")).upper()
    return {
        "orgCode": insurer,
        "carMark": vehicle.plate,
        "avoidRepeatData": str(party.pk),
        "policyNo": policy["number"],
        "vinNo": vin if len(vin) == VIN_LENGTH else "",
        "accidentDate": case.happened_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
        **_place(case),
        "accidentType": "2" if len(vehicles) > 1 else "1",
        "isNorDriving": "0" if case.triage.get("immovable") else "1",
        "isReportOnPort": "1",
        "accidentCause": CAUSES.get(found["situation"], "99"),
        "reportName": party.name,
        "reportTelNo": party.phone,
        "reportMode": case.source,
        "driverName": party.name,
        "channelTypes": [OWN_DAMAGE, OTHERS_DAMAGE] if len(vehicles) > 1 else [OWN_DAMAGE],
        "dataSource": SOURCES.get(case.source, "03"),
        "dutyCoefficient": f"{float(share):.4f}",
        "dutyCoefficientDesc": found["grades"].get(label, ""),
        "thirdCarList": [
            {"driverName": v.party.name, "driverTelNo": v.party.phone, "carMark": v.plate}
            for other, v in vehicles.items()
            if other != label
        ],
    }


def _place(case: Case) -> dict[str, Any]:
    profile = city(case.city).profile
    return {
        "accidentPlaceProvince": f"{profile.province}0000",
        "accidentPlaceDistrict": profile.division,
        "accidentPlaceDetail": case.place,
        "longitude": case.lon,
        "latitude": case.lat,
    }
