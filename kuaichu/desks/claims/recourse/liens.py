"""Hospital and rescue fund are paid first out of what an injured person gets for treatment (R37).

Who treated without a deposit, or paid the rescue for somebody, notes its bill as a lien. What insurers owe
the injured person for injuries then goes to the holder up to that bill (CTALI-Reg 31, Decree 107 26: the fund
recovers); the loss of the vehicle is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.claims.models import Claim, Lien, Payout
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.money import MOST_FEN
from kuaichu.kernel.prepared import find, find_one
from kuaichu.kernel.refusals import Invalid, NotFound

MOST_WORDS: Final = 120
PROPERTY: Final = "property"
Line = dict[str, Any]
Share = tuple[str, str, list[Line]]
"""Recipient's label, the lien that takes it (empty: the recipient), lines."""


@dataclass(frozen=True)
class LienNoted(Fact, name="claims.lien_noted"):
    """A hospital's or the fund's bill is paid first out of what an injured party gets."""

    lien_id: str
    label: str
    holder_kind: str
    fen: int


@dataclass(frozen=True, slots=True)
class Bill:
    """Whose bill for which party: `kind` hospital or fund, `account` where it is paid, `basis` its number."""

    label: str
    kind: str
    holder: str
    account: str
    fen: int
    basis: str


def note(actor: Actor, case_id: UUID, bill: Bill) -> Lien:
    """Note a bill; the same one again changes nothing. Raises Invalid naming the field, NotFound."""
    _check(bill)
    if not find_one(Claim, case_id=case_id, city=actor.city, **_own(actor)):
        raise NotFound(_("There is no such case, or it is not yours."))
    if bill.label not in {party.label for party in files.parties(case_id)}:
        text = _("This case has no such party.")
        raise Invalid(text, fields={"label": text})
    with act(actor, "claims.note_lien", case_id) as step:
        known = find_one(Lien, case_id=case_id, holder=bill.holder, basis=bill.basis)
        if known is not None:
            step.already()
            return known
        row = Lien(
            case_id=case_id, city=actor.city, label=bill.label, kind=bill.kind, holder=bill.holder,
            account=bill.account, fen=bill.fen, basis=bill.basis, at=clock.now(),
        )  # fmt: skip
        row.save()
        step.record(LienNoted(lien_id=str(row.pk), label=row.label, holder_kind=row.kind, fen=row.fen))
    return row


def _own(actor: Actor) -> dict[str, str]:
    """An insurer notes bills of its own cases only."""
    return {"insurer": actor.insurer} if actor.insurer else {}


def _check(bill: Bill) -> None:
    wrong: dict[str, Any] = {}
    if bill.kind not in Lien.Kind.values:
        wrong["kind"] = _("Choose hospital or rescue fund.")
    for name, text in (("holder", bill.holder), ("basis", bill.basis)):
        if not 2 <= len(text.strip()) <= MOST_WORDS or not text.isprintable():
            wrong[name] = _("Write 2 to 120 characters.")
    if not (bill.account.isascii() and bill.account.isalnum() and 6 <= len(bill.account) <= 34):
        wrong["account"] = _("Give the account, 6 to 34 letters and digits.")
    if not 0 < bill.fen <= MOST_FEN:
        wrong["fen"] = _("The amount must be above zero.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)


def divided(case_id: UUID, owed: dict[str, list[Line]]) -> list[Share]:
    """What is owed to each recipient, divided between the liens on it (oldest first) and the recipient.

    A line that a lien takes in part becomes two, which add up to it.
    """
    liens = [(lien, _left(lien)) for lien in find(Lien, "at", case_id=case_id)]
    found: list[Share] = []
    for label, lines in owed.items():
        rest = lines
        for lien, left in liens:
            if lien.label == label and left:
                taken, rest = _take(rest, left)
                found += [(label, str(lien.pk), taken)] if taken else []
        found += [(label, "", rest)] if rest else []
    return found


def _left(lien: Lien) -> int:
    """What of the bill is neither paid nor on its way."""
    rows = find(Payout, case_id=lien.case_id, for_lien=str(lien.pk))
    return lien.fen - sum(row.fen for row in rows if row.status != Payout.Status.STOPPED)


def _take(lines: Iterable[Line], left: int) -> tuple[list[Line], list[Line]]:
    """Up to `left` fen of the lines for injuries; and the rest of all lines."""
    taken, rest = [], []
    for line in lines:
        part = 0 if line.get("bucket", PROPERTY) == PROPERTY else min(left, line["fen"])
        left -= part
        if part:
            taken.append({**line, "fen": part})
        if part < line["fen"]:
            rest.append({**line, "fen": line["fen"] - part})
    return taken, rest
