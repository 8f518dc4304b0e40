"""At the scene besides two cars: who is not there, who has left, and that the road is clear."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from kuaichu.cases import absence, clearing
from kuaichu.portals.api.guards import PartyToken
from kuaichu.portals.api.parties.part import done, holder_of
from kuaichu.portals.api.parties.schemas import Absent, Done, Gone
from kuaichu.portals.api.repeated import repeatable

router = Router(tags=["At the scene"], auth=PartyToken())


@router.post(
    "/cases/{uuid:case_id}/clearing", response=Done, url_name="clearing", summary="The road is clear"
)
@repeatable
def clear(request: HttpRequest, case_id: UUID) -> Any:
    """Say that the vehicles are off the road; the time since the first tap is kept."""
    holder = holder_of(request, case_id)
    clearing.clear(holder.actor, case_id)
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/absence", response=Done, url_name="absence", summary="An owner is not there"
)
@repeatable
def absent(request: HttpRequest, case_id: UUID, told: Absent) -> Any:
    """A parked vehicle was hit, its owner is away: the case waits for the owner, then the police go on."""
    holder = holder_of(request, case_id)
    absence.mark_absent(holder.actor, case_id, plate=told.plate, label=told.label)
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/departure", response=Done, url_name="departure", summary="A party has left"
)
@repeatable
def gone(request: HttpRequest, case_id: UUID, told: Gone) -> Any:
    """Who left a number is waited for; else the police take the case at once."""
    holder = holder_of(request, case_id)
    absence.mark_gone(holder.actor, case_id, how=told.how, label=told.label)
    return done(holder)
