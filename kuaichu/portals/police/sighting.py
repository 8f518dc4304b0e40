"""What was read in the photographs, one column a party: what differs comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kuaichu.cases.models import Evidence
from kuaichu.portals.police.comparing import NOTHING, Cell, Row
from kuaichu.queries.officer_case import OfficerCase
from kuaichu.queries.sight import reading
from kuaichu.queries.sight.comparing import Compared, Outcome

STATES = {
    Outcome.MATCH: "ok",
    Outcome.CONFUSABLE: "open",
    Outcome.MISMATCH: "bad",
    Outcome.UNREAD: "plain",
}


def sights(found: OfficerCase, photos: Sequence[Evidence], day: date) -> list[Row]:
    """A row for each field that was read, a cell for each party; empty when nothing was read."""
    rows = reading.compared(found.parties, found.vehicles, photos, day)
    fields = list(dict.fromkeys(one.field for one in rows))
    shown = [
        Row(reading.field_name(name), [_cell(rows, name, p.label, photos) for p in found.parties])
        for name in fields
    ]
    told = [row for row in shown if any(cell.text != NOTHING.text for cell in row.cells)]
    return sorted(told, key=lambda row: not row.differs)


def _cell(rows: Sequence[Compared], field: str, label: str, photos: Sequence[Evidence]) -> Cell:
    """The worst comparison of this field of this party, with the number of its photograph."""
    one = next((row for row in rows if row.field == field and row.label == label), None)
    if one is None:
        return NOTHING
    number = next((n for n, photo in enumerate(photos, 1) if photo.pk == one.evidence_id), 0)
    where = " · " + _("photograph %(number)d") % {"number": number} if number else ""
    return Cell(_words(one) + where, STATES[one.outcome])


def _words(one: Compared) -> str:
    if one.outcome is Outcome.UNREAD:
        return _("not read in any photograph")
    if one.outcome is Outcome.MATCH:
        if one.source in ("day", "vehicle"):
            return _("%(read)s, good on that day") % {"read": one.read}
        return _("%(read)s, as known") % {"read": one.read}
    if one.outcome is Outcome.CONFUSABLE:
        return _("%(read)s, known %(known)s: these look alike") % {"read": one.read, "known": one.known}
    return reading.in_words(one, masked=False)
