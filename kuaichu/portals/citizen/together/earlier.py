"""What this phone knows from earlier: the vehicles of its own reports, one tap away, forgotten on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kuaichu.cases.models import Party, Vehicle
from kuaichu.portals import sessions
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part

COOKIE: Final = "kuaichu_forgotten"
SALT: Final = "kuaichu.forgotten"
MOST: Final = 3
OFFERED: Final = {value for value, _label in words.PLATE_KINDS}


@dataclass(frozen=True, slots=True)
class Known:
    """A vehicle of an earlier report of this phone."""

    party_id: UUID
    plate: str
    plate_kind: str
    kind: str
    used_at: datetime


def vehicles(request: HttpRequest, held: Held) -> list[Known]:
    """The vehicles of this browser's earlier parts, newest first, each plate once.

    Only parts whose phone was proven here; on a phone that two parties shared only those of the same number.
    Nothing comes from other browsers: who holds the cookie has proven the phone before.
    """
    if held.blank or held.vehicle.plate:
        return []
    parts = sessions.own_parts(request)
    gone = _forgotten(request)
    mine = [one for one in parts if _own(one, held, parts) and str(one.pk) not in gone]
    rows = {row.party_id: row for row in Vehicle.objects.filter(party__in=[one.pk for one in mine])}
    found: dict[str, Known] = {}
    for one in mine:
        row = rows.get(one.pk)
        if row is not None and row.plate and row.plate not in found:
            kind = row.plate_kind if row.plate_kind in OFFERED else ""
            found[row.plate] = Known(one.pk, row.plate, kind, row.kind, one.case.happened_at)
    return list(found.values())[:MOST]


def _own(part: Party, held: Held, parts: list[Party]) -> bool:
    if part.case_id == held.case.pk or part.phone_proven_at is None:
        return False
    shared = sum(one.case_id == part.case_id for one in parts) > 1
    guest = any(one.case_id == held.case.pk and one.pk != held.party.pk for one in parts)
    return bool(held.party.phone) and part.phone == held.party.phone if shared or guest else True


def _forgotten(request: HttpRequest) -> list[str]:
    try:
        kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=sessions.AGE) or ""
    except signing.BadSignature:
        kept = ""
    return kept.split()


@held_part("POST")
def forget(request: HttpRequest, held: Held) -> HttpResponse:
    """Offer the vehicle of this earlier part no more."""
    response = redirect(held.url("vehicle"))
    gone = [*_forgotten(request), str(request.POST.get("part", ""))[:36]][-sessions.MOST_PARTS :]
    response.set_signed_cookie(
        COOKIE,
        " ".join(gone),
        salt=SALT,
        max_age=sessions.AGE,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response
