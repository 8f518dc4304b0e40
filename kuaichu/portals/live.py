"""Who may listen to which stream. The hub rings; this only answers the stream's name or a refusal."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from kuaichu.desks.claims.models import Claim
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals import sessions


def case_stream(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A case's stream, for its parties, who helps or decides, and the insurers that have a claim on it."""
    if any(part.case_id == case_id for part in sessions.own_parts(request)) or _staff_may(request, case_id):
        return HttpResponse(str(case_id))
    raise NotFound(_("There is no such case, or it is not yours."))


def _staff_may(request: HttpRequest, case_id: UUID) -> bool:
    if not request.user.is_authenticated:
        return False
    actor = sessions.staff_here(request)
    if Task.objects.filter(case_id=case_id, city=actor.city, account_id=UUID(actor.id)).exists():
        return True
    if actor.insurer:
        return Claim.objects.filter(case_id=case_id, insurer=actor.insurer, city=actor.city).exists()
    return Determination.objects.filter(case_id=case_id, city=actor.city).exists()


def work_stream(request: HttpRequest) -> HttpResponse:
    """Everything that happens, as mere rings, for staff who look at a queue or a work list."""
    sessions.staff_here(request)
    return HttpResponse("*")


urlpatterns = [
    path("case/<uuid:case_id>", case_stream, name="case"),
    path("work", work_stream, name="work"),
]
app_name = "live"
