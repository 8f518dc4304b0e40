"""The money of one claim as its insurer sees it: assessments, the explained calculation, own payouts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Vehicle
from kuaichu.desks.claims.calculations import by_insurer, newest_calculation
from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.models import Claim, Payout, Recovery
from kuaichu.desks.claims.payout.rules import RULE_TEXT
from kuaichu.desks.claims.rules import rules
from kuaichu.kernel.money import format_yuan
from kuaichu.kernel.prepared import find


def explain(line: dict[str, Any]) -> str:
    """The sentence behind a frozen calculation line, in the reader's language."""
    figures = {
        name: format_yuan(value) if isinstance(value, int) and name.endswith("_fen") else value
        for name, value in line["inputs"].items()
    }
    return _(RULE_TEXT[line["rule"]]).format(payer=line["from"], victim=line["to"], **figures)


def assessments(case_id: UUID, vehicles: dict[str, Vehicle]) -> list[dict[str, Any]]:
    """The newest assessment of each vehicle, by the vehicle's label; amounts in fen."""
    found = newest_assessments(case_id)
    insurers = {claim.pk: claim.insurer for claim in find(Claim, case_id=case_id)}
    return [
        {
            "vehicle_id": vehicle.pk,
            "label": label,
            "plate": vehicle.plate,
            "insurer": insurers.get(row.claim_id, ""),
            "version": row.version,
            "lines": row.lines,
            "total_fen": row.total_fen,
            "repair_fen": row.repair_fen,
            "supplement": row.supplement,
            "assessor": row.assessor,
            "remarks": row.remarks,
            "at": row.at,
        }
        for label, vehicle in vehicles.items()
        if (row := found.get(vehicle.pk)) is not None
    ]


def calculation(claim: Claim) -> dict[str, Any] | None:
    """Who pays what in the whole accident, each line explained; None while a loss is not assessed."""
    row = newest_calculation(claim.case_id)
    if row is None:
        return None
    own = by_insurer(row).get(claim.insurer, 0)
    return {
        "id": row.pk,
        "version": row.version,
        "at": row.at,
        "losses": row.losses,
        "payable_fen": own,
        "approval_needed": claim.status == Claim.Status.REFUSED
        or (claim.status == Claim.Status.CALCULATED and own > rules(claim.city).approve_up_to_fen),
        "lines": [
            {
                **{name: line[name] for name in ("cover", "payer", "insurer", "from", "to", "fen", "rule")},
                "own": line["insurer"] == claim.insurer,
                "exact_fen": line["exact"],
                "citations": line["citations"],
                "explanation": explain(line),
            }
            for line in row.lines
        ],
    }


def recoveries(claim_id: UUID) -> list[tuple[str, int, str]]:
    """What this claim's insurer is to get back: from which party, how many fen, why (`anew`, `revoked`)."""
    claim = Claim.objects.get(pk=claim_id)
    rows = Recovery.objects.filter(case_id=claim.case_id, insurer=claim.insurer, status=Recovery.Status.OPEN)
    return [(row.from_label, row.fen, row.why) for row in rows.order_by("from_label")]


def payouts(claim: Claim) -> list[dict[str, Any]]:
    """This claim's payouts and what became of them."""
    return [
        {
            "id": row.pk,
            "to": row.to_label,
            "fen": row.fen,
            "status": row.status,
            "status_words": row.get_status_display(),
            "attempt": row.attempt,
            "receipt": row.receipt,
            "ordered_at": row.ordered_at,
            "paid_at": row.paid_at,
        }
        for row in find(Payout, "to_label", claim_id=claim.pk)
    ]
