"""What recipients have got of an insurer so far, and what the payments book."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer
from kuaichu.desks.claims.models import Payout, Recovery
from kuaichu.kernel.prepared import find

Pair = tuple[str, str]
"""An insurer and the label of a recipient."""
ADVANCE = "advance"


def net_paid(case_id: UUID) -> dict[Pair, int]:
    """Fen paid on claims by insurer and recipient, less what came back or was written off."""
    sums: dict[Pair, int] = defaultdict(int)
    for row in find(Payout, case_id=case_id, status=Payout.Status.PAID):
        if row.kind != Payout.Kind.ADVANCE:
            sums[row.insurer, row.to_label] += row.fen
    for one in find(Recovery, case_id=case_id):
        if one.why != ADVANCE:
            lost = one.fen if one.status == Recovery.Status.WRITTEN_OFF else 0
            sums[one.insurer, one.from_label] -= one.received_fen + lost
    return dict(sums)


def transfers_of(payout: Payout) -> list[Transfer]:
    """What a payout books when it is paid.

    Paid for somebody else it is a receivable; paid by another insurer it is what the two owe each other.
    """
    to, payer = f"party:{payout.to_label}", payout.payer
    if payout.kind == Payout.Kind.ADVANCE:
        side = f"party:{payout.debtor}"
        return [Transfer(payer, Account.ADVANCED, Account.BANK, payout.fen, side, credit_side=to)]
    own = Account.BANK if payer == payout.insurer else Account.DUE_TO
    against = "" if own == Account.BANK else f"insurer:{payer}"
    made = [
        Transfer(payout.insurer, Account.CLAIMS, own, line["fen"], to, line["cover"], against)
        for line in payout.lines
    ]
    if payer != payout.insurer:
        side = f"insurer:{payout.insurer}"
        made.append(Transfer(payer, Account.DUE_FROM, Account.BANK, payout.fen, side, credit_side=to))
    return made
