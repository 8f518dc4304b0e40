"""Both sides beside each other: who entered what, differences first, for a party about to confirm or sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.helping import reach
from kuaichu.cases.models import Party, Vehicle
from kuaichu.desks.liability.gathering import said_by_parties
from kuaichu.people.masks import mask_name, mask_phone
from kuaichu.queries.fact_words import helper_kind
from kuaichu.queries.own_case import fact_words

SILENT = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what each party said to it, in the order of the heads."""

    label: str
    values: tuple[str, ...]
    differs: bool = False
    heads: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each party's name with what it said; once where all said the same."""
        if len(self.values) > 1 and len(set(self.values)) == 1:
            return ((_("All of you"), self.values[0]),)
        return tuple(zip(self.heads, self.values, strict=True))


@dataclass(frozen=True, slots=True)
class BothSides:
    """A comparison: the parties' names as heads, the rows, how many of them differ."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def differences(self) -> int:
        """In how many answers the parties differ."""
        return sum(row.differs for row in self.rows)


def both_sides(viewer: Party, parties: Sequence[Party], vehicles: Mapping[str, Vehicle]) -> BothSides:
    """What every party entered, as `viewer`, one of them, may read it (masked by the table of the domain)."""
    heads = tuple(_head(viewer, one) for one in parties)
    told = [*_facts(viewer, parties), _words(parties)]
    rows = [row for row in told if any(value != SILENT for value in row.values)]
    rows.sort(key=lambda row: not row.differs)
    rows += _persons(viewer, parties, vehicles)
    return BothSides(heads, tuple(replace(row, heads=heads) for row in rows))


def _head(viewer: Party, party: Party) -> str:
    own = party.pk == viewer.pk
    told = {"label": party.label}
    return (_("Party %(label)s (you)") if own else _("Party %(label)s")) % told


def _facts(viewer: Party, parties: Sequence[Party]) -> list[Row]:
    said: dict[str, dict[str, Any]] = {}
    for one in said_by_parties(list(parties)):
        said.setdefault(f"{one.subject}.{one.key}", {})[one.source.partition(":")[2]] = one.value
    rows = []
    for ref, by_label in said.items():
        question = fact_words(ref, next(iter(by_label.values())), viewer.label)[0]
        values = tuple(
            fact_words(ref, by_label[p.label], viewer.label)[1] if p.label in by_label else SILENT
            for p in parties
        )
        known = {str(value) for value in by_label.values() if value is not None}
        rows.append(Row(question, values, len(known) > 1))
    return rows


def _words(parties: Sequence[Party]) -> Row:
    return Row(_("In own words"), tuple(str(p.statement.get("words") or SILENT) for p in parties))


def _persons(viewer: Party, parties: Sequence[Party], vehicles: Mapping[str, Vehicle]) -> list[Row]:
    """Vehicle, driver, phone and who entered for whom."""
    rows = [
        Row(_("Vehicle"), tuple(vehicles[p.label].plate or SILENT for p in parties)),
        Row(_("Driver"), tuple(mask_name(p.name) or SILENT for p in parties)),
        Row(_("Phone"), tuple(mask_phone(reach(p)) if reach(p) else SILENT for p in parties)),
    ]
    if any(p.helper for p in parties):
        rows.insert(0, Row(_("Entered by"), tuple(entered_by(p, viewer) for p in parties)))
    return [row for row in rows if any(value != SILENT for value in row.values)]


def entered_by(party: Party, viewer: Party | None = None) -> str:
    """Who entered for this party, in words; the name masked for other parties."""
    helper = party.helper or {}
    if not helper:
        return _("the party itself")
    name = str(helper.get("name", ""))
    shown = name if viewer is None or viewer.pk == party.pk else mask_name(name)
    unit = f", {helper['organisation']}" if helper.get("organisation") else ""
    told = f"{shown} ({helper_kind(str(helper.get('kind', '')))}{unit})"
    return told if helper.get("own_phone", True) else told + " · " + _("the party has no phone of its own")
