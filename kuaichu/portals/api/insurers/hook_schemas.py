"""What is told about a company's webhook and its feed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kuaichu.desks.notify.hooks import LONGEST_OVERLAP
from kuaichu.portals.api.insurers.schemas import Told
from kuaichu.portals.api.moments import Moment


class NewSecret(Told):
    """A secret the company has made: `whsec_` and 24 to 64 random bytes in base64."""

    secret: str = Field(max_length=120, examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="])
    overlap_hours: int = Field(
        24, ge=0, le=LONGEST_OVERLAP, description="for how long messages are signed with the old one too"
    )


class Again(Told):
    """The span of time whose messages are wanted again, by the time at which they were taken."""

    since: Moment = Field(examples=["2026-11-21T08:00:00+08:00"])
    before: Moment = Field(examples=["2026-11-21T12:00:00+08:00"])


class HookState(Schema):
    """Where messages go, and until when an older secret holds (null: only the newest does)."""

    url: str
    old_secret_until: datetime | None


class AgainState(Schema):
    """How many messages are sent again now."""

    messages: int


class HookMessage(Schema):
    """A message the webhook has taken; `id` is its `webhook-id`."""

    id: str
    type: str
    taken_at: datetime
    case_id: UUID | None


class HookMessages(Schema):
    """A page of messages, oldest first; `next` is the cursor of the page after it, null at the end."""

    messages: list[HookMessage]
    next: str | None


class EventOut(Schema):
    """One event; the same `id` may come again and is then to be forgotten."""

    sequence: int = Field(description="its number in the company's feed: 1, 2, 3 … without a gap")
    id: UUID
    type: str
    at: datetime
    claim_id: UUID
    case_number: str
    data: dict[str, Any]


class EventPage(Schema):
    """Events after the cursor; go on from `cursor`, at once while `more`."""

    events: list[EventOut]
    cursor: str
    newest: int = Field(description="the number of the newest event there is")
    more: bool
