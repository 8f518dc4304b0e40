"""Who bears which part of a loss once the compulsory cover has paid (法76; customary shares [S:W29,W45])."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kuaichu.desks.claims.payout.case import (
    Exclusion,
    Grade,
    Incalculable,
    LossCase,
    NonMotor,
    Party,
    Vehicle,
)

Shares = dict[str, Fraction]

CUSTOMARY = {
    Grade.FULL: Fraction(1),
    Grade.PRIMARY: Fraction(7, 10),
    Grade.EQUAL: Fraction(1, 2),
    Grade.SECONDARY: Fraction(3, 10),
    Grade.NONE: Fraction(0),
}
"""Share of one party against one other. With more parties: EQUAL divides evenly, SECONDARY share 30 %."""

MOST_WITHOUT_FAULT = Fraction(1, 10)
"""法76: a motor side without fault bears at most 10 %."""


def fault_shares(case: LossCase) -> Shares:
    """Share of fault by label, adding up to 1, or to 0 when nobody is at fault.

    Explicit shares go first and must then be given for every party at fault; otherwise the customary ones
    apply. Raises `Incalculable` (shares_needed, shares_wrong, motor_share_needed, motor_share_wrong).
    """
    parties = case.parties
    at_fault = [party for party in parties if party.grade is not Grade.NONE]
    if any(party.share is not None for party in parties):
        return _checked(parties, at_fault)
    riders = [party for party in at_fault if isinstance(party, NonMotor)]
    if riders and len(riders) < len(at_fault):
        found = _mixed(riders, [party for party in at_fault if isinstance(party, Vehicle)])
    else:
        found = _customary(at_fault)
    return {party.label: found.get(party.label, Fraction(0)) for party in parties}


def _checked(parties: list[Party], at_fault: list[Party]) -> Shares:
    """The shares that were entered, if they fit the grades."""
    if any(party.share is None for party in at_fault):
        raise Incalculable("shares_needed")
    shares = {party.label: party.share or Fraction(0) for party in parties}
    partial = [shares[party.label] for party in at_fault if party.grade is not Grade.FULL]
    idle = [shares[party.label] for party in parties if party.grade is Grade.NONE]
    if sum(shares.values()) != bool(at_fault) or any(idle) or not all(0 < share < 1 for share in partial):
        raise Incalculable("shares_wrong")
    return shares


def _customary(at_fault: Iterable[Party]) -> Shares:
    """Default shares among parties of one kind."""
    graded = {party.label: party.grade for party in at_fault}
    grades = list(graded.values())
    if Grade.EQUAL in grades and Grade.SECONDARY in grades:
        raise Incalculable("shares_needed")
    each = {
        **CUSTOMARY,
        Grade.EQUAL: Fraction(1, max(1, grades.count(Grade.EQUAL))),
        Grade.SECONDARY: CUSTOMARY[Grade.SECONDARY] / max(1, grades.count(Grade.SECONDARY)),
    }
    return {label: each[grade] for label, grade in graded.items()}


def _mixed(riders: list[NonMotor], vehicles: list[Vehicle]) -> Shares:
    """One rider against the motor side: the province's part for the motor side, the rest for the rider."""
    if len(riders) > 1:
        raise Incalculable("shares_needed")
    motor = riders[0].motor_share
    if motor is None:
        raise Incalculable("motor_share_needed")
    if not 0 < motor < 1:
        raise Incalculable("motor_share_wrong")
    weights = {vehicle.label: CUSTOMARY[vehicle.grade] for vehicle in vehicles}
    whole = sum(weights.values(), Fraction(0))
    return {
        riders[0].label: 1 - motor,
        **{label: motor * weight / whole for label, weight in weights.items()},
    }


def bearers(case: LossCase, victim: str, shares: Shares) -> Shares:
    """Who bears what is left of the victim's loss: parts by label that add up to 1, the victim's own
    included.
    """
    rider = next((one for one in case.nonmotors if one.label == victim), None)
    if rider is not None:
        return _rider_bearers(case, rider, shares)
    vehicle = next((one for one in case.vehicles if one.label == victim), None)
    if vehicle is not None and Exclusion.INTENTIONAL in vehicle.exclusions:
        return {victim: Fraction(1)}
    at_fault = {label: share for label, share in shares.items() if share}
    return at_fault or {victim: Fraction(1)}


def _rider_bearers(case: LossCase, rider: NonMotor, shares: Shares) -> Shares:
    """The motor side's part over the vehicles, the rest over the non-motor parties at fault or the rider."""
    if rider.intentional:
        return {rider.label: Fraction(1)}
    motor = motor_part(case, rider, shares)
    vehicles = {one.label: shares[one.label] for one in case.vehicles}
    if not any(vehicles.values()):
        vehicles = dict.fromkeys(vehicles, Fraction(1))
    others = {one.label: shares[one.label] for one in case.nonmotors}
    if not any(others.values()):
        others = {rider.label: Fraction(1)}
    parts = {**_spread(motor, vehicles), **_spread(1 - motor, others)}
    return {label: part for label, part in parts.items() if part}


def _spread(part: Fraction, weights: Shares) -> Shares:
    """Divide `part` by weights."""
    whole = sum(weights.values(), Fraction(0))
    return {label: part * weight / whole for label, weight in weights.items()} if part else {}


def motor_part(case: LossCase, rider: NonMotor, shares: Shares) -> Fraction:
    """The part of the rider's remaining loss that the motor side bears; raises `Incalculable` when
    unknown.
    """
    if not case.vehicles:
        return Fraction(0)
    fault = sum((shares[one.label] for one in case.vehicles), Fraction(0))
    part = rider.motor_share
    if part is None:
        if not fault or rider.grade is not Grade.NONE:
            raise Incalculable("motor_share_needed")
        part = fault
    if not 0 <= part <= (1 if fault else MOST_WITHOUT_FAULT):
        raise Incalculable("motor_share_wrong")
    return part
