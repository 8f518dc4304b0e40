"""One claim: the packet, then the next step; assessed and approved in the browser."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.claims import calculations, delays, filings
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.claims.recourse import advances, refusals
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import find
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.insurer.assessing import Sheet, sheet_of, sheet_sent
from kuaichu.portals.insurer.door import adjusters, frame
from kuaichu.portals.insurer.showing import shown, shown_live
from kuaichu.portals.posting import form_of
from kuaichu.queries.money import stepping
from kuaichu.queries.packet import packet
from kuaichu.queries.risk.showing import newest_signs

FINAL = ("approved", "paid")


@require_safe
@adjusters
def page(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Everything known about the claim, and what is to be done next."""
    return show(request, actor, claim_id)


@require_safe
@adjusters
def live(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """What changes while one looks: calculation, payouts, timeline."""
    claim = _read(actor, claim_id)
    return render(request, "insurer/claim_live.html", {"claim": claim, **shown_live(claim)})


@form_of("insurer:claim", "claim_id")
@adjusters
def acknowledge(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Accept the claim under the company's own report number."""
    number = request.POST.get("report_number", "")
    try:
        filings.acknowledge(actor, claim_id, number)
    except Invalid as wrong:
        return show(
            request, actor, claim_id, status=422, report_number=number, report_error=str(wrong.message)
        )
    return back(request, claim_id, _("The claim is accepted."))


@form_of("insurer:claim", "claim_id")
@adjusters
def assess(request: HttpRequest, actor: Actor, claim_id: UUID, vehicle_id: UUID) -> HttpResponse:
    """Enter the loss of a vehicle, or add and take away rows of the form."""
    found = _read(actor, claim_id)
    asked = next((one for one in found["assess"] if one["vehicle_id"] == vehicle_id), None)
    if asked is None:
        raise NotFound(_("Your company does not assess this vehicle."))
    sheet = sheet_sent(asked, request.POST)
    if request.POST.get("do") != "enter":
        return show(request, actor, claim_id, found=found, sheet=sheet)
    try:
        filings.assess(actor, claim_id, vehicle_id, sheet.loss(), may={vehicle_id})
    except Invalid as wrong:
        sheet.error = " ".join(str(text) for text in wrong.fields.values()) or str(wrong.message)
        return show(request, actor, claim_id, status=422, found=found, sheet=sheet)
    return back(request, claim_id, _("The assessment is entered."))


@form_of("insurer:claim", "claim_id")
@adjusters
def approve(request: HttpRequest, actor: Actor, claim_id: UUID) -> HttpResponse:
    """Approve the company's payouts of the calculation that was shown."""
    try:
        wanted = UUID(request.POST.get("calculation_id", ""))
    except ValueError:
        raise Invalid(_("There is a newer calculation. Look at it and approve that one.")) from None
    calculations.approve(actor, claim_id, wanted)
    return back(request, claim_id, _("The payout is approved."))


def back(request: HttpRequest, claim_id: UUID, told: str) -> HttpResponse:
    """To the claim's page with a word that it was done."""
    messages.success(request, told)
    return redirect("insurer:claim", claim_id)


def _read(actor: Actor, claim_id: UUID) -> dict[str, Any]:
    """The packet; files open in pages of this desk."""
    return packet(actor, claim_id, lambda kind, key: reverse(f"insurer:{kind}", args=[claim_id, key]))


def show(
    request: HttpRequest,
    actor: Actor,
    claim_id: UUID,
    *,
    status: int = 200,
    found: dict[str, Any] | None = None,
    sheet: Sheet | None = None,
    **more: str,
) -> HttpResponse:
    """The whole page of a claim; `more` are texts of forms that were refused."""
    claim = found or _read(actor, claim_id)
    reasons = [(code, words()) for code, words in delays.REASONS.items()]
    sheets = _sheets(request, claim, sheet)
    context = frame(
        request,
        claim=claim,
        sheets=sheets,
        delay_reasons=reasons,
        **shown(claim),
        **_deciding(actor, claim_id),
        **more,
    )
    return render(request, "insurer/claim.html", context, status=status)


def _deciding(actor: Actor, claim_id: UUID) -> dict[str, Any]:
    """What else may be decided on the claim: refuse, pay first; and the refusal that stands."""
    claim = filings.own_claim(actor, claim_id)
    standing = [one for one in refusals.refusals(claim.case_id) if one.claim_id == claim_id]
    return {
        "looked_at": newest_signs(claim.case),
        "offers": stepping.offers(actor, claim),
        "step_in_reasons": [(code, words()) for code, words in advances.REASONS.items()],
        "grounds": [(code, words()) for code, words in refusals.GROUNDS.items()],
        "refusal": next(
            (
                {"ground_words": refusals.GROUNDS[one.ground](), "reasons": one.reasons, "at": one.at}
                for one in standing
            ),
            None,
        ),
    }


def _sheets(request: HttpRequest, claim: dict[str, Any], sent: Sheet | None) -> list[Sheet]:
    """The forms of the vehicles this company assesses; a supplement once somebody's payout was approved."""
    late = any(one.status in FINAL for one in find(Claim, case_id=claim["case_id"]))
    person: Any = request.user
    known = {row["vehicle_id"]: row for row in claim["assessments"]}
    made = []
    for asked in claim["assess"]:
        if sent is not None and sent.vehicle_id == asked["vehicle_id"]:
            made.append(sent)
        else:
            made.append(
                sheet_of(asked, known.get(asked["vehicle_id"]), person.display_name or person.username)
            )
    for one in made:
        one.late = late
    return made
