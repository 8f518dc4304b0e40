"""Where an insurer may pay its own insured first: what others owe it and have not paid."""

from __future__ import annotations

from dataclasses import dataclass

from kuaichu.desks.claims.calculations import newest_calculation
from kuaichu.desks.claims.models import Claim, Payout, StepInWish
from kuaichu.desks.claims.recourse.advances import OPEN_CLAIM
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import find
from kuaichu.queries.losses import homes


@dataclass(frozen=True, slots=True)
class Offer:
    """Party `debtor` or its insurers owe the own insured `to` so much; `asked`: who is owed asked for it."""

    to: str
    debtor: str
    fen: int
    asked: bool


def offers(viewer: Actor, claim: Claim) -> list[Offer]:
    """What the viewer's company may pay first on this claim's case, by recipient and debtor."""
    calculation = newest_calculation(claim.case_id)
    if calculation is None or claim.held_for:
        return []
    own = {label for label, code in homes(claim.case_id).items() if code == viewer.insurer}
    late = {c.insurer for c in find(Claim, case_id=claim.case_id) if c.status in OPEN_CLAIM}
    ordered = find(Payout, calculation_id=calculation.pk)
    asked = {wish.label for wish in find(StepInWish, case_id=claim.case_id)}
    sums: dict[tuple[str, str], int] = {}
    for line in calculation.lines:
        to, debtor = line["to"], line["from"]
        insurers = line["payer"] == "insurer" and line["insurer"] in late - {viewer.insurer}
        personal = line["payer"] == "personal"
        done = any(_covers(row, to, debtor, line["insurer"] or "") for row in ordered)
        if to in own and debtor != to and (insurers or personal) and not done:
            sums[to, debtor] = sums.get((to, debtor), 0) + line["fen"]
    return [Offer(to, debtor, fen, to in asked) for (to, debtor), fen in sorted(sums.items())]


def _covers(row: Payout, to: str, debtor: str, insurer: str) -> bool:
    if row.to_label != to:
        return False
    return row.debtor == debtor if row.kind == Payout.Kind.ADVANCE else row.insurer == insurer
