"""Deciding on the spot: the patrol officer takes the case, and rules on the officers' page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kuaichu.desks.dispatch import tasks
from kuaichu.desks.liability import on_site
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed, WrongState
from kuaichu.portals.field.door import field
from kuaichu.portals.posting import form_of
from kuaichu.queries.proposals import proposal_for


@form_of("field:task", "task_id")
@field()
def decide(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """Take the case at its scene; what stands against it is said on the task's page."""
    case_id = tasks.held(actor, task_id).case_id
    there = tasks.at_scene(actor, case_id)
    try:
        on_site.take_on_site(there, case_id, proposal_for(case_id))
    except (NotAllowed, WrongState) as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("field:task", task_id)
    return redirect("police:ruling", case_id)
