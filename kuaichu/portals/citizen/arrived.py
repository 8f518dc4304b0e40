"""What has arrived: every photograph the server has, with its hashes, and what still waits on the phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kuaichu.cases.evidence import SHOTS
from kuaichu.cases.models import Evidence
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.telling import thumb_of
from kuaichu.queries.fact_words import shot_name
from kuaichu.queries.origins import origin_words, warnings


@held_part("GET", blank=True)
def arrived(request: HttpRequest, held: Held) -> HttpResponse:
    """Own photographs, newest first; the script adds what this phone has not sent yet."""
    own = [row for row in held.photos if row.party_id == held.party.pk]
    context = {
        "held": held,
        "home_url": held.url("home"),
        "photos_url": held.url("photos"),
        "rows": [_row(held, row) for row in reversed(own)],
        "names": {shot: shot_name(shot) for shot in SHOTS},
    }
    return render(request, "citizen/arrived.html", context)


def _row(held: Held, row: Evidence) -> dict[str, Any]:
    return {
        "title": shot_name(row.shot),
        "thumb": thumb_of(row, held.party.pk),
        "large": held.url("photo", evidence_id=row.pk, size="large"),
        "taken": row.captured_at,
        "received": row.received_at,
        "kilobytes": max(1, round(row.size / 1000)),
        "sha256": row.sha256,
        "sm3": row.sm3,
        "origin": origin_words(row.source),
        "warnings": warnings(row),
    }
