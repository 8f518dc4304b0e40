"""How liability stands in a case: by a signed agreement or by an officer's determination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel.prepared import Prepared

_DETERMINED = Prepared(
    lambda case_id: Determination.objects.filter(case_id=case_id, status=Determination.Status.SIGNED), UUID
)
_AGREED = Prepared(
    lambda case_id: Agreement.objects.filter(case_id=case_id, status=Agreement.Status.SIGNED), UUID
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands: `basis` is agreement or determination; by label the grades and the shares.

    `shares` are the civil ones, empty while nothing fixes them; `clearing` those of the insurers' clause;
    `rule` names the table and the basis they come from.
    """

    basis: str
    basis_id: UUID
    grades: dict[str, str]
    shares: dict[str, Fraction]
    at: datetime
    row: Agreement | Determination
    clearing: dict[str, Fraction]
    rule: dict[str, str]

    def bearing(self) -> dict[str, Fraction]:
        """What money goes by: the civil shares; while they are open, the clause's by grade [S:W29]."""
        return self.shares or self.clearing


def standing(case_id: UUID) -> Standing | None:
    """The liability in force; a determination stands above an agreement. None while undecided."""
    found = _DETERMINED.first(case_id)
    if found is not None and found.signed_at is not None:
        return _of("determination", found, found.signed_at)
    agreed = _AGREED.first(case_id)
    if agreed is not None and agreed.signed_at is not None:
        return _of("agreement", agreed, agreed.signed_at)
    return None


def _of(basis: str, row: Agreement | Determination, at: datetime) -> Standing:
    civil = _fractions(row.shares)
    clearing = _fractions(row.clearing_shares) or civil
    rule = dict(row.share_rule)
    return Standing(basis, row.pk, dict(row.grades or {}), civil, at, row, clearing, rule)


def _fractions(shares: dict[str, str] | None) -> dict[str, Fraction]:
    return {label: Fraction(text) for label, text in (shares or {}).items()}
