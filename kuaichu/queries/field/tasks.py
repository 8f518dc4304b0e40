"""Tasks as those who go to the scene see them: offered, in hand, and what anybody may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.datums import Position, distance_m
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.desks.dispatch import neutrality, tasks
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.desks.dispatch.offers import place_of
from kuaichu.kernel.actors import Actor
from kuaichu.people.masks import mask_phone
from kuaichu.queries import looks
from kuaichu.queries.field.coming import on_duty

PURPOSE = "scene"
LISTED = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list: nothing personal, only where, what, since when, until when, and how far (metres)."""

    task: Task
    case: Case
    metres: int | None
    reasons: tuple[str, ...]

    @property
    def distance(self) -> str:
        """How far, in words; empty where it is not known."""
        if self.metres is None:
            return ""
        if self.metres < 30:
            return _("here")
        if self.metres < 950:
            return _("%(m)d m away") % {"m": round(self.metres, -1)}
        return _("%(km)s km away") % {"km": f"{self.metres / 1000:.1f}"}


@dataclass(frozen=True, slots=True)
class Lists:
    """What somebody on duty sees: asked for now, in hand, free to take, and done lately."""

    offered: list[Line]
    in_hand: list[Line]
    free: list[Line]
    done: list[Line]


def lists(viewer: Actor) -> Lists:
    """The viewer's own tasks, and on duty those that the viewer's role may take."""
    me, duty = UUID(viewer.id), on_duty(UUID(viewer.id))
    own = Task.objects.select_related("case").filter(account_id=me, city=viewer.city)
    return Lists(
        offered=_lines(own.filter(status=Task.Status.OFFERED), duty),
        in_hand=_lines(own.filter(status__in=tasks.IN_HAND), duty),
        free=_free(viewer, duty) if duty is not None else [],
        done=_lines(own.filter(status=Task.Status.DONE).order_by("-ended_at")[:10], duty),
    )


def _free(viewer: Actor, duty: Duty) -> list[Line]:
    """Waiting tasks for this role, nearest first, those of unknown place last."""
    waiting = Task.objects.select_related("case").filter(city=viewer.city, status=Task.Status.WAITING)
    fitting = [task for task in waiting.order_by("made_at")[:200] if duty.role in task.wants]
    lines = _lines(fitting, duty)
    return sorted(lines, key=lambda one: (one.metres is None, one.metres or 0))[:LISTED]


def _lines(found: Any, duty: Duty | None) -> list[Line]:
    return [line_of(task, duty) for task in found]


def line_of(task: Task, duty: Duty | None) -> Line:
    """One task as a line, with the distance from where the viewer is now."""
    place, here = place_of(task.case), None
    if duty is not None and duty.lat is not None and duty.lon is not None:
        here = Position(duty.lat, duty.lon)
    metres = round(distance_m(place, here)) if place is not None and here is not None else None
    return Line(task, task.case, metres, _reasons(task.case))


def _reasons(case: Case) -> tuple[str, ...]:
    """Why police or help are wanted: the titles of the gates that were hit."""
    found = case.screening or {}
    wanted = (found.get("handover") or {}).get("reasons", [])
    return tuple(_(hit["title"]) for hit in found.get("hits", []) if hit["gate"] in wanted)


@dataclass(frozen=True, slots=True)
class Part:
    """A party as its helper sees it. `phone` is whole: it is called from here, and the look is noted."""

    party: Party
    vehicle: Vehicle
    masked: str
    phone: str
    helped: bool
    photos: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A task in hand with its case."""

    line: Line
    parts: list[Part]
    photos: list[Evidence]
    insures: tuple[str, ...]

    @property
    def task(self) -> Task:
        """The task itself."""
        return self.line.task

    @property
    def case(self) -> Case:
        """Its case."""
        return self.line.case


def seen(viewer: Actor, task_id: UUID) -> Seen:
    """A task this viewer has or had in hand; raises NotFound for anybody else's. The look is noted."""
    task = tasks.held(viewer, task_id)
    case = files.case(task.case_id)
    task.case = case
    looks.note(viewer, case.pk, PURPOSE)
    photos = list(Evidence.objects.filter(case=case).order_by("received_at", "id"))
    vehicles = files.vehicles(case.pk)
    parts = [_part(viewer, one, vehicles[one.label], photos) for one in files.parties(case.pk)]
    insures = tuple(neutrality.flagged(viewer.insurer, case.pk))
    return Seen(line_of(task, on_duty(UUID(viewer.id))), parts, photos, insures)


def _part(viewer: Actor, party: Party, vehicle: Vehicle, photos: list[Evidence]) -> Part:
    return Part(
        party=party,
        vehicle=vehicle,
        masked=mask_phone(party.phone) if party.phone else "",
        phone=party.phone,
        helped=(party.helper or {}).get("staff_id") == viewer.id,
        photos=sum(photo.party_id == party.pk for photo in photos),
    )


def asked(viewer: Actor, task_id: UUID) -> Line | None:
    """A task that is offered to this viewer, or free for the viewer's role; else None."""
    duty = on_duty(UUID(viewer.id))
    task = tasks.find(viewer, task_id)
    mine = str(task.account_id) == viewer.id
    free = task.status == Task.Status.WAITING and duty is not None and duty.role in task.wants
    return line_of(task, duty) if free or (mine and task.status == Task.Status.OFFERED) else None


def photo(viewer: Actor, task_id: UUID, evidence_id: UUID) -> Evidence | None:
    """A photograph of the case of a task in hand; None for any other. Raises NotFound for a foreign task."""
    task = tasks.held(viewer, task_id)
    return Evidence.objects.filter(pk=evidence_id, case_id=task.case_id).first()
