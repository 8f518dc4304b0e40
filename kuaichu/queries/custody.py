"""The custody record of one photograph: everything that was done with it, in words, for officer and party."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import custody, files
from kuaichu.cases.models import Evidence, Handling
from kuaichu.people.models import Account, Client, Organisation

_DONE: dict[str, Callable[[], str]] = {
    custody.RECEIVED: lambda: _("Received, hashes computed over every byte"),
    custody.SEALED: lambda: _("Sealed in an evidence receipt"),
    custody.COPIED: lambda: _("Copy for looking made"),
    custody.REDACTED: lambda: _("Areas to blur for others set"),
    custody.LOOKED: lambda: _("Looked at"),
    custody.EXPORTED: lambda: _("Copy given out"),
    custody.COMPARED: lambda: _("Found to resemble a photograph of a later case"),
    custody.VERIFIED: lambda: _("Checked: file and hashes agree"),
    custody.FAULTY: lambda: _("Checked: the file is missing or was changed"),
    custody.ERASED: lambda: _("Erased by law; only its hashes are kept"),
}
FOR_PARTY = (
    custody.RECEIVED,
    custody.SEALED,
    custody.LOOKED,
    custody.EXPORTED,
    custody.FAULTY,
    custody.ERASED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: when, what, by whom, for what."""

    at: datetime
    what: str
    who: str
    purpose: str
    bad: bool


def record_of(photo: Evidence) -> list[Line]:
    """Everything that was done with a photograph, oldest first; the caller may see it."""
    rows = list(Handling.objects.filter(evidence=photo).order_by("at", "id"))
    names = _Names(photo.case_id, rows, by_name=True)
    return [_line(row, names) for row in rows]


def record_for_party(case_id: UUID, photos: Iterable[Evidence]) -> dict[UUID, list[Line]]:
    """In short, and by unit instead of by name: what concerns those whose photographs these are."""
    rows = list(Handling.objects.filter(evidence__in=list(photos), what__in=FOR_PARTY).order_by("at", "id"))
    names = _Names(case_id, rows, by_name=False)
    found: dict[UUID, list[Line]] = {}
    for row in rows:
        found.setdefault(row.evidence_id, []).append(_line(row, names))
    return found


def _line(row: Handling, names: _Names) -> Line:
    words = _DONE[row.what]() if row.what in _DONE else row.what
    return Line(row.at, words, names.of(row), _purpose(row), row.what in (custody.FAULTY, custody.ERASED))


def _purpose(row: Handling) -> str:
    known = {
        "claim": _("claim"),
        "determination": _("determination of liability"),
        "likeness": _("comparison with a later case"),
        "in_app": _("guided camera"),
        "camera": _("camera of the phone"),
        "gallery": _("from the gallery"),
    }
    return known.get(row.purpose, row.purpose)


class _Names:
    """Who acted: a party by label, staff by badge or unit, systems by their organisation."""

    def __init__(self, case_id: UUID, rows: list[Handling], *, by_name: bool) -> None:
        def ids(kind: str) -> set[str]:
            return {row.actor_id for row in rows if row.actor_kind == kind}

        self.by_name = by_name
        self.labels = {str(p.pk): p.label for p in files.parties(case_id)}
        accounts = Account.objects.select_related("organisation").filter(pk__in=ids("staff"))
        self.staff: dict[str, Any] = {str(one.pk): one for one in accounts}
        clients = Client.objects.select_related("organisation").filter(pk__in=ids("partner"))
        self.partners = {str(one.pk): str(one.organisation.name) for one in clients}

    def of(self, row: Handling) -> str:
        """Whoever did this."""
        if row.actor_kind == "party":
            return _("Party %(label)s") % {"label": self.labels.get(row.actor_id, "?")}
        if row.actor_kind == "staff":
            return self._staff(self.staff.get(row.actor_id))
        if row.actor_kind == "partner":
            return self.partners.get(row.actor_id, _("Partner"))
        return _("Kuaichu")

    def _staff(self, account: Any) -> str:
        unit = account.organisation if account is not None else None
        police = unit is not None and unit.kind in (Organisation.Kind.POLICE, Organisation.Kind.STATION)
        if account is not None and police and self.by_name:
            return _("Officer %(badge)s") % {"badge": account.badge or account.display_name}
        return unit.name if unit is not None else _("Police officer")
