"""What the injured in a vehicle get on their own side, and what stays with somebody personally."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from kuaichu.desks.claims.payout.case import Seats, Vehicle
from kuaichu.desks.claims.payout.cover import EFFECTS
from kuaichu.desks.claims.payout.harm import Harm, Open
from kuaichu.desks.claims.payout.plan import Cover, Inputs, PayoutLine
from kuaichu.desks.claims.payout.shares import Shares
from kuaichu.kernel.money import half_up

Parts = dict[Harm, Shares]


def share_text(share: Fraction) -> str:
    """`7/10` → "70%", `1/3` → "1/3"."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(share)


def inputs_of(share: Fraction, rest: Fraction) -> Inputs:
    """Placeholders of a liability line; the open amount is shown rounded to the fen."""
    return (("share", share_text(share)), ("rest_fen", half_up(rest)))


def personal(
    payer: str, harm: Harm, exact: Fraction, reason: tuple[str, tuple[str, ...]], inputs: Inputs
) -> PayoutLine:
    """What a party pays somebody out of its own pocket; `reason` is a rule and its articles."""
    rule, cited = reason
    return PayoutLine(
        Cover.PERSONAL, None, payer, harm.to, exact, rule, cited, inputs, harm.bucket, harm.mental
    )


def own_injuries(vehicles: dict[str, Vehicle], parts: Parts, rest: Open, *, nobody: bool) -> list[PayoutLine]:
    """Lines for the own side's part of every injury: cover for people in the car, then a person."""
    own = {harm: rest[harm] * row.get(harm.of, 0) for harm, row in parts.items() if harm.injury}
    own = {harm: fen for harm, fen in own.items() if fen}
    reach = _seat_reach(vehicles, own)
    lines: list[PayoutLine] = []
    for harm, fen in own.items():
        inputs = inputs_of(parts[harm][harm.of], rest[harm])
        vehicle, part = vehicles.get(harm.of), reach[harm]
        if vehicle and vehicle.seats and part:
            lines.append(_seat_line(vehicle.label, vehicle.seats, harm, fen * part, inputs))
        if part < 1:
            lines.append(_left(harm, fen * (1 - part), inputs, nobody=nobody))
    return lines


def _seat_reach(vehicles: dict[str, Vehicle], own: Open) -> dict[Harm, Fraction]:
    """Which part of each loss the cover for people in the car reaches; its limit is for one person."""
    whole: dict[str, Fraction] = defaultdict(Fraction)
    for harm, fen in own.items():
        if not harm.mental:
            whole[harm.to] += fen
    found = {}
    for harm in own:
        vehicle = vehicles.get(harm.of)
        limit = _seat_limit(vehicle, harm)
        found[harm] = Fraction(0) if harm.mental else min(Fraction(1), limit / whole[harm.to])
    return found


def _seat_limit(vehicle: Vehicle | None, harm: Harm) -> Fraction:
    """What this cover pays at most for the person (fen); excluded like own damage."""
    if vehicle is None or vehicle.seats is None or not all(EFFECTS[one].mod for one in vehicle.exclusions):
        return Fraction(0)
    return Fraction(vehicle.seats.passenger if harm.aboard else vehicle.seats.driver)


def _seat_line(label: str, seats: Seats, harm: Harm, exact: Fraction, inputs: Inputs) -> PayoutLine:
    """A payment of the cover for people in the own car."""
    limit = seats.passenger if harm.aboard else seats.driver
    shown = (*inputs, ("limit_fen", limit))
    return PayoutLine(
        Cover.SEATS, seats.insurer, label, harm.to, exact, "seats_own_share", ("CC1213",), shown, harm.bucket
    )


def _left(harm: Harm, exact: Fraction, inputs: Inputs, *, nobody: bool) -> PayoutLine:
    """What the own side leaves: its driver owes a passenger; a driver, rider or walker bears it alone."""
    if harm.aboard and not nobody:
        return personal(harm.of, harm, exact, ("personal_passenger", ("CC1165", "CC1217")), inputs)
    rule, cited = ("own_nobody_liable", ("CC1208",)) if nobody else ("own_share", ("法76",))
    return PayoutLine(
        Cover.OWN_BORNE, None, harm.of, harm.to, exact, rule, cited, inputs, harm.bucket, harm.mental
    )
