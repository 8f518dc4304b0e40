"""How a claim stands in the sandbox city, for the checks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kuaichu.desks.claims import filings
from kuaichu.desks.claims.models import Claim
from kuaichu.queries.claim_money import calculation
from kuaichu.queries.losses import to_assess


@dataclass(frozen=True)
class Standing:
    """One claim of one insurer; `not_assessed` are labels of its vehicles, `versions` of its assessments."""

    claim_id: str = ""
    report: str = ""
    not_assessed: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()
    calculated: bool = False
    must_approve: bool = False
    approved: bool = False

    @property
    def done(self) -> bool:
        """Whether the insurer has nothing left to do."""
        settled = self.approved or not self.must_approve
        return bool(self.report) and not self.not_assessed and self.calculated and settled


def standing(case_id: str, insurer: str) -> Standing:
    """How the insurer's claim on this case stands."""
    claim = Claim.objects.filter(case_id=UUID(case_id), insurer=insurer).first()
    if claim is None:
        return Standing()
    assessed = filings.newest_assessments(claim.case_id)
    vehicles = to_assess(claim.case_id, insurer)
    found = calculation(claim)
    return Standing(
        claim_id=str(claim.pk),
        report=claim.report_number,
        not_assessed=tuple(v.party.label for v in vehicles if v.pk not in assessed),
        versions=tuple(sorted(assessed[v.pk].version for v in vehicles if v.pk in assessed)),
        calculated=found is not None,
        must_approve=bool(found and found["approval_needed"]),
        approved=claim.status in (Claim.Status.APPROVED, Claim.Status.PAID),
    )
