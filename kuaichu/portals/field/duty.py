"""Going on and off duty, and telling the position meanwhile."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kuaichu.desks.dispatch import duties
from kuaichu.desks.dispatch.duties import Point
from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.portals.field.door import field, role_here, surroundings

MOST_BYTES = 64 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@field()
def duty(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Start or end the duty."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _end(request, actor) if "end" in request.POST else _start(request, actor)
        except Invalid as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
        except WrongState as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("field:tasks")
    context = surroundings(request, actor, "duty") | {
        "errors": errors,
        "told": request.POST,
        "days": rules(actor.city).trail_days,
        "hours": rules(actor.city).duty_hours,
        "certified": duties.certified(actor.id, role_here(request), actor.city),
    }
    return render(request, "field/duty.html", context, status=422 if errors else 200)


def _start(request: HttpRequest, actor: Actor) -> HttpResponse:
    told = request.POST
    duties.start_duty(
        actor,
        consent="consent" in told,
        unit=told.get("unit", ""),
        phone=told.get("phone", ""),
        point=point_of(told),
    )
    messages.success(request, _("You are on duty. Keep this page open, or come back to it."))
    return redirect("field:tasks")


def _end(request: HttpRequest, actor: Actor) -> HttpResponse:
    duties.end_duty(actor)
    messages.info(request, _("You are off duty. Your position is no longer told."))
    return redirect("field:duty")


def point_of(told: Any) -> Point | None:
    """The position that a form brought, now; None where there is none that can be one."""
    try:
        found = Point(
            lat=float(told.get("lat", "")),
            lon=float(told.get("lon", "")),
            at=clock.now(),
            accuracy_m=float(told.get("accuracy") or 0) or None,
        )
    except ValueError:
        return None
    return found if found.good else None


@require_POST
@field(touch=False)
def position(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a batch of positions: `{"points": [{"lat", "lon", "at", "accuracy"}]}`; 409 off duty.

    The same batch may come twice. It does not count as work, so that a phone left alone is signed out.
    """
    if not duties.tell_positions(actor, _points(request.body)):
        return JsonResponse({"on_duty": False}, status=409)
    return JsonResponse({"on_duty": True})


def _points(body: bytes) -> list[Point]:
    """The points that can be read; whatever is not one is left out."""
    try:
        told = json.loads(body[: MOST_BYTES + 1]) if len(body) <= MOST_BYTES else {}
    except (ValueError, RecursionError):
        return []
    found = told.get("points") if isinstance(told, dict) else None
    rows = found if isinstance(found, list) else []
    return [point for row in rows if isinstance(row, dict) and (point := _point(row)) is not None]


def _point(row: dict[str, Any]) -> Point | None:
    try:
        accuracy = row.get("accuracy")
        return Point(
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            at=datetime.fromisoformat(str(row["at"])),
            accuracy_m=None if accuracy is None else float(accuracy),
        )
    except (KeyError, TypeError, ValueError):
        return None
