"""The compulsory layer: no-fault pool and substitution, at-fault covers, those who should have insured.

Follows the insurers' mutual-collision rule [S:W24,W25,W26,W27]: each loss is split equally over the at-fault
covers other than the victim's own, a cover over its limit prorates, and unused limit fills the gaps. Gaps are
filled by splitting again over the covers with limit left, so that the order of the parties never matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kuaichu.desks.claims.payout.case import Exclusion, Grade, LossCase, Vehicle
from kuaichu.desks.claims.payout.ctali import Bucket, Limits
from kuaichu.desks.claims.payout.division import divide
from kuaichu.desks.claims.payout.plan import Cover, PayoutLine

Needs = dict[str, Fraction]


class ForPeople(StrEnum):
    """What the compulsory cover does for people: pays, pays and claims back, or advances treatment."""

    PAYS = "pays"
    RECOVERS = "recovers"
    ADVANCES = "advances"


@dataclass(frozen=True, slots=True)
class Effect:
    """Which covers still answer for property after driving this way, and what holds for people."""

    ctali: bool
    tpl: bool
    mod: bool
    citations: tuple[str, ...]
    people: ForPeople = ForPeople.RECOVERS


EFFECTS: dict[Exclusion, Effect] = {
    Exclusion.UNLICENSED: Effect(False, False, False, ("CTALI-Reg22",)),
    Exclusion.DRUNK: Effect(False, False, False, ("CTALI-Reg22",)),
    Exclusion.DRUGS: Effect(False, False, False, ("SPC-TA15",)),
    Exclusion.STOLEN: Effect(False, False, True, ("CTALI-Reg22", "CC1215"), ForPeople.ADVANCES),
    Exclusion.INTENTIONAL: Effect(False, False, False, ("CTALI-Reg22",)),
    Exclusion.HIT_AND_RUN: Effect(True, False, False, ("CC1216",), ForPeople.PAYS),
}
"""Compulsory column by law; commercial columns after the standard clauses (a policy may say otherwise)."""


def covers(vehicle: Vehicle, cover: Cover) -> bool:
    """Whether this cover of the vehicle exists and no exclusion takes it away."""
    has = {Cover.CTALI: vehicle.ctali, Cover.TPL: vehicle.tpl, Cover.MOD: vehicle.mod}[cover]
    effects = [EFFECTS[exclusion] for exclusion in vehicle.exclusions]
    kept = {
        Cover.CTALI: all(effect.ctali for effect in effects),
        Cover.TPL: all(effect.tpl for effect in effects),
        Cover.MOD: all(effect.mod for effect in effects),
    }[cover]
    return has is not None and kept


def compulsory(case: LossCase, limits: Limits) -> list[PayoutLine]:
    """All lines of the compulsory layer, exact and not yet rounded."""
    needs = {label: Fraction(loss) for label, loss in case.losses.items() if label not in _own_doing(case)}
    lines = _no_fault_pool(case, limits, needs)
    _take(needs, lines)
    liable = [one for one in case.vehicles if one.grade is not Grade.NONE]
    limit = limits.of(Bucket.PROPERTY, liable=bool(liable))
    for uninsured in (False, True):
        payers = {
            one.label: one
            for one in liable or case.vehicles
            if (one.ctali is None if uninsured else covers(one, Cover.CTALI))
        }
        each = dict.fromkeys(payers, Fraction(limit))
        paid = divide(needs, each, lambda payer, victim: payer != victim)
        found = [
            _layer_line(payers[payer], victim, exact, limit, bool(liable))
            for (payer, victim), exact in paid.items()
        ]
        _take(needs, found)
        lines += found
    return lines


def _own_doing(case: LossCase) -> set[str]:
    """Labels of those who caused their own loss on purpose: the compulsory cover owes them nothing."""
    vehicles = {one.label for one in case.vehicles if Exclusion.INTENTIONAL in one.exclusions}
    return vehicles | {one.label for one in case.nonmotors if one.intentional}


def _take(needs: Needs, lines: list[PayoutLine]) -> None:
    """Lower the needs by what the lines pay."""
    for line in lines:
        needs[line.to] -= line.exact


def _layer_line(payer: Vehicle, victim: str, exact: Fraction, limit: int, liable: bool) -> PayoutLine:
    """A payment within the compulsory limit, by the insurer or by who failed to insure (SPC-TA 16)."""
    inputs = (("limit_fen", limit),)
    if payer.ctali is None:
        duty = ("SPC-TA16", "CTALI-Reg23")
        return PayoutLine(
            Cover.PERSONAL, None, payer.label, victim, exact, "ctali_layer_personal", duty, inputs
        )
    rule = "ctali_at_fault" if liable else "ctali_no_fault"
    cited = ("CTALI-Reg21", "CTALI-Reg23", "法76", "SPC-TA19")
    return PayoutLine(Cover.CTALI, payer.ctali, payer.label, victim, exact, rule, cited, inputs)


def _no_fault_pool(case: LossCase, limits: Limits, needs: Needs) -> list[PayoutLine]:
    """What the vehicles without fault owe those at fault for damage, in equal parts (无责代赔)."""
    givers = [one for one in case.vehicles if one.grade is Grade.NONE and covers(one, Cover.CTALI)]
    liable = [one for one in case.vehicles if one.grade is not Grade.NONE]
    limit = limits.of(Bucket.PROPERTY, liable=False)
    lines: list[PayoutLine] = []
    for one in liable if givers else []:
        exact = min(needs.get(one.label, Fraction(0)), Fraction(limit * len(givers), len(liable)))
        if exact:
            lines += _no_fault_lines(one, givers, exact, limit)
    return lines


def _no_fault_lines(one: Vehicle, givers: list[Vehicle], exact: Fraction, limit: int) -> list[PayoutLine]:
    """One line from the own compulsory insurer of `one` or, when it has none, a line from each giver's."""
    cited = ("CTALI-Reg21", "CTALI-Reg23", "S:W24")
    if one.ctali is not None:
        behalf = ", ".join(sorted(giver.label for giver in givers))
        inputs = (("behalf", behalf), ("pool_fen", limit * len(givers)))
        return [
            PayoutLine(
                Cover.NF_SUBSTITUTE, one.ctali, one.label, one.label, exact, "nf_substitute", cited, inputs
            )
        ]
    part = exact / len(givers)
    return [
        PayoutLine(
            Cover.CTALI,
            giver.ctali,
            giver.label,
            one.label,
            part,
            "ctali_no_fault_direct",
            cited,
            (("limit_fen", limit),),
        )
        for giver in givers
    ]
