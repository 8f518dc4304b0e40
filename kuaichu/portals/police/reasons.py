"""The reasons of the proposal in full, for the officer who holds the case; made to be printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.portals.police import drafting, wording
from kuaichu.portals.police.door import desk
from kuaichu.queries.officer_case import officer_case
from kuaichu.queries.proposals import explanation_of, proposal_for
from kuaichu.queries.reasons import sheet


@require_safe
@desk("liability.determine")
def reasons(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """What follows from the file and the officer's findings as they stand now, with every reason."""
    found = officer_case(actor, case_id)
    facts = drafting.draft_of(found).get("found", {})
    made = sheet(proposal_for(case_id, facts), explanation_of(case_id, facts), wording.day_of(found.case))
    return render(request, "police/reasons.html", {"case": found.case, "sheet": made})
