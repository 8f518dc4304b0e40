"""What a party applies for besides the way: fast handling of an injury case, another officer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router

from kuaichu.desks.liability.approvals import fast_tracks, recusals
from kuaichu.portals.api.guards import PartyToken
from kuaichu.portals.api.parties.part import done, holder_of
from kuaichu.portals.api.parties.schemas import Done, Told
from kuaichu.portals.api.repeated import repeatable

router = Router(tags=["Decision and money"], auth=PartyToken())


class FastTrack(Told):
    """The written application of one party; it counts when all parties have applied."""

    undisputed: bool = Field(description="This party does not dispute what happened and why")


class Recusal(Told):
    """Why the officer should step aside: kin, interest, other; and which relation it is."""

    ground: str = Field(max_length=12, examples=["kin"])
    words: str = Field(max_length=2000)


@router.put(
    "/cases/{uuid:case_id}/fast-track",
    response=Done,
    url_name="fast-track",
    summary="Apply for fast handling of an injury case",
)
@repeatable
def apply_fast(request: HttpRequest, case_id: UUID, told: FastTrack) -> Any:
    """All parties must apply; an officer then decides within five working days, if the head approves."""
    holder = holder_of(request, case_id)
    fast_tracks.apply(holder.actor, case_id, undisputed=told.undisputed)
    return done(holder)


@router.delete(
    "/cases/{uuid:case_id}/fast-track",
    response=Done,
    url_name="fast-track",
    summary="Take the application for fast handling back",
)
@repeatable
def take_fast_back(request: HttpRequest, case_id: UUID) -> Any:
    """The general procedure goes on."""
    holder = holder_of(request, case_id)
    fast_tracks.take_back(holder.actor, case_id)
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/recusal",
    response=Done,
    url_name="recusal",
    summary="Ask for another officer",
)
@repeatable
def ask_recusal(request: HttpRequest, case_id: UUID, told: Recusal) -> Any:
    """The head of the unit decides within two working days; until then the officer goes on."""
    holder = holder_of(request, case_id)
    recusals.ask(holder.actor, case_id, ground=told.ground, words=told.words)
    return done(holder)
