"""An insurer's book: its accounts, who owes it how long, its demands, and what it clears with the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.claims.clearing import statements
from kuaichu.desks.claims.clearing.disputes import dispute_until
from kuaichu.desks.claims.clearing.rows import ClearingDispute, ClearingItem
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.balances import Aged, Balance, ageing, trial_balance
from kuaichu.desks.claims.models import Recovery
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.queries.claim_words import insurer_names

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One account as its insurer reads it."""

    name: str
    balance: Balance


@dataclass(frozen=True, slots=True)
class Owed:
    """One debtor of an insurer, in words; the ages are up to 30, 60, 90 days, and older."""

    account: str
    debtor: str
    case_number: str
    aged: Aged


@dataclass(frozen=True, slots=True)
class Cleared:
    """One item of the clearing as one side sees it: `own` is debtor or creditor."""

    item: ClearingItem
    own: str
    other: str
    dispute: ClearingDispute | None
    dispute_until: datetime

    @property
    def to_dispute(self) -> bool:
        """Whether the viewer may still say that it does not owe this."""
        fresh = self.dispute is None and not self.item.reversal
        return fresh and self.own == "debtor" and clock.now() <= self.dispute_until

    @property
    def to_answer(self) -> bool:
        """Whether the viewer has to answer."""
        open_still = self.dispute is not None and self.dispute.status == ClearingDispute.Status.OPEN
        return open_still and self.own == "creditor"


def accounts(viewer: Actor) -> list[Shown]:
    """The accounts of the viewer's company; together they balance."""
    return [Shown(str(Account(one.account).label), one) for one in trial_balance(viewer.city, viewer.insurer)]


def receivables(viewer: Actor) -> list[Owed]:
    """Who owes the viewer's company, by age, the largest first."""
    found = ageing(viewer.city, viewer.insurer, clock.now())
    numbers = _numbers(one.case_id for one in found)
    names = insurer_names(one.side.partition(":")[2] for one in found if one.side.startswith("insurer:"))
    rows = [
        Owed(str(Account(one.account).label), _side(one.side, names), numbers.get(one.case_id, ""), one)
        for one in found
    ]
    return sorted(rows, key=lambda row: -row.aged.fen)


def _numbers(cases: Iterable[UUID | None]) -> dict[UUID | None, str]:
    return dict(Case.objects.filter(pk__in={one for one in cases if one}).values_list("pk", "number"))


def _side(side: str, names: dict[str, str]) -> str:
    kind, _found, key = side.partition(":")
    return names.get(key, key) if kind == "insurer" else _("Party %(label)s") % {"label": key}


def demands(viewer: Actor) -> list[Recovery]:
    """The company's open demands, the oldest first."""
    rows = Recovery.objects.filter(city=viewer.city, insurer=viewer.insurer, status=Recovery.Status.OPEN)
    return list(rows.select_related("case").order_by("at")[:SHOWN]) if viewer.insurer else []


def clearing_days(viewer: Actor) -> list[tuple[date, int]]:
    """The days on which the company was netted, and what it got (paid, below zero)."""
    return statements.days(viewer)


def clearing_items(viewer: Actor) -> list[Cleared]:
    """The newest items in which the company owes or is owed, those to be answered first."""
    if not viewer.insurer:
        return []
    own = {"city": viewer.city}
    rows = ClearingItem.objects.filter(**own, debtor=viewer.insurer) | ClearingItem.objects.filter(
        **own, creditor=viewer.insurer
    )
    items = list(rows.select_related("case").order_by("-at")[:SHOWN])
    disputes = {d.item_id: d for d in ClearingDispute.objects.filter(item__in=[one.pk for one in items])}
    names = insurer_names(code for one in items for code in (one.debtor, one.creditor))
    found = [_cleared(one, viewer.insurer, names, disputes.get(one.pk)) for one in items]
    return sorted(found, key=lambda one: not one.to_answer)


def _cleared(
    item: ClearingItem, insurer: str, names: dict[str, str], dispute: ClearingDispute | None
) -> Cleared:
    own = "debtor" if item.debtor == insurer else "creditor"
    other = item.creditor if own == "debtor" else item.debtor
    return Cleared(item, own, names.get(other, other), dispute, dispute_until(item))


def plain(viewer: Actor) -> dict[str, Any]:
    """The book for programs: accounts, receivables by age, open demands; amounts in fen."""
    return {
        "accounts": [
            {
                "account": b.account,
                "debit_fen": b.debit,
                "credit_fen": b.credit,
                "balance_fen": b.fen,
            }
            for b in trial_balance(viewer.city, viewer.insurer)
        ],
        "receivables": [
            {
                "account": one.account,
                "debtor": one.side,
                "case_id": one.case_id,
                "fen": one.fen,
                "ages": list(one.ages),
            }
            for one in ageing(viewer.city, viewer.insurer, clock.now())
        ],
        "demands": [
            {
                "demand_id": row.pk,
                "case_number": row.case.number,
                "from": row.from_label,
                "why": row.why,
                "open_fen": row.fen,
                "received_fen": row.received_fen,
                "at": row.at,
            }
            for row in demands(viewer)
        ],
    }
