"""A day's drawings for anybody to draw again: accounts and cases as random identifiers, never a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from kuaichu.desks.centre import committing
from kuaichu.desks.documents.anchors import bounds
from kuaichu.kernel.models import Entry


def drawings(city: str, day: date) -> dict[str, Any]:
    """The commitment of a day, its seed once the day is over (else empty), and every drawing in order.

    What a drawing holds: `item`, `case`, `kind`, `round`, `head`, the accounts that were `candidates`, those
    `left_out` (never why), and the `officer` who was drawn.
    """
    start, end = bounds(day)
    rows = Entry.objects.filter(city=city, kind="centre.drawn", at__gte=start, at__lt=end)
    return {
        "day": day.isoformat(),
        "commitment": committing.committed(city, day),
        "seed": committing.revealed(city, day),
        "draws": [_drawing(entry) for entry in rows.order_by("at", "id") if entry.payload is not None],
    }


def _drawing(entry: Entry) -> dict[str, Any]:
    told = entry.payload or {}
    return {
        "item": told["item_id"],
        "case": str(entry.case_id),
        "at": entry.at.isoformat(),
        "officer": told["officer_id"],
        "left_out": sorted(told["left_out"]),
        **{name: told[name] for name in ("kind", "round", "head", "candidates")},
    }
