"""Scenes: what was done to protect one is kept item by item, then frozen and handed over.

Everybody does their part and hands over by procedure: a police officer to the general procedure, anybody else
at the scene to the police. What is not done is named with the reason; it holds nobody up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Evidence
from kuaichu.desks.dispatch.models import SceneRecord, Task
from kuaichu.desks.dispatch.scene_items import CODES, ITEMS
from kuaichu.desks.dispatch.tasks import IN_HAND, held
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.canonical import digest, plain
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotAllowed, WrongState

STATES: Final = ("done", "none", "open")
"""An item is done, does not apply (`none`), or is still open."""
REASONS: Final = (
    "INJURY_SERIOUS", "DEATH", "CRIME_SUSPECT", "ALCOHOL_DRUG", "HIT_AND_RUN", "PARTY_LEFT", "NO_LICENCE",
    "HAZMAT", "IMMOVABLE", "DISPUTED", "POLICE_REQUESTED",
)  # fmt: skip
"""Codes of gates (`cases/gates.toml`)."""
TO: Final = {"general": "dispatch.hand_over", "criminal": "dispatch.hand_over"}


@dataclass(frozen=True)
class SceneNoted(Fact, name="dispatch.scene_noted"):
    """Something was noted in the record of a scene."""

    record_id: str
    item: str
    state: str


@dataclass(frozen=True)
class SceneHandedOver(Fact, name="dispatch.scene_handed_over"):
    """The record of a scene was frozen, and the scene handed over; `sha256` is of its content."""

    record_id: str
    task_id: str
    sha256: str
    to: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


def record_of(task: Task) -> SceneRecord | None:
    """The record kept under this task."""
    return SceneRecord.objects.filter(task_id=task.pk).first()


def records(case_id: UUID) -> list[SceneRecord]:
    """All records of a case, oldest first; the caller has checked that the viewer may see them."""
    return list(SceneRecord.objects.filter(case_id=case_id).order_by("opened_at"))


def note_item(
    actor: Actor, task_id: UUID, item: str, *, state: str, words: str = "", photos: Iterable[UUID] = ()
) -> SceneRecord:
    """Note one item: done, not applying, or open; with words, and photographs of this case.

    The same again changes nothing. Raises Invalid for an unknown item or state or foreign photographs,
    WrongState once the scene was handed over.
    """
    _insist_known(item, state, words)
    with act(actor, "dispatch.note_scene", held(actor, task_id).case_id) as step:
        task = _task_in_hand(actor, task_id)
        record = record_of(task) or _opened(task)
        step.insist(
            record.status == SceneRecord.Status.OPEN,
            _("This record was handed over; it is not changed any more."),
            otherwise=WrongState,
        )
        before = record.items.get(item, {})
        known = dict.fromkeys([*before.get("photos", ()), *_own_photos(task, photos)])
        told = {"state": state, "words": files.clean(words), "photos": list(known)}
        if {k: before.get(k) for k in told} == told:
            step.already()
            return record
        record.items[item] = {**told, "at": clock.now().isoformat()}
        record.save()
        step.record(SceneNoted(record_id=str(record.pk), item=item, state=state))
    return record


def _insist_known(item: str, state: str, words: str) -> None:
    wrong: dict[str, Any] = {}
    if item not in CODES or state not in STATES:
        wrong["item"] = _("This is not on the list.")
    if len(words) > 500:
        wrong["words"] = _("Please use at most 500 characters.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)


def _task_in_hand(actor: Actor, task_id: UUID) -> Task:
    task = held(actor, task_id)
    if task.status not in IN_HAND:
        raise WrongState(_("This task is finished."))
    return task


def _opened(task: Task) -> SceneRecord:
    assert task.account_id is not None
    return SceneRecord.objects.create(
        case_id=task.case_id,
        city=task.city,
        task_id=task.pk,
        account_id=task.account_id,
        opened_at=clock.now(),
    )


def _own_photos(task: Task, photos: Iterable[UUID]) -> list[str]:
    wanted = set(photos)
    found = set(Evidence.objects.filter(case_id=task.case_id, pk__in=wanted).values_list("pk", flat=True))
    if wanted - found:
        raise Invalid(_("There is no such photograph."), fields={"photos": _("There is no such photograph.")})
    return sorted(str(one) for one in found)


def missing_of(record: SceneRecord | None) -> list[str]:
    """The codes of items that are still open, and of those done without the photograph they need."""
    items = record.items if record is not None else {}
    return [item.code for item in ITEMS if _lacks(items.get(item.code, {}), item.photo)]


def _lacks(told: dict[str, Any], photo: bool) -> bool:
    state = told.get("state", "open")
    return state == "open" or (state == "done" and photo and not told.get("photos"))


def hand_over(
    actor: Actor, task_id: UUID, *, to: str, reasons: tuple[str, ...], why_missing: str = ""
) -> SceneRecord:
    """Freeze the record and hand the scene over: police to `general` or `criminal`, others to the police.

    Raises NotAllowed where the role may not, Invalid without a reason or where open items are not explained.
    """
    verb = TO.get(to, "dispatch.call_police")
    if to not in (*TO, "police_on_site"):
        raise Invalid(_("Choose to whom the case goes."), fields={"to": _("Choose one.")})
    if not actor.may(verb):
        raise NotAllowed(_("You are not allowed to do this."), code="not_granted")
    if not reasons or not set(reasons) <= set(REASONS):
        raise Invalid(_("Say why."), fields={"reasons": _("Choose at least one reason.")})
    with act(actor, "dispatch.call_police", held(actor, task_id).case_id) as step:
        task = _task_in_hand(actor, task_id)
        record = record_of(task) or _opened(task)
        if record.status == SceneRecord.Status.FROZEN:
            step.already()
            return record
        missing = missing_of(record)
        if missing and len(files.clean(why_missing)) < 2:
            text = _("Some items are open. Say why, in a few words.")
            raise Invalid(text, code="incomplete", fields={"why_missing": text})
        _freeze(record, to, reasons, missing, files.clean(why_missing)[:500])
        step.record(
            SceneHandedOver(
                record_id=str(record.pk),
                task_id=str(task.pk),
                sha256=record.sha256,
                to=to,
                reasons=reasons,
                missing=tuple(missing),
            )
        )
    return record


def _freeze(
    record: SceneRecord, to: str, reasons: tuple[str, ...], missing: list[str], why_missing: str
) -> None:
    now = clock.now()
    move(record, SceneRecord.Status.FROZEN)
    record.frozen_at, record.handed_to = now, to
    record.content = plain(
        {
            "record": record.pk,
            "case": record.case_id,
            "by": record.account_id,
            "opened_at": record.opened_at,
            "frozen_at": now,
            "to": to,
            "reasons": reasons,
            "items": record.items,
            "missing": missing,
            "why_missing": why_missing,
            "photos": _hashes(record),
        }
    )
    record.sha256 = digest(record.content)
    record.save()


def _hashes(record: SceneRecord) -> dict[str, str]:
    """SHA-256 of every photograph that the record names."""
    named = {photo for told in record.items.values() for photo in told["photos"]}
    rows = Evidence.objects.filter(pk__in=named).values_list("pk", "sha256")
    return {str(pk): sha256 for pk, sha256 in rows}


def intact(record: SceneRecord) -> bool:
    """Whether a frozen record is still what was hashed."""
    return bool(record.sha256) and digest(record.content) == record.sha256
