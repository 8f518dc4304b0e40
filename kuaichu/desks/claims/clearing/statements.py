"""The statement file an insurer gets of a day's clearing: the same rows always make the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import date

from kuaichu.desks.claims.clearing.rows import ClearingItem, ClearingPayment, ClearingRun
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.clock import CHINA

HEAD = ("kind", "id", "case", "payout", "debtor", "creditor", "fen", "at")


def statement(viewer: Actor, day: date) -> bytes | None:
    """CSV (UTF-8) of the viewer's items and payments of a day, sum last; None where it had no part.

    Amounts are fen: what the company gets is above zero, what it pays below.
    """
    run = ClearingRun.objects.filter(city=viewer.city, day=day).first()
    own = viewer.insurer
    if run is None or not own or own not in run.positions:
        return None
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    items = ClearingItem.objects.filter(run=run).select_related("case").order_by("at", "id")
    for one in items:
        if own in (one.debtor, one.creditor):
            kind, fen = "reversal" if one.reversal else "item", one.fen if one.creditor == own else -one.fen
            at = one.at.astimezone(CHINA).isoformat(timespec="seconds")
            writer.writerow((kind, one.pk, one.case.number, one.payout_id, one.debtor, one.creditor, fen, at))
    for pay in ClearingPayment.objects.filter(run=run).order_by("payer", "payee"):
        if own in (pay.payer, pay.payee):
            fen = pay.fen if pay.payee == own else -pay.fen
            writer.writerow(("payment", pay.pk, "", "", pay.payer, pay.payee, fen, ""))
    writer.writerow(("position", run.pk, "", "", "", "", run.positions[own], run.day.isoformat()))
    return out.getvalue().encode()


def days(viewer: Actor, *, limit: int = 60) -> list[tuple[date, int]]:
    """The days on which the viewer's company was netted, newest first, and its position in fen."""
    rows = ClearingRun.objects.filter(city=viewer.city).order_by("-day")[:limit]
    return [(run.day, run.positions[viewer.insurer]) for run in rows if viewer.insurer in run.positions]
