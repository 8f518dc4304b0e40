"""What an officer has signed: read only, with its timeline and paper; and the photographs of own cases."""

from __future__ import annotations

from fractions import Fraction
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.cases.viewing import SIZES, viewing_copy
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.police import wording
from kuaichu.portals.police.door import READS, RULES, desk, surroundings
from kuaichu.portals.ranges import ranged
from kuaichu.queries import law_search
from kuaichu.queries.officer_case import (
    officer_case,
    paper_of,
    photo,
    photos,
    recording,
    signed_by,
    voices,
)
from kuaichu.queries.timeline import collapsed, timeline


@require_safe
@desk(*RULES)
def signed_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The cases signed by this officer, newest first."""
    context = surroundings(request, actor, "signed") | {"rows": signed_by(actor)}
    return render(request, "police/signed.html", context)


@require_safe
@desk(*READS)
def done_page(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """One signed case."""
    found = officer_case(actor, case_id)
    if not found.signed:
        return redirect("police:ruling", case_id=case_id)
    day = wording.day_of(found.case)
    context = surroundings(request, actor, "signed") | {
        "found": found,
        "photos": photos(found),
        "voices": voices(found),
        "entries": entries(case_id),
        "paper": paper_of(found),
        "may_order": actor.may("documents.order"),
        "may_correct": actor.may("liability.correct") and found.row.status == found.row.Status.SIGNED,
        "results": results(found.row),
        "rules": (found.row.proposal or {}).get("faults", []),
        "laws": [hit for cite in found.row.citations if (hit := law_search.read(cite, day))],
    }
    return render(request, "police/done.html", context)


def entries(case_id: UUID) -> list[dict[str, object]]:
    """What happened in this case, newest first, for the timeline."""
    lines = collapsed(timeline(case_id, newest_first=True))
    return [{"at": line.at, "title": line.what, "who": line.who} for line in lines]


def results(row: Determination) -> list[tuple[str, str, str, str]]:
    """Label, grade, civil share and clearing share of each party; "" while a share is open."""
    civil, clearing = row.shares or {}, row.clearing_shares or {}
    return [
        (label, wording.grade_name(Grade(grade)), _percent(civil.get(label)), _percent(clearing.get(label)))
        for label, grade in (row.grades or {}).items()
    ]


def _percent(share: str | None) -> str:
    return wording.percent(Fraction(share)) if share else ""


@require_safe
@desk("liability.determine")
def paper_file(_request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """The sealed certificate as PDF."""
    paper = paper_of(officer_case(actor, case_id))
    if paper is None or not paper.file_sha256:
        raise NotFound(_("The certificate is being made. Try again in a moment."))
    headers = {"Content-Disposition": f'attachment; filename="{paper.code}.pdf"'}
    return HttpResponse(read(paper.file_sha256), content_type="application/pdf", headers=headers)


@require_safe
@desk(*READS, touch=False)
def voice_file(request: HttpRequest, actor: Actor, case_id: UUID, recording_id: UUID) -> HttpResponse:
    """What a party said, as it arrived, in the pieces that a player asks for."""
    row = recording(actor, case_id, recording_id)
    return ranged(request, read(row.sha256), row.mime)


@require_safe
@desk(*READS, touch=False)
def photo_file(
    _request: HttpRequest, actor: Actor, case_id: UUID, evidence_id: UUID, size: str
) -> HttpResponse:
    """A viewing copy of a photograph of an own case."""
    if size not in SIZES:
        raise NotFound(_("There is no such photograph."))
    data = viewing_copy(photo(actor, case_id, evidence_id), size)
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=900"})
