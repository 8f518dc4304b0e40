"""Cause and effect of one case: its journal as a tree, and what is still due because of which entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Node:
    """One entry in its place: `depth` is how many causes lie above it."""

    depth: int
    entry: Entry
    due: tuple[Delivery, ...]


def find(text: str) -> Case:
    """The case of this number or id; raises NotFound."""
    try:
        found = Case.objects.filter(pk=UUID(text)).first()
    except ValueError:
        found = Case.objects.filter(number=text).first()
    if found is None:
        raise NotFound(_("There is no such case, or it is not yours."))
    return found


def tree(case_id: UUID) -> list[Node]:
    """The entries of a case, each below its cause, with what is still due because of it."""
    entries = list(Entry.objects.filter(stream=case_id).order_by("seq"))
    due: dict[UUID, list[Delivery]] = {}
    for row in Delivery.objects.filter(case_id=case_id).order_by("run_at"):
        due.setdefault(row.entry_id, []).append(row)
    known = {e.pk for e in entries}
    effects: dict[UUID | None, list[Entry]] = {}
    for entry in entries:
        cause = entry.caused_by if entry.caused_by in known else None
        effects.setdefault(cause, []).append(entry)
    return list(_below(None, 0, effects, due))


def _below(
    cause: UUID | None, depth: int, effects: dict[UUID | None, list[Entry]], due: dict[UUID, list[Delivery]]
) -> Iterator[Node]:
    for entry in effects.get(cause, ()):
        yield Node(depth, entry, tuple(due.get(entry.pk, ())))
        yield from _below(entry.pk, depth + 1, effects, due)


def still_due(case_id: UUID) -> list[tuple[datetime, Delivery]]:
    """What is due, soonest first."""
    return [(row.run_at, row) for row in Delivery.objects.filter(case_id=case_id).order_by("run_at")]
