"""Deadlines: what ends next by law, what was called out, and the table of all periods with a calculator."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.centre import alarms
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries import deadlines
from kuaichu.queries.queue import SEES_QUEUE

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
@desk(*SEES_QUEUE)
def deadlines_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What ends next, and by `?since=2026-09-25` when each period of the law ends that started then."""
    since = _since(request.GET.get("since", ""))
    context = surroundings(request, actor, "deadlines") | {
        "rows": deadlines.ending_next(actor),
        "called": deadlines.called_out(actor),
        "may_answer": actor.may("centre.answer_alarm"),
        "table": deadlines.law_table(since),
        "since": since.astimezone(clock.CHINA).date().isoformat(),
    }
    return render(request, "police/centre/deadlines.html", context)


def _since(text: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return clock.now()
    known = FIRST_YEAR <= day.year <= LAST_YEAR
    return datetime.combine(day, time(9), clock.CHINA) if known else clock.now()


@require_POST
@desk("centre.answer_alarm")
def answer(request: HttpRequest, actor: Actor, alarm_id: UUID) -> HttpResponse:
    """Say that one has seen an alarm and sees to it."""
    alarms.answer(actor, alarm_id)
    messages.success(request, _("Noted under your name."))
    return redirect("police:deadlines")
