"""Tasks as those who go to the scene see them: offered, in hand, and what anybody may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import custody, files
from kuaichu.cases.evidence import PRIVATE
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.places.datums import Position, distance_m
from kuaichu.cases.shared_copies import PAPERS
from kuaichu.desks.dispatch import neutrality, tasks
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.desks.dispatch.offers import place_of
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.locks import writing
from kuaichu.kernel.refusals import NotFound
from kuaichu.people.field_roles import POLICE_ROLES
from kuaichu.people.masks import mask_phone
from kuaichu.queries import looks
from kuaichu.queries.field.coming import on_duty

PURPOSE = "scene"
CALL = "call"
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
    """A party as its helper sees it: `phone` is the number where this viewer sees it at once, else empty."""

    party: Party
    vehicle: Vehicle
    masked: str
    phone: str
    helped: bool


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
    """A task this viewer has in hand; raises NotFound for anybody else's. The look is noted.

    Of a task that is finished only the place and the number are left: the file is closed to who was there.
    """
    task = tasks.held(viewer, task_id)
    case = files.case(task.case_id)
    task.case = case
    if task.status not in tasks.IN_HAND:
        return Seen(line_of(task, on_duty(UUID(viewer.id))), [], [], ())
    looks.note(viewer, case.pk, PURPOSE)
    photos = list(Evidence.objects.filter(case=case).order_by("received_at", "id"))
    vehicles, police = files.vehicles(case.pk), task.role in POLICE_ROLES
    parts = [_part(viewer, one, vehicles[one.label], police) for one in files.parties(case.pk)]
    insures = tuple(neutrality.flagged(viewer.insurer, case.pk))
    return Seen(line_of(task, on_duty(UUID(viewer.id))), parts, photos, insures)


def _part(viewer: Actor, party: Party, vehicle: Vehicle, police: bool) -> Part:
    return Part(
        party=party,
        vehicle=vehicle,
        masked=mask_phone(party.phone) if party.phone else "",
        phone=party.phone if police else "",
        helped=(party.helper or {}).get("staff_id") == viewer.id,
    )


def number_to_call(viewer: Actor, task_id: UUID, label: str) -> str:
    """The telephone number of a party for who has the task in hand now; each look is noted as a call.

    There is no relay number, so whoever must reach a party sees it. Raises NotFound otherwise.
    """
    task = tasks.held(viewer, task_id)
    found = next((one for one in files.parties(task.case_id) if one.label == label), None)
    if task.status not in tasks.IN_HAND or found is None or not found.phone:
        raise NotFound(_("There is no such number, or it is not for you."))
    looks.note(viewer, task.case_id, CALL)
    return found.phone


def asked(viewer: Actor, task_id: UUID) -> Line | None:
    """A task that is offered to this viewer, or free for the viewer's role; else None."""
    duty = on_duty(UUID(viewer.id))
    task = tasks.find(viewer, task_id)
    mine = str(task.account_id) == viewer.id
    free = task.status == Task.Status.WAITING and duty is not None and duty.role in task.wants
    return line_of(task, duty) if free or (mine and task.status == Task.Status.OFFERED) else None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as somebody at the scene may see it: the whole picture, or with bystanders blurred."""

    row: Evidence
    whole: bool


def photo(viewer: Actor, task_id: UUID, evidence_id: UUID) -> Photo:
    """A photograph of the case of a task in hand; the look stands in its custody record.

    Police see the whole picture, everybody else what others are shown (faces and foreign plates blurred), and
    papers only of a party they enter for. Raises NotFound.
    """
    task = tasks.held(viewer, task_id)
    rows = Evidence.objects.select_related("case", "party")
    row = rows.filter(pk=evidence_id, case_id=task.case_id).first()
    police = task.role in POLICE_ROLES
    if row is None or task.status not in tasks.IN_HAND or not (police or _may_see(viewer, row)):
        raise NotFound(_("There is no such photograph."))
    with writing():
        custody.note_once(viewer, row, custody.LOOKED, purpose=PURPOSE)
    return Photo(row, police)


def _may_see(viewer: Actor, row: Evidence) -> bool:
    helped = row.party is not None and (row.party.helper or {}).get("staff_id") == viewer.id
    if row.shot in PRIVATE:
        return False
    return row.shot not in PAPERS or helped or custody.brought_by(viewer, row)
