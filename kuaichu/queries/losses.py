"""Whose loss, which covers, who assesses: what the claims desk computes with."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.payout_case import Grade, LossCase, Mod, NonMotor, Tpl
from kuaichu.desks.claims.payout_case import Vehicle as InsuredVehicle
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.prepared import find_one
from kuaichu.queries.standing import Standing, standing


def insurers_of(vehicle: Vehicle) -> list[str]:
    """The codes of the insurers whose policies cover this vehicle, compulsory cover first."""
    order = {"CTALI": 0, "TPL": 1, "MOD": 2}
    covers = sorted(vehicle.policies or [], key=lambda p: order.get(p["cover"], 9))
    return list(dict.fromkeys(p["insurer"] for p in covers))


def insurers_concerned(case_id: UUID) -> list[str]:
    """Every insurer with cover on a vehicle of the case."""
    found = [code for v in files.vehicles(case_id).values() for code in insurers_of(v)]
    return sorted(set(found))


def assessor_of(label: str, vehicles: dict[str, Vehicle], shares: dict[str, Fraction]) -> str:
    """The insurer that assesses this vehicle: the one that will bear most of its loss.

    That is the insurer of the most liable other party while the owner bears less than half, else the
    vehicle's own; where that one has no insurer, any insurer that is concerned.
    """
    others = sorted((o for o in vehicles if o != label), key=lambda o: (-shares.get(o, Fraction(0)), o))
    bears_most = shares.get(label, Fraction(0)) >= Fraction(1, 2)
    line = [label, *others] if bears_most else [*others[:1], label, *others[1:]]
    for candidate in line:
        codes = insurers_of(vehicles[candidate])
        if codes:
            return codes[0]
    return ""


def to_assess(case_id: UUID, insurer: str) -> list[Vehicle]:
    """The motor vehicles whose loss this insurer assesses."""
    stands = standing(case_id)
    if stands is None:
        return []
    vehicles = files.vehicles(case_id)
    return [
        vehicle
        for label, vehicle in vehicles.items()
        if vehicle.kind == "MV" and assessor_of(label, vehicles, stands.shares) == insurer
    ]


def loss_case(case: Case) -> LossCase | None:
    """The input of the computation, or None while liability or an assessment is missing."""
    stands = standing(case.pk)
    vehicles = files.vehicles(case.pk)
    assessed = newest_assessments(case.pk)
    motors = {label: v for label, v in vehicles.items() if v.kind == "MV"}
    if stands is None or any(v.pk not in assessed for v in motors.values()):
        return None
    day = case.happened_at.astimezone(CHINA).date()
    return LossCase(
        accident_on=day,
        vehicles=tuple(
            _insured(label, v, assessed[v.pk].total_fen, stands, day) for label, v in motors.items()
        ),
        nonmotors=tuple(
            NonMotor(label=label, loss=0, grade=Grade(stands.grades[label]))
            for label, v in vehicles.items()
            if v.kind != "MV"
        ),
        knock_for_knock=_knock_for_knock(case.pk),
    )


def _knock_for_knock(case_id: UUID) -> frozenset[str]:
    """The labels of parties who chose 互碰自赔."""
    return frozenset(p.label for p in files.parties(case_id) if p.statement.get("knock_for_knock"))


def _insured(label: str, vehicle: Vehicle, loss: int, stands: Standing, day: date) -> InsuredVehicle:
    covers = {p["cover"]: p for p in vehicle.policies or [] if _in_force(p, day)}
    tpl, mod = covers.get("TPL"), covers.get("MOD")
    return InsuredVehicle(
        label=label,
        loss=loss,
        grade=Grade(stands.grades[label]),
        ctali=covers["CTALI"]["insurer"] if "CTALI" in covers else None,
        tpl=Tpl(tpl["insurer"], int(tpl["limit_fen"] or 0)) if tpl else None,
        mod=Mod(mod["insurer"], deductible=int(mod.get("deductible_fen") or 0)) if mod else None,
        share=stands.shares.get(label),
    )


def _in_force(policy: dict[str, Any], day: date) -> bool:
    return str(policy["starts"])[:10] <= day.isoformat() <= str(policy["ends"])[:10]


def recipient(case_id: UUID, label: str) -> Party | None:
    """The party that a payout labelled `label` goes to."""
    return find_one(Party, case_id=case_id, label=label)
