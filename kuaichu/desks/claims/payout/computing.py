"""Who pays what after an accident: the order compulsory cover, commercial cover, person (Civil Code 1213).

`compute` is pure: the same case always gives the same plan, in whatever order its parties are named. It
covers property and people; the plan it returns adds up to the fen (`PayoutPlan.check`).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kuaichu.desks.claims.payout.case import Grade, Incalculable, LossCase, Seats, Vehicle, examine
from kuaichu.desks.claims.payout.cover import compulsory, covers
from kuaichu.desks.claims.payout.ctali import Bucket, Limits, NoCoverYet, limits_on
from kuaichu.desks.claims.payout.harm import injuries, property_of
from kuaichu.desks.claims.payout.injury import compulsory_for_people
from kuaichu.desks.claims.payout.liability import liability
from kuaichu.desks.claims.payout.plan import Cover, KnockForKnock, PayoutLine, PayoutPlan, Purse
from kuaichu.desks.claims.payout.rounding import to_fen
from kuaichu.desks.claims.payout.shares import fault_shares


def compute(loss: LossCase) -> PayoutPlan:
    """The payout plan of an accident. Raises `Incalculable` when a figure, a grade or a share is missing
    or wrong.
    """
    examine(loss)
    limits = _limits(loss)
    case = _sorted(loss)
    shares = fault_shares(case)
    refusals = knock_for_knock_refusals(case, limits) if case.knock_for_knock else ()
    chosen = bool(case.knock_for_knock)
    lines = _own_insurers(case, limits) if chosen and not refusals else _usual(case, limits, shares)
    caps = _caps(case, limits)
    plan = PayoutPlan(
        limits=limits,
        losses=tuple(case.losses.items()),
        shares=tuple(sorted(shares.items())),
        lines=to_fen(lines, caps),
        caps=tuple(sorted(caps.items())),
        knock_for_knock=_outcome(chosen, refusals),
        refusals=refusals,
        injuries=_injured(case),
    )
    plan.check()
    return plan


def _limits(loss: LossCase) -> Limits:
    """The compulsory limits of the accident's day."""
    try:
        return limits_on(loss.accident_on)
    except NoCoverYet as error:
        raise Incalculable("no_cover_yet") from error


def _sorted(loss: LossCase) -> LossCase:
    """The same case with its parties in label order."""
    return LossCase(
        accident_on=loss.accident_on,
        vehicles=tuple(sorted(loss.vehicles, key=lambda one: one.label)),
        outside=tuple(sorted(loss.outside, key=lambda one: one.label)),
        nonmotors=tuple(sorted(loss.nonmotors, key=lambda one: one.label)),
        knock_for_knock=loss.knock_for_knock,
        injuries=tuple(sorted(loss.injuries, key=lambda one: one.person)),
    )


def _injured(case: LossCase) -> tuple[tuple[tuple[str, Bucket], int], ...]:
    """What each injured person suffered in each purse, fen."""
    return tuple(
        row
        for one in case.injuries
        for row in (
            ((one.person, Bucket.MEDICAL), one.medical),
            ((one.person, Bucket.DEATH_DISABILITY), one.death_disability),
        )
        if row[1]
    )


def _usual(case: LossCase, limits: Limits, shares: dict[str, Fraction]) -> list[PayoutLine]:
    """Compulsory layer, then liability for what it leaves open."""
    lines = compulsory(case, limits)
    rest = {property_of(label): Fraction(fen) for label, fen in case.losses.items()}
    for line in lines:
        rest[property_of(line.to)] -= line.exact
    hurt = injuries(case)
    lines += compulsory_for_people(case, limits, hurt)
    return lines + liability(case, shares, rest | hurt)


def _own_insurers(case: LossCase, limits: Limits) -> list[PayoutLine]:
    """互碰自赔: each compulsory insurer pays its own insured's damage."""
    limit = limits.of(Bucket.PROPERTY, liable=True)
    return [
        PayoutLine(
            Cover.CTALI,
            one.ctali,
            one.label,
            one.label,
            Fraction(one.loss),
            "knock_for_knock",
            ("CTALI-Reg21", "CTALI-Reg23", "S:W24"),
            (("limit_fen", limit),),
        )
        for one in case.vehicles
    ]


def knock_for_knock_refusals(case: LossCase, limits: Limits) -> tuple[str, ...]:
    """Every reason (key of `RULE_TEXT`) why 互碰自赔 is not open; empty when it is [S:W23,W24]."""
    parties = case.parties
    limit = limits.of(Bucket.PROPERTY, liable=True)
    found = {
        "kfk_not_all_agree": case.knock_for_knock != {one.label for one in parties},
        "kfk_one_vehicle": len(case.vehicles) < 2,
        "kfk_no_fault": any(one.grade is Grade.NONE for one in parties),
        "kfk_not_insured": any(one.ctali is None for one in case.vehicles),
        "kfk_excluded": any(one.ctali and not covers(one, Cover.CTALI) for one in case.vehicles),
        "kfk_over_limit": any(one.loss > limit for one in case.vehicles),
        "kfk_injured": bool(case.injuries),
        "kfk_other_property": bool(case.nonmotors) or any(one.loss for one in case.outside),
    }
    return tuple(key for key, applies in found.items() if applies)


def _outcome(chosen: bool, refusals: Iterable[str]) -> KnockForKnock:
    """What became of the choice."""
    if not chosen:
        return KnockForKnock.NOT_CHOSEN
    return KnockForKnock.REFUSED if tuple(refusals) else KnockForKnock.APPLIED


def _caps(case: LossCase, limits: Limits) -> dict[Purse, int]:
    """The most each limited purse may pay in fen."""
    anybody = any(one.grade is not Grade.NONE for one in case.vehicles)
    caps: dict[Purse, int] = {}
    for one in case.vehicles:
        at_fault = anybody and one.grade is not Grade.NONE
        for bucket in Bucket:
            caps[Cover.CTALI, one.label, str(bucket)] = limits.of(bucket, liable=at_fault)
        if one.tpl:
            most = one.tpl.limit * (1 - one.tpl.deductible_rate)
            caps[Cover.TPL, one.label, ""] = most.numerator // most.denominator
        if one.seats:
            caps |= {(Cover.SEATS, one.label, person): most for person, most in _seats(case, one, one.seats)}
    return caps


def _seats(case: LossCase, vehicle: Vehicle, seats: Seats) -> list[tuple[str, int]]:
    """Limit in fen of the cover for people in this car, by person."""
    aboard = [one for one in case.injuries if one.of == vehicle.label]
    return [(one.person, seats.driver if one.driver else seats.passenger) for one in aboard]
