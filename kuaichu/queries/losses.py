"""Whose loss, which covers, who assesses: what the claims desk computes with."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.payout.case import Grade, LossCase, Mod, NonMotor, Tpl
from kuaichu.desks.claims.payout.case import Vehicle as InsuredVehicle
from kuaichu.desks.claims.recourse.own_side import wishes
from kuaichu.desks.liability.apportioning import kinds_of
from kuaichu.desks.liability.grades import Grade as Liability
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.shares import motor_part
from kuaichu.desks.liability.vocabulary import UserKind
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.prepared import find_one
from kuaichu.queries.standing import Standing, standing


def insurers_of(vehicle: Vehicle) -> list[str]:
    """The codes of the insurers whose policies cover this vehicle, compulsory cover first."""
    order = {"CTALI": 0, "TPL": 1, "MOD": 2}
    covers = sorted(vehicle.policies or [], key=lambda p: order.get(p["cover"], 9))
    return list(dict.fromkeys(p["insurer"] for p in covers))


def homes(case_id: UUID) -> dict[str, str]:
    """The insurer of each party's own vehicle, by label; who has none is not in it."""
    found = {label: insurers_of(vehicle) for label, vehicle in files.vehicles(case_id).items()}
    return {label: codes[0] for label, codes in found.items() if codes}


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
        if vehicle.kind == "MV" and assessor_of(label, vehicles, stands.bearing()) == insurer
    ]


def loss_case(case: Case) -> LossCase | None:
    """The input of the computation, or None while liability, a share or an assessment is missing.

    Where fault is divided it goes by the civil shares, or by the clause's shares while nothing fixes those.
    """
    stands = standing(case.pk)
    vehicles = files.vehicles(case.pk)
    assessed = newest_assessments(case.pk)
    motors = {label: v for label, v in vehicles.items() if v.kind == "MV"}
    if stands is None or any(v.pk not in assessed for v in motors.values()):
        return None
    divided = _divided(stands)
    if divided is None:
        return None
    day = case.happened_at.astimezone(CHINA).date()
    return LossCase(
        accident_on=day,
        vehicles=tuple(
            _insured(v, assessed[v.pk].total_fen, Grade(stands.grades[label]), day, divided)
            for label, v in motors.items()
        ),
        nonmotors=tuple(
            NonMotor(
                label=label,
                loss=0,
                grade=Grade(stands.grades[label]),
                motor_share=_motor_share(case, stands, label),
                share=divided.get(label),
            )
            for label, v in vehicles.items()
            if v.kind != "MV"
        ),
        knock_for_knock=_knock_for_knock(case.pk),
    )


def _divided(stands: Standing) -> dict[str, Fraction] | None:
    """Shares of fault where it is divided; empty where FULL or NONE says it all; None while they are open.

    A motor side without fault owes the rider a part of the rider's loss (Article 76) and is at no fault for
    its own: that part is `motor_share`, never a share of fault.
    """
    if not {Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY} & set(stands.grades.values()):
        return {}
    shares = stands.bearing()
    return shares if sum(shares.values()) == 1 else None


def _motor_share(case: Case, stands: Standing, weaker: str) -> Fraction | None:
    """The part of this rider's or pedestrian's loss that the motor side bears; None while it is open."""
    kinds = kinds_of(case.pk)
    riders = [label for label, kind in kinds.items() if kind is not UserKind.MV]
    if stands.shares and riders == [weaker] and UserKind.MV in kinds.values():
        return 1 - stands.shares[weaker]
    grades = {label: Liability(grade) for label, grade in stands.grades.items()}
    part = motor_part(kinds, grades, weaker, pack_of(case.city).table())
    return part.usual if part else None


def _knock_for_knock(case_id: UUID) -> frozenset[str]:
    """The labels of all parties when every one of them chose 互碰自赔, else nobody's."""
    labels = frozenset(party.label for party in files.parties(case_id))
    return labels if labels == wishes(case_id) else frozenset()


def _insured(
    vehicle: Vehicle, loss: int, grade: Grade, day: date, divided: dict[str, Fraction]
) -> InsuredVehicle:
    label = vehicle.party.label
    covers = {p["cover"]: p for p in vehicle.policies or [] if in_force(p, day)}
    tpl, mod = covers.get("TPL"), covers.get("MOD")
    return InsuredVehicle(
        label=label,
        loss=loss,
        grade=grade,
        ctali=covers["CTALI"]["insurer"] if "CTALI" in covers else None,
        tpl=Tpl(tpl["insurer"], int(tpl["limit_fen"] or 0)) if tpl else None,
        mod=Mod(mod["insurer"], deductible=int(mod.get("deductible_fen") or 0)) if mod else None,
        share=divided.get(label),
    )


def in_force(policy: dict[str, Any], day: date) -> bool:
    """Whether a policy covers this day."""
    return str(policy["starts"])[:10] <= day.isoformat() <= str(policy["ends"])[:10]


def recipient(case_id: UUID, label: str) -> Party | None:
    """The party that a payout labelled `label` goes to."""
    return find_one(Party, case_id=case_id, label=label)
