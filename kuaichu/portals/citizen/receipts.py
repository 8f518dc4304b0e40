"""The evidence receipt on the phone: it appears by itself, is scanned by the other phone, and is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kuaichu.desks.documents import qr
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.plan import onward
from kuaichu.queries import receipts
from kuaichu.queries.timeline import newest_seq


@held_part("GET")
def receipt(request: HttpRequest, held: Held) -> HttpResponse:
    """The whole page, also for printing."""
    return render(request, "citizen/receipt.html", _context(held))


@held_part("GET")
def receipt_live(request: HttpRequest, held: Held) -> HttpResponse:
    """The part of the page that changes when something is sealed."""
    return render(request, "citizen/receipt_live.html", _context(held))


@held_part("GET")
def receipt_line(request: HttpRequest, held: Held) -> HttpResponse:
    """One line for other pages: whether it is sealed, and the way to the receipt."""
    return render(request, "citizen/receipt_line.html", {"held": held})


@held_part("GET")
def receipt_file(_request: HttpRequest, held: Held) -> HttpResponse:
    """The receipt as a small text file to keep or to send on; whoever has it can check it."""
    found = receipts.shown(held.actor, held.case.pk)
    if found is None:
        raise NotFound(_("Nothing is sealed yet."))
    head = _("Evidence receipt of case %(number)s, no. %(count)d, sealed %(time)s. Check it at") % {
        "number": held.case.number,
        "count": found.row.number,
        "time": f"{found.row.issued_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M:%S}",
    }
    answer = HttpResponse(
        f"# {head}\n# {check_address(_request)}\n{found.text}\n", content_type="text/plain; charset=utf-8"
    )
    name = f"receipt-{held.case.number}-{found.row.number}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def check_address(request: HttpRequest) -> str:
    """Where anybody can check a receipt."""
    return request.build_absolute_uri("/receipt")


def _context(held: Held) -> dict[str, Any]:
    found = receipts.shown(held.actor, held.case.pk)
    return {
        "held": held,
        "home_url": held.url("home"),
        "found": found,
        "codes": [mark_safe(qr.svg(frame)) for frame in found.frames] if found else [],
        "missing": receipts.waited_for(held.case, {p.shot for p in held.photos}),
        "seq": newest_seq(held.case.pk),
        "onward": onward(held, "photos"),
    }
