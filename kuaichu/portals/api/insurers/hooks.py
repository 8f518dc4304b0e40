"""A company's webhook: its state, a new secret, what was taken, and that again."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.params.functions import Query

from kuaichu.desks.notify import hooks
from kuaichu.portals.api.cursors import LONGEST, id_of, sealed
from kuaichu.portals.api.guards import ClaimsToken
from kuaichu.portals.api.insurers.claims import insurer_of
from kuaichu.portals.api.insurers.hook_schemas import Again, AgainState, HookMessages, HookState, NewSecret
from kuaichu.portals.api.repeated import repeatable

CURSOR = "messages"
router = Router(tags=["Insurers"], auth=ClaimsToken())


@router.get("/webhook", response=HookState, url_name="claim-webhook", summary="Where messages go")
def webhook(request: HttpRequest) -> Any:
    """The address of the company's webhook, set by the city, and whether two secrets hold."""
    return _state(request)


@router.put(
    "/webhook/secret", response=HookState, url_name="claim-webhook-secret", summary="Replace the secret"
)
@repeatable
def replace_secret(request: HttpRequest, told: NewSecret) -> Any:
    """Messages are signed with the new secret at once and, for `overlap_hours`, with the old one too: both
    signatures stand in `webhook-signature`. The same secret again changes nothing.
    """
    hooks.replace_secret(insurer_of(request), told.secret, told.overlap_hours)
    return _state(request)


@router.get(
    "/webhook/messages", response=HookMessages, url_name="claim-webhook-messages", summary="Messages taken"
)
def list_messages(
    request: HttpRequest,
    after: Annotated[str, Query(description="the `next` of the page before", max_length=LONGEST)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """What the company's webhook has answered with 2xx, oldest first."""
    actor = insurer_of(request)
    found = hooks.taken(actor.city, actor.insurer, id_of(CURSOR, after), limit + 1)
    shown = [
        {"id": row.key, "type": row.kind, "taken_at": row.sent_at, "case_id": row.case_id}
        for row in found[:limit]
    ]
    return {"messages": shown, "next": sealed(CURSOR, found[limit - 1].pk) if len(found) > limit else None}


@router.post(
    "/webhook/replays", response={202: AgainState}, url_name="claim-webhook-replays", summary="Send again"
)
@repeatable
def send_again(request: HttpRequest, told: Again) -> Any:
    """The messages taken in this span come again, each under its own `webhook-id`; at most 500 at a time.
    Those that were never taken need not be asked for: the city tries them again by itself.
    """
    return Status(202, {"messages": hooks.send_again(insurer_of(request), told.since, told.before)})


def _state(request: HttpRequest) -> dict[str, Any]:
    actor = insurer_of(request)
    home = hooks.home_of(actor)
    until = hooks.overlaps(actor)
    return {"url": home.webhook_url, "old_secret_until": until[0] if until else None}
