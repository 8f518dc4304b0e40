"""Above the compulsory layer: third-party cover by share, own-damage cover, and what people pay themselves.

Order: commercial cover, then the person liable (Civil Code 1213). Third-party formula: (loss − compulsory
part) × share, at most the limit, less the absolute deductible rate [S:W28]; a limit too small for all victims
is divided in proportion to what each is owed.
"""

from __future__ import annotations

from fractions import Fraction

from kuaichu.desks.claims.payout.case import Exclusion, LossCase, Mod, Tpl, Vehicle
from kuaichu.desks.claims.payout.cover import EFFECTS, covers
from kuaichu.desks.claims.payout.harm import Harm, Open
from kuaichu.desks.claims.payout.own import Parts, inputs_of, own_injuries, personal
from kuaichu.desks.claims.payout.plan import Cover, Inputs, PayoutLine
from kuaichu.desks.claims.payout.shares import Shares, bearers


def liability(case: LossCase, shares: Shares, rest: Open) -> list[PayoutLine]:
    """Lines for `rest`, the part of each loss (fen) that the compulsory layer left open."""
    open_rest = {harm: left for harm, left in rest.items() if left}
    parts = {harm: bearers(case, harm.of, shares) for harm in open_rest}
    vehicles = {one.label: one for one in case.vehicles}
    payers = sorted({payer for row in parts.values() for payer in row})
    lines: list[PayoutLine] = []
    for payer in payers:
        lines += _towards_others(vehicles.get(payer), payer, parts, open_rest)
    nobody = not any(shares.values())
    for harm, left in open_rest.items():
        if not harm.injury:
            lines += _own(vehicles.get(harm.of), harm.of, parts[harm], left, nobody=nobody)
    return lines + own_injuries(vehicles, parts, open_rest, nobody=nobody)


def _towards_others(vehicle: Vehicle | None, payer: str, parts: Parts, rest: Open) -> list[PayoutLine]:
    """What one party owes others: first its third-party cover, then in person.

    Third-party cover leaves out mental harm, unless a policy says otherwise.
    """
    owed = {harm: rest[harm] * row.get(payer, 0) for harm, row in parts.items() if harm.of != payer}
    owed = {harm: due for harm, due in owed.items() if due}
    insured = sum((due for harm, due in owed.items() if not harm.mental), Fraction(0))
    reach = _insured_part(vehicle, insured)
    lines: list[PayoutLine] = []
    for harm, due in owed.items():
        inputs = inputs_of(parts[harm][payer], rest[harm])
        part = Fraction(0) if harm.mental else reach
        if vehicle and vehicle.tpl and part:
            lines.append(_tpl_line(vehicle.label, vehicle.tpl, harm, due * part, inputs))
        if part < 1:
            known = vehicle and vehicle.tpl and harm.mental
            reason = ("personal_mental", ("CC1183",)) if known else _personal_rule(vehicle)
            lines.append(personal(payer, harm, due * (1 - part), reason, inputs))
    return lines


def _tpl_line(payer: str, tpl: Tpl, harm: Harm, exact: Fraction, inputs: Inputs) -> PayoutLine:
    """A payment of third-party cover."""
    cited = ("CC1213", "SPC-TA13", "INS65", "S:W28")
    shown = (*inputs, ("limit_fen", tpl.limit))
    return PayoutLine(
        Cover.TPL, tpl.insurer, payer, harm.to, exact, "tpl_share", cited, shown, harm.bucket, harm.mental
    )


def _insured_part(vehicle: Vehicle | None, owed: Fraction) -> Fraction:
    """Which part of all that is owed the third-party cover reaches."""
    if not owed or vehicle is None or vehicle.tpl is None or not covers(vehicle, Cover.TPL):
        return Fraction(0)
    return min(Fraction(1), vehicle.tpl.limit / owed) * (1 - vehicle.tpl.deductible_rate)


def _personal_rule(vehicle: Vehicle | None) -> tuple[str, tuple[str, ...]]:
    """Why a party pays in person, and by which articles."""
    if vehicle is None:
        return "personal_nonmotor", ("法76",)
    if Exclusion.STOLEN in vehicle.exclusions:
        return "personal_thief", ("CC1215",)
    if vehicle.tpl is None:
        return "personal_no_tpl", ("法76", "CC1213")
    if not covers(vehicle, Cover.TPL):
        return "personal_excluded", ("CC1213", *_why_excluded(vehicle))
    return "personal_beyond_tpl", ("法76", "CC1213")


def _why_excluded(vehicle: Vehicle) -> tuple[str, ...]:
    """Articles behind the vehicle's exclusions, each once."""
    cited = [citation for one in sorted(vehicle.exclusions) for citation in EFFECTS[one].citations]
    return tuple(dict.fromkeys(cited))


def _own(
    vehicle: Vehicle | None, victim: str, row: Shares, rest: Fraction, *, nobody: bool
) -> list[PayoutLine]:
    """The victim's own part: own-damage cover, then what stays."""
    share = row.get(victim, Fraction(0))
    own = rest * share
    lines: list[PayoutLine] = []
    if not own:
        return lines
    paid = Fraction(0)
    if vehicle and vehicle.mod and covers(vehicle, Cover.MOD):
        paid = mod_pays(vehicle.mod, own)
    if vehicle and vehicle.mod and paid:
        inputs = inputs_of(share, rest)
        lines.append(
            PayoutLine(
                Cover.MOD, vehicle.mod.insurer, victim, victim, paid, "mod_own_share", ("INS60",), inputs
            )
        )
    if own > paid:
        rule, cited = _own_rule(vehicle, nobody and len(row) == 1)
        inputs = inputs_of(share, rest)
        lines.append(PayoutLine(Cover.OWN_BORNE, None, victim, victim, own - paid, rule, cited, inputs))
    return lines


def mod_pays(mod: Mod, own: Fraction) -> Fraction:
    """What own-damage cover pays of the own part (fen): less the rate, then less the fixed deductible."""
    return max(Fraction(0), own * (1 - mod.deductible_rate) - mod.deductible)


def _own_rule(vehicle: Vehicle | None, nobody: bool) -> tuple[str, tuple[str, ...]]:
    """Why something stays with the victim, and by which articles."""
    if vehicle and vehicle.mod:
        if covers(vehicle, Cover.MOD):
            return "own_deductible", ("S:W28",)
        return "own_excluded", _why_excluded(vehicle)
    if nobody:
        return "own_nobody_liable", ("CC1208",)
    return ("own_share_no_mod" if vehicle else "own_share"), ("法76",)
