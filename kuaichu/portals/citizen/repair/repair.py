"""Where the vehicle is repaired, what was approved, who refused and why, and asking to be paid first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.models import Calculation, Claim, RepairChoice, StepInWish
from kuaichu.desks.claims.recourse import advances, own_side, refusals
from kuaichu.desks.claims.recourse.waivers import waivers
from kuaichu.desks.claims.repair import shops
from kuaichu.kernel.prepared import find, find_one
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.queries.claim_words import insurer_names
from kuaichu.queries.losses import homes
from kuaichu.queries.money import own_side as own_side_here
from kuaichu.queries.money import repairing


@held_part("GET", "POST")
def repair(request: HttpRequest, held: Held) -> HttpResponse:
    """The page; `do=choose` chooses a shop, `do=ask` asks the own insurer to pay first."""
    error = ""
    if request.method == "POST":
        try:
            messages.success(request, _sent(request, held))
            return redirect(held.url("repair"))
        except Invalid as refusal:
            error = " ".join(str(words) for words in refusal.fields.values()) or str(refusal.message)
    return render(request, "citizen/repair/repair.html", _context(held, error), status=422 if error else 200)


def _sent(request: HttpRequest, held: Held) -> str:
    told = request.POST
    if told.get("do") == "ask":
        home = homes(held.case.pk).get(held.party.label, "")
        advances.ask(
            held.actor, held.case.pk, label=held.party.label, home=home,
            waived_nothing=told.get("waived_nothing") == "yes",
        )  # fmt: skip
        return _("Your insurer has been asked.")
    if told.get("do") == "own-side":
        own_side.wish(
            held.actor, held.case.pk, label=held.party.label, lawful=own_side_here.lawful(held.case),
            parties=len(held.parties),
        )  # fmt: skip
        return _("Noted. It counts when everybody wants it.")
    code = told.get("code", "")[:40]
    name = "" if code else told.get("name", "")[:120]
    shops.choose(held.actor, held.case.pk, code=code, name=name)
    return _("Chosen. Give the shop its link.")


def _context(held: Held, error: str) -> dict[str, Any]:
    choice = find_one(RepairChoice, vehicle_id=held.vehicle.pk)
    own_home = homes(held.case.pk).get(held.party.label, "")
    claims = find(Claim, case_id=held.case.pk)
    refused = refusals.refusals(held.case.pk)
    names = insurer_names(row.claim.insurer for row in refused)
    link = settings.BASE_URL + reverse("shop:draft", args=[shops.token_of(choice)]) if choice else ""
    interests = insurer_names(one.shop.interest for one in shops.listed(held.case))
    return {
        "held": held,
        "home_url": held.url("home"),
        "error": error,
        "loss": newest_assessments(held.case.pk).get(held.vehicle.pk),
        "draft": next(iter(repairing.drafts([held.vehicle])), None),
        "choice": choice,
        "link": link,
        "listed": [
            {"shop": one.shop, "km": one.km, "interest": interests.get(one.shop.interest, "")}
            for one in shops.listed(held.case)
        ],
        "refused": [
            {
                "who": names.get(r.claim.insurer, ""),
                "ground": refusals.GROUNDS[r.ground](),
                "reasons": r.reasons,
            }
            for r in refused
        ],
        "instances": refusals.next_instances(),
        "asked": find_one(StepInWish, case_id=held.case.pk, label=held.party.label),
        "may_ask": any(claim.insurer == own_home for claim in claims),
        "own_side": own_side_here.lawful(held.case) and not find(Calculation, case_id=held.case.pk),
        "wished": own_side.wishes(held.case.pk),
        "waivers": waivers(str(held.party.statement.get("words", ""))),
    }
