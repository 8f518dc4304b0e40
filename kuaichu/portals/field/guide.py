"""What to do at a scene, in order, for a role: each step with how far it is, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.cases import clearing, files, helping
from kuaichu.cases.models import Case, Party
from kuaichu.cases.rules import rules as case_rules
from kuaichu.desks.dispatch import scenes
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.liability import on_site
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people import signin
from kuaichu.queries.fact_words import shot_name
from kuaichu.queries.field.printing import SERVES
from kuaichu.queries.field.tasks import Part, Seen

GUIDES = {"front": "guide-front", "rear": "guide-rear", "contact": "guide-contact"}
DECIDED = (Case.Status.DECIDED, Case.Status.CLOSED)
OPEN = (Case.Status.REPORTING, Case.Status.READY, Case.Status.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Slot:
    """A photograph wanted of the scene, as `{% photo_slot %}` takes it."""

    shot: str
    title: str
    guide: str
    state: str
    thumb: str
    upload: str


def context(actor: Actor, seen: Seen, role: str) -> dict[str, Any]:
    """What the page of a task in hand shows besides the task itself."""
    there = seen.task.status == Task.Status.ARRIVED
    record = scenes.record_of(seen.task)
    parties = files.parties(seen.case.pk)
    shots = {photo.shot for photo in seen.photos}
    return {
        "there": there,
        "done": seen.task.status == Task.Status.DONE,
        "open": there and seen.case.status in OPEN,
        "role": role,
        "slots": [_slot(seen, shot) for shot in case_rules(seen.case.city).shots] if there else [],
        "lacking": len(set(case_rules(seen.case.city).shots) - shots),
        "record": record,
        "items_open": len(scenes.missing_of(record)),
        "advice": clearing.advice(seen.case, parties, files.vehicles(seen.case.pk), shots) if there else "",
        "may_add": there and len(parties) < case_rules(seen.case.city).most_parties,
        "add_label": _next_label(parties),
        "may_witness": actor.may("dispatch.witness"),
        "decide": _decide(actor, seen) if there else None,
        "prints": there and actor.may(SERVES) and seen.case.status in DECIDED,
        "parts": [(part, _part_state(part)) for part in seen.parts],
    }


def _slot(seen: Seen, shot: str) -> Slot:
    newest = next((p for p in reversed(seen.photos) if p.shot == shot), None)
    return Slot(
        shot=shot,
        title=shot_name(shot),
        guide=GUIDES.get(shot, "camera"),
        state="sent" if newest else "todo",
        thumb=reverse("field:photo", args=[seen.task.pk, newest.pk, "small"]) if newest else "",
        upload=reverse("field:photos", args=[seen.task.pk]) + f"/{shot}",
    )


def _next_label(parties: list[Party]) -> str:
    return chr(ord(parties[-1].label) + 1)


def _part_state(part: Part) -> str:
    """One sentence on how far a part is."""
    party = part.party
    if party.status == Party.Status.CONFIRMED:
        return _("Complete and confirmed")
    if party.status == Party.Status.REFUSED:
        return _("Does not take part")
    if not helping.answered_for(party):
        return _("The phone is not proven yet")
    return _("Being filled in")


@dataclass(frozen=True, slots=True)
class Deciding:
    """Whether the patrol officer can decide here, and what stands against it."""

    possible: bool
    why_not: str
    prepares: bool = False


def _decide(actor: Actor, seen: Seen) -> Deciding | None:
    """None for roles that neither decide nor prepare."""
    decides = actor.may("liability.take_on_site")
    if not decides and not actor.may("liability.prepare"):
        return None
    if seen.case.status not in OPEN:
        return Deciding(False, _("This case is decided, or has ended."))
    if decides and not signin.qualified(actor.id, clock.today()):
        return Deciding(False, str(signin.NOT_QUALIFIED))
    if not on_site.summary_open(seen.case):
        return Deciding(False, _("The summary procedure is excluded for this accident."))
    return Deciding(True, "", prepares=not decides)
