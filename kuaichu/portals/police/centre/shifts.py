"""Shifts: the plan of the next days, and the form that adds to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kuaichu.desks.centre import shifts
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.people.posts import POSTS
from kuaichu.portals.police.door import desk, surroundings


@require_http_methods(["GET", "HEAD", "POST"])
@desk("centre.plan_shift")
def shifts_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The plan of seven days; a POST adds a shift."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _plan(request, actor)
            messages.success(request, _("Planned."))
            return redirect("police:shifts")
        except Invalid as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
    own = rules(actor.city)
    context = surroundings(request, actor, "shifts") | {
        "rows": [(shift, POSTS[shift.post].name) for shift in shifts.planned(actor.city)],
        "posts": [(code, post.name) for code, post in POSTS.items() if own.posts.get(code)],
        "bound": own.shifts,
        "errors": errors,
        "told": request.POST,
    }
    return render(request, "police/centre/shifts.html", context, status=422 if errors else 200)


def _plan(request: HttpRequest, actor: Actor) -> None:
    told = request.POST
    try:
        starts_at = datetime.fromisoformat(told.get("starts_at", "")).replace(tzinfo=clock.CHINA)
        hours = int(told.get("hours", ""))
    except ValueError as error:
        text = _("Say when it begins, and for how many hours.")
        raise Invalid(text, fields={"starts_at": text}) from error
    shifts.plan(
        actor, username=told.get("username", ""), post=told.get("post", ""), starts_at=starts_at, hours=hours
    )


@require_POST
@desk("centre.plan_shift")
def cancel(request: HttpRequest, actor: Actor, shift_id: UUID) -> HttpResponse:
    """Take a shift out of the plan."""
    shifts.cancel(actor, shift_id)
    messages.info(request, _("Taken out of the plan."))
    return redirect("police:shifts")
