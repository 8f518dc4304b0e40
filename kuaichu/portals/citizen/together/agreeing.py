"""The point of signing: what is posted there, and what the page says about notice, code and time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kuaichu.cases import helping, signature_codes
from kuaichu.desks.liability import agreements, signing
from kuaichu.desks.liability.models import Agreement
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.people.masks import mask_phone
from kuaichu.portals.citizen.holding import Held
from kuaichu.portals.citizen.together import shared
from kuaichu.queries.both_sides import both_sides

CROSS = "M40 30L140 130M140 30L40 130"
"""The mark of a party that typed its name instead of drawing it."""


def door_of(request: HttpRequest, held: Held) -> str:
    """Which door this signature comes through: the own phone, or one that holds the other's part as well."""
    return signing.SHARED if shared.together(request, held.party) else signing.PAGE


def ask_code(request: HttpRequest, held: Held, row: Agreement) -> None:
    """Send a code to this party's phone and say so; too many are refused in a message."""
    try:
        signing.ask_code(held.actor, held.case.pk, row)
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("A code is on its way. It arrives within a minute."))


def sign(request: HttpRequest, held: Held) -> dict[str, str]:
    """Sign; what is wrong by field name. A typed name must be the party's own and is kept as a mark."""
    drawn = _path(request)
    typed = "".join(request.POST.get("signature_typed", "").split())
    name = "".join(held.party.name.split())
    if not drawn and typed and name and typed != name:
        return {"signature": _("Type your full name as on the licence.")}
    try:
        agreements.sign(
            held.actor,
            held.case.pk,
            path=drawn or (CROSS if typed else ""),
            read="read" in request.POST,
            how="drawn" if drawn else "typed",
            door=door_of(request, held),
            code=request.POST.get("code", ""),
            terms=request.POST.get("terms", ""),
        )
    except Invalid as refusal:
        return {field: str(text) for field, text in refusal.fields.items()}
    return {}


def _path(request: HttpRequest) -> str:
    """The signature drawn now, else the one that was drawn before a wrong code."""
    return (request.POST.get("signature_path", "") or request.POST.get("signature_kept", "")).strip()


def context(request: HttpRequest, held: Held, row: Agreement, errors: dict[str, str]) -> dict[str, Any]:
    """What the page shows around the signature."""
    city = held.case.city
    coded = signing.needs_code(held.actor, door_of(request, held))
    terms = signing.terms_of(row)
    open_code = signature_codes.open_signature_code(held.party.pk, terms) if coded else None
    kept = _path(request) if errors and set(errors) <= {"code", "read"} else ""
    return {
        "hands": shared.sharing(request, held.party),
        "notice": signing.notice_of(city).text,
        "terms": terms,
        "sides": both_sides(held.party, held.parties, held.vehicles),
        "no_phone": not helping.may_sign(held.party) or not held.party.phone_proven_at,
        "ask_first": coded and open_code is None,
        "coded": coded,
        "sent_to": mask_phone(open_code.phone) if open_code else "",
        "own_number": mask_phone(held.party.phone) if held.party.phone else "",
        "kept": kept if signing.PATH.match(kept) else "",
        "until": row.proposed_at + timedelta(minutes=rules(city).agreement_minutes),
    }
