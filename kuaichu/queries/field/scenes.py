"""Records of scenes, in words: for who keeps one, and for the police who receive it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.gates import table
from kuaichu.cases.models import Case, Evidence
from kuaichu.desks.dispatch import scenes
from kuaichu.desks.dispatch.models import SceneRecord
from kuaichu.desks.dispatch.scene_items import ITEMS, Item
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotFound
from kuaichu.people.models import Account
from kuaichu.queries import looks
from kuaichu.queries.fact_words import handed_to
from kuaichu.queries.queue import insist_staff

PURPOSE = "scene"


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it stands: `state` is done, none or open."""

    item: Item
    state: str
    words: str
    at: datetime | None
    photos: tuple[Evidence, ...]
    lacks: bool


def rows(record: SceneRecord | None) -> list[Row]:
    """All items in order."""
    told: Mapping[str, Any] = record.items if record is not None else {}
    named = {UUID(one) for entry in told.values() for one in entry["photos"]}
    photos = Evidence.objects.in_bulk(list(named))
    missing = set(scenes.missing_of(record))
    return [_row(item, told.get(item.code, {}), photos, item.code in missing) for item in ITEMS]


def _row(item: Item, told: Mapping[str, Any], photos: Mapping[UUID, Evidence], lacks: bool) -> Row:
    return Row(
        item=item,
        state=told.get("state", "open"),
        words=told.get("words", ""),
        at=datetime.fromisoformat(told["at"]) if told.get("at") else None,
        photos=tuple(photos[UUID(one)] for one in told.get("photos", ()) if UUID(one) in photos),
        lacks=lacks,
    )


def reasons() -> list[tuple[str, str]]:
    """Why a scene is handed over: gate codes and their names."""
    titles = {gate.code: gate.title for gate in table().gate}
    return [(code, _(titles[code])) for code in scenes.REASONS if code in titles]


@dataclass(frozen=True, slots=True)
class Handed:
    """A record that was handed over, for the police: who kept it, why, and whether it is what was sealed."""

    record: SceneRecord
    by: str
    to: str
    why: tuple[str, ...]
    why_missing: str
    rows: list[Row]
    intact: bool


def handed(viewer: Actor, case_id: UUID) -> tuple[Case, list[Handed]]:
    """The frozen records of a case, for staff of the centre; the look is noted.

    Raises NotFound where there is none, NotAllowed for who does not work at the centre.
    """
    insist_staff(viewer)
    case = files.case(case_id)
    found = [one for one in scenes.records(case_id) if one.status == SceneRecord.Status.FROZEN]
    if case.city != viewer.city or not found:
        raise NotFound(_("There is no such case, or it is not yours."))
    looks.note(viewer, case_id, PURPOSE)
    return case, [_handed(one) for one in found]


def _handed(record: SceneRecord) -> Handed:
    account = Account.objects.select_related("organisation").filter(pk=record.account_id).first()
    unit = account.organisation.name if account is not None and account.organisation else ""
    content = record.content or {}
    names = dict(reasons())
    return Handed(
        record=record,
        by=f"{unit} {account.badge}".strip() if account is not None else "",
        to=handed_to(record.handed_to),
        why=tuple(names.get(code, code) for code in content.get("reasons", ())),
        why_missing=str(content.get("why_missing", "")),
        rows=rows(record),
        intact=scenes.intact(record),
    )
