"""The list of tasks, one task, and what is done with it: accept, arrive, give back, finish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kuaichu.cases import clearing, intake
from kuaichu.cases.intake import Description
from kuaichu.desks.dispatch import offers, orders, tasks
from kuaichu.desks.dispatch.models import Task
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.portals.field import guide, wording
from kuaichu.portals.field.door import field, role_here, surroundings
from kuaichu.portals.field.duty import point_of
from kuaichu.queries.field import tasks as field_tasks
from kuaichu.queries.timeline import newest_seq

SALT = "kuaichu.field.stop"
HOURS = 24


@require_safe
@field()
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is asked of me, what I have in hand, and what is free."""
    context = surroundings(request, actor, "tasks") | {"lists": field_tasks.lists(actor)}
    return render(request, "field/tasks.html", context)


@require_safe
@field(touch=False)
def listed_fragment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only the part that changes."""
    context = surroundings(request, actor, "tasks") | {"lists": field_tasks.lists(actor)}
    return render(request, "field/tasks_live.html", context)


@require_safe
@field()
def task(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """One task: asked for, or in hand. What somebody else was quicker to take leads back to the list."""
    return _page(request, actor, task_id, "field/task.html")


@require_safe
@field(touch=False)
def task_fragment(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """Only the part that changes."""
    return _page(request, actor, task_id, "field/task_live.html")


def _page(request: HttpRequest, actor: Actor, task_id: UUID, template: str) -> HttpResponse:
    context = surroundings(request, actor, "tasks")
    line = field_tasks.asked(actor, task_id)
    if line is not None:
        context |= {"line": line, "navigation": wording.navigation(line.case)}
        return render(request, template, context)
    try:
        seen = field_tasks.seen(actor, task_id)
    except NotFound:
        messages.info(request, _("Somebody else has this task, or it is no longer needed."))
        return redirect("field:tasks")
    context |= guide.context(actor, seen, role_here(request)) | {
        "line": seen.line,
        "seen": seen,
        "navigation": wording.navigation(seen.case),
        "seq": newest_seq(seen.case.pk),
    }
    return render(request, template, context)


def _then(request: HttpRequest, task_id: UUID, verb: Callable[[], Any]) -> HttpResponse:
    """Do it and come back to the task; what is no longer possible is said on the list."""
    try:
        verb()
    except (WrongState, NotAllowed) as refusal:
        messages.warning(request, str(refusal.message))
        if refusal.code in {"taken", "off_duty", "other_role", "recused"}:
            return redirect("field:duty" if refusal.code == "off_duty" else "field:tasks")
    return redirect("field:task", task_id)


@require_POST
@field()
def accept(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """I go."""
    return _then(request, task_id, lambda: tasks.accept(actor, task_id))


@require_POST
@field()
def decline(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """I cannot go."""
    offers.decline(actor, task_id)
    messages.info(request, _("The next person is asked."))
    return redirect("field:tasks")


@require_POST
@field()
def arrive(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """I am there."""
    return _then(request, task_id, lambda: tasks.arrive(actor, task_id))


@require_POST
@field()
def cleared(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """The vehicles are off the road."""
    case_id = tasks.held(actor, task_id).case_id
    return _then(request, task_id, lambda: clearing.clear(tasks.at_scene(actor, case_id), case_id))


@require_http_methods(["GET", "HEAD", "POST"])
@field()
def give_back(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """I cannot do it: why."""
    return _choose(
        request, actor, task_id, lambda chosen: tasks.give_back(actor, task_id, why=chosen),
        {"name": "why", "title": _("Give the task back"),
         "lead": _("It is offered to somebody else at once."),
         "button": _("Give it back"), "options": wording.whys(), "danger": True},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@field()
def finish(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """It is done: how it ended."""
    return _choose(
        request, actor, task_id, lambda chosen: tasks.finish(actor, task_id, outcome=chosen),
        {"name": "outcome", "title": _("Finish the task"),
         "lead": _("You no longer see the file after that."),
         "button": _("Finish"), "options": wording.outcomes(), "danger": False},
    )  # fmt: skip


def _choose(
    request: HttpRequest, actor: Actor, task_id: UUID, verb: Callable[[str], None], page: dict[str, Any]
) -> HttpResponse:
    """A page with one choice (`name` of the page); a bad one comes back marked."""
    name = page["name"]
    found = tasks.find(actor, task_id)
    error = ""
    if request.method == "POST":
        try:
            verb(request.POST.get(name, ""))
        except Invalid as refusal:
            error = str(refusal.fields[name])
        except WrongState as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("field:task", task_id)
        else:
            return redirect("field:tasks")
    context = surroundings(request, actor, "tasks") | page | {"error": error, "task": found}
    return render(request, "field/choose.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@field()
def stop(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Passing by, I stop for an accident nobody has reported: a case on the spot, and my task in it.

    The hidden number makes a double tap one case; it is signed by us.
    """
    if request.method == "POST":
        case_id = _case_id(request.POST.get("number", ""))
        if case_id is not None:
            try:
                return redirect("field:task", _stopped(request, actor, case_id).pk)
            except WrongState as refusal:
                messages.warning(request, str(refusal.message))
                return redirect("field:duty" if refusal.code == "off_duty" else "field:tasks")
    number = signing.dumps(new_id().hex, salt=SALT)
    context = surroundings(request, actor, "tasks") | {"number": number}
    return render(request, "field/stop.html", context, status=422 if request.method == "POST" else 200)


def _stopped(request: HttpRequest, actor: Actor, case_id: UUID) -> Task:
    tasks.on_duty(actor)
    case, _party = intake.open_case(actor, source="field", client_id=case_id)
    made = orders.stop(actor, case_id)
    point, injury = point_of(request.POST), request.POST.get("injury", "")
    told = Description(
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        accuracy_m=point.accuracy_m if point else None,
        injury=injury if injury in intake.INJURIES else None,
    )
    intake.describe(tasks.at_scene(actor, case_id), case.pk, told)
    return made


def _case_id(number: str) -> UUID | None:
    try:
        return UUID(signing.loads(number, salt=SALT, max_age=HOURS * 3600))
    except (signing.BadSignature, ValueError):
        return None
