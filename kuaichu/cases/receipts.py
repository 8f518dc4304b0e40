"""Evidence receipts: what was photographed is sealed and signed the moment the needed set is there (R2, D3).

A receipt names every photograph of the case by hash. It is issued by what follows from a photograph, once per
set: the first with the city's minimum set, a further one a little after photographs that come later.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kuaichu.cases import custody, files, receipt_text
from kuaichu.cases.models import Case, Evidence, Receipt
from kuaichu.cases.ports import ReceiptSigner
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import amend, find, find_one, insert

LATER = timedelta(seconds=20)
"""Photographs that come after the first receipt are gathered for so long, then sealed together."""


@dataclass(frozen=True)
class Sealed(Fact, name="cases.sealed"):
    """A receipt was issued. `complete`: with the photographs the city asks for; `digest` is the receipt's."""

    receipt_id: str
    number: int
    photos: int
    complete: bool
    digest: str


def complete(case: Case, shots: Iterable[str]) -> bool:
    """Whether these kinds of photographs are the minimum set of the city."""
    return set(rules(case.city).shots) <= set(shots)


def seals(case: Case, before: list[tuple[str, datetime]], shot: str, now: datetime) -> str:
    """What a photograph of this shot means for the receipt: "now", "later" or "" (nothing of its own).

    `before` are shot and time of those the case has. After the first receipt only the first photograph in
    each stretch of `LATER` asks for another: that one is issued after all of the stretch have arrived.
    """
    if case.sealed_at is None:
        return "now" if complete(case, [shot, *(one for one, _at in before)]) else ""
    here = (now - case.sealed_at) // LATER
    again = any(at > case.sealed_at and (at - case.sealed_at) // LATER == here for _one, at in before)
    return "" if again else "later"


def newest(case_id: UUID) -> Receipt | None:
    """The newest receipt of a case, which names all that was sealed."""
    return find_one(Receipt, "-number", case_id=case_id)


def seal(actor: Actor, case_id: UUID, signer: ReceiptSigner, *, whatever: bool = False) -> Receipt | None:
    """Issue a receipt for the photographs as they are; the newest one where it names them all already.

    None while the minimum set is not there, unless `whatever` there is shall be sealed.
    """
    with act(actor, "cases.seal", case_id) as step:
        case = files.case(case_id)
        photos = find(Evidence, "received_at", "id", case_id=case_id)
        last = newest(case_id)
        whole = complete(case, (p.shot for p in photos))
        if not photos or not (whole or whatever or last) or _named(last) == {str(p.pk) for p in photos}:
            step.already()
            return last
        receipt = _issue(case, photos, last, signer)
        insert(receipt)
        custody.note_all(actor, photos, "sealed", purpose=f"receipt {receipt.number}", at=receipt.issued_at)
        if whole and case.sealed_at is None:
            case.sealed_at = receipt.issued_at
            amend(case, "sealed_at")
        step.record(
            Sealed(
                receipt_id=str(receipt.pk),
                number=receipt.number,
                photos=len(photos),
                complete=whole,
                digest=receipt_text.digest(receipt.sealed),
            )
        )
    return receipt


def _named(receipt: Receipt | None) -> set[str]:
    return {str(one["evidence_id"]) for one in receipt.entries} if receipt else set()


def _issue(case: Case, photos: list[Evidence], last: Receipt | None, signer: ReceiptSigner) -> Receipt:
    now = clock.now()
    said = receipt_text.Statement(
        case_number=case.number,
        number=last.number + 1 if last else 1,
        issued_at=now,
        cell=_cell(case, photos),
        photos=tuple(
            receipt_text.Photo(
                p.sha256, receipt_text.LETTERS.get(p.shot, receipt_text.OTHER), p.received_at, p.captured_at
            )
            for p in photos
        ),
        before=receipt_text.digest(last.sealed) if last else "",
    )
    return Receipt(
        case=case,
        number=said.number,
        entries=[_entry(p) for p in photos],
        sealed=receipt_text.sealed(said, key_id=signer.key_id, sign=signer.sign),
        issued_at=now,
    )


def _entry(photo: Evidence) -> dict[str, Any]:
    return {"evidence_id": str(photo.pk), "shot": photo.shot, "sha256": photo.sha256, "sm3": photo.sm3}


def _cell(case: Case, photos: list[Evidence]) -> tuple[int, int] | None:
    """The place as a cell of about a kilometre: the case's, else the first photograph's that has one."""
    points = [(case.lat, case.lon), *((p.lat, p.lon) for p in photos)]
    known = next(((lat, lon) for lat, lon in points if lat is not None and lon is not None), None)
    if known is None:
        return None
    return math.floor(known[0] * receipt_text.CELLS), math.floor(known[1] * receipt_text.CELLS)
