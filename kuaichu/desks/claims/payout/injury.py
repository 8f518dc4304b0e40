"""The compulsory layer for people: treatment, and death and disability, each in its own purse.

Everybody is a third party except the people in the insured vehicle itself (CTALI-Reg 3, 21). Several vehicles
pay by the ratio of the limits that apply to them (SPC-TA 18; [S:W24]); several victims share a limit by the
ratio of their losses (SPC-TA 19). Some ways of driving leave the victim covered and let the insurer claim the
money back from who caused the harm (SPC-TA 15, CTALI-Reg 22).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from kuaichu.desks.claims.payout.case import Exclusion, Grade, LossCase, Vehicle
from kuaichu.desks.claims.payout.cover import EFFECTS, ForPeople
from kuaichu.desks.claims.payout.ctali import Bucket, Limits
from kuaichu.desks.claims.payout.division import divide
from kuaichu.desks.claims.payout.harm import Harm, Open
from kuaichu.desks.claims.payout.plan import Cover, PayoutLine

PURSES = (Bucket.MEDICAL, Bucket.DEATH_DISABILITY)


def compulsory_for_people(case: LossCase, limits: Limits, needs: Open) -> list[PayoutLine]:
    """All lines of the compulsory layer for the injured, exact and not yet rounded; `needs` are lowered."""
    lines: list[PayoutLine] = []
    for bucket in PURSES:
        spare = {one.label: Fraction(limits.of(bucket, liable=_liable(one))) for one in case.vehicles}
        for uninsured in (False, True):
            for harms in _in_turn(case, bucket, needs):
                lines += _round(case, harms, spare, needs, uninsured=uninsured)
    return lines


def _liable(one: Vehicle) -> bool:
    """Whether the limits with liability apply: any grade but NONE [S:W30]."""
    return one.grade is not Grade.NONE


def _in_turn(case: LossCase, bucket: Bucket, needs: Open) -> list[list[Harm]]:
    """The losses of a purse in the order in which it pays: mental harm first where that was asked for."""
    first = {one.person for one in case.injuries if one.mental_first}
    turns: list[list[Harm]] = [[], [], []]
    for harm in needs:
        if harm.bucket is bucket and not _own_doing(case, harm):
            turns[(0 if harm.to in first else 2) if harm.mental else 1].append(harm)
    return [turn for turn in turns if turn]


def _own_doing(case: LossCase, harm: Harm) -> bool:
    """Whether the victim caused the accident on purpose: the compulsory cover owes nothing (CTALI-Reg 21)."""
    driving = {one.label for one in case.vehicles if Exclusion.INTENTIONAL in one.exclusions}
    return harm.of in {one.label for one in case.nonmotors if one.intentional} | driving and not harm.aboard


def _round(
    case: LossCase, harms: list[Harm], spare: dict[str, Fraction], needs: Open, *, uninsured: bool
) -> list[PayoutLine]:
    """What these payers give for these losses; lowers `spare` and `needs`."""
    payers = {one.label: one for one in case.vehicles if (one.ctali is None) == uninsured}
    limit = {label: left for label, left in spare.items() if label in payers}
    open_still = {harm: needs[harm] for harm in harms}
    paid = divide(open_still, limit, lambda label, harm: _pays(payers[label], harm))
    lines = []
    for (label, harm), exact in paid.items():
        spare[label] -= exact
        needs[harm] -= exact
        lines.append(_line(payers[label], harm, exact))
    return lines


def _pays(payer: Vehicle, harm: Harm) -> bool:
    """Whether the payer's compulsory cover, or the duty to have had one, answers for this loss."""
    if harm.of == payer.label:
        return False
    effects = {EFFECTS[one].people for one in payer.exclusions}
    return harm.bucket is Bucket.MEDICAL or ForPeople.ADVANCES not in effects


def _line(payer: Vehicle, harm: Harm, exact: Fraction) -> PayoutLine:
    """A payment within the compulsory limit, by the insurer or by who failed to insure (SPC-TA 16)."""
    rule, cited = _reason(payer, harm.bucket)
    insurer = payer.ctali
    cover = Cover.PERSONAL if insurer is None else Cover.CTALI
    return PayoutLine(
        cover, insurer, payer.label, harm.to, exact, rule, cited, bucket=harm.bucket, mental=harm.mental
    )


def _reason(payer: Vehicle, bucket: Bucket) -> tuple[str, tuple[str, ...]]:
    """Why the layer pays, and by which articles."""
    if payer.ctali is None:
        return "people_layer_personal", ("SPC-TA16", "CTALI-Reg23")
    back = [one for one in sorted(payer.exclusions) if EFFECTS[one].people is not ForPeople.PAYS]
    if back:
        advanced = any(EFFECTS[one].people is ForPeople.ADVANCES for one in back)
        if advanced:
            return "people_advanced", ("CTALI-Reg22",)
        return "people_recovered", ("SPC-TA15", "CTALI-Reg22")
    liable = "liable" if _liable(payer) else "no_fault"
    return f"people_{bucket}_{liable}", ("CTALI-Reg21", "CTALI-Reg23", "法76", "SPC-TA18", "SPC-TA19")


def recoverable(lines: Iterable[PayoutLine]) -> dict[str, int]:
    """Fen an insurer may claim back from who caused the harm, by label of that vehicle (SPC-TA 15)."""
    back: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.rule in ("people_advanced", "people_recovered"):
            back[line.from_party] += line.fen
    return dict(back)
