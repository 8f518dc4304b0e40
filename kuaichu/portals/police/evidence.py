"""One photograph in the large: making, hashes, custody, likeness, and what is blurred for others."""

from __future__ import annotations

import mimetypes
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.cases import redactions
from kuaichu.cases.redactions import Area
from kuaichu.cases.shared_copies import shared_copy
from kuaichu.cases.viewing import viewing_copy
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries import evidence_record, officer_case

SVG = 1000
"""The drawing over the picture has so many units each way."""


@require_safe
@desk("liability.determine")
def evidence_page(request: HttpRequest, actor: Actor, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Everything about one photograph."""
    record = evidence_record.evidence_record(actor, case_id, evidence_id)
    context = surroundings(request, actor, "queue") | {
        "record": record,
        "found": record.found,
        "areas": [_drawn(area) for area in record.areas],
        "exif": sorted((key, value) for key, value in record.photo.row.exif.items() if value),
        "device": sorted((key, value) for key, value in record.photo.row.device.items() if value),
        "purposes": [(code, _purpose(code)) for code in evidence_record.PURPOSES],
    }
    return render(request, "police/evidence.html", context)


def _drawn(area: Area) -> dict[str, object]:
    names = {redactions.FACE: _("face"), redactions.PLATE: _("plate"), redactions.DRAWN: _("drawn by hand")}
    return {
        "name": " ".join(filter(None, (names[area.kind], area.text))),
        "value": f"{area.x:.4f},{area.y:.4f},{area.w:.4f},{area.h:.4f},{area.kind},{area.text}",
        **{side: round(getattr(area, side) * SVG) for side in "xywh"},
    }  # fmt: skip


def _purpose(code: str) -> str:
    return {
        "determination": _("to determine liability"),
        "review": _("for a review"),
        "court": _("for a court"),
        "fraud_check": _("to look into a suspicion"),
    }[code]


@require_POST
@desk("cases.redact")
def correct_areas(request: HttpRequest, actor: Actor, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Take areas away (their tick is gone) and add one by figures, or several drawn on the picture."""
    officer_case.photo(actor, case_id, evidence_id)
    try:
        areas = [_area(text) for text in request.POST.getlist("area")] + _typed(request)
        redactions.correct(actor, case_id, evidence_id, areas)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Kept. Others now get copies with these areas blurred."))
    return redirect("police:evidence", case_id, evidence_id)


def _area(text: str) -> Area:
    parts = text.split(",", 5)
    try:
        x, y, w, h = (float(one) for one in parts[:4])
    except ValueError:
        raise _unreadable() from None
    kind = parts[4] if len(parts) > 4 and parts[4] in redactions.KINDS else redactions.DRAWN
    return Area(x, y, w, h, kind, parts[5][:16] if len(parts) > 5 else "")


def _typed(request: HttpRequest) -> list[Area]:
    """One more area in per cent, for those who cannot draw."""
    told = [request.POST.get(name, "").strip() for name in ("left", "top", "width", "height")]
    if not any(told):
        return []
    return [_area(",".join(str(_percent(one)) for one in told))]


def _percent(text: str) -> float:
    try:
        return float(text) / 100
    except ValueError:
        raise _unreadable() from None


def _unreadable() -> Invalid:
    text = _("These are no figures of an area.")
    return Invalid(text, fields={"areas": text})


@require_POST
@desk("liability.determine")
def original(request: HttpRequest, actor: Actor, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """The original as a file, for a purpose that is noted in the custody record and shown to the parties."""
    purpose = request.POST.get("purpose", "")
    row, data = evidence_record.original(actor, case_id, evidence_id, purpose)
    ending = mimetypes.guess_extension(row.mime) or ".bin"
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{row.pk}{ending}"'
    answer["X-Content-SHA256"] = row.sha256
    return answer


@require_safe
@desk("liability.determine", touch=False)
def shared(_request: HttpRequest, actor: Actor, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """The copy as others see it now."""
    data = shared_copy(officer_case.photo(actor, case_id, evidence_id), "large")
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@require_safe
@desk("liability.determine", touch=False)
def like(_request: HttpRequest, actor: Actor, case_id: UUID, likeness_id: UUID) -> HttpResponse:
    """A copy of the photograph of an earlier case, to be held beside this one."""
    row = evidence_record.like_photo(actor, case_id, likeness_id)
    return HttpResponse(
        viewing_copy(row, "large"),
        content_type="image/jpeg",
        headers={"Cache-Control": "private, max-age=900"},
    )
