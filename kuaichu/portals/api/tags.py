"""Entity tags: 304 for what has not changed, 412 for a step decided on what is no longer so (RFC 9110)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import own_claim
from kuaichu.kernel.locks import locked
from kuaichu.kernel.refusals import Refusal
from kuaichu.queries.packet import version

HELD = "kuaichu.tag"
"""Where a view leaves the tag of what it answered, in the request's `META`."""
MOST_TAGS = 20


class Changed(Refusal):
    """What the caller has read is no longer what there is."""

    status = 412
    code = "changed"


def claim_tag(request: HttpRequest, claim_id: UUID, case_id: UUID) -> str:
    """The tag of a claim's packet as this caller reads it."""
    parts = (claim_id, version(case_id), translation.get_language(), request.get_host())
    return _quoted("\n".join(str(part) for part in parts).encode())


def _quoted(data: bytes) -> str:
    return '"' + hashlib.sha256(data).hexdigest()[:32] + '"'


def named(header: str, tag: str) -> bool:
    """Whether a condition's header names this tag, or `*`."""
    tags = [one.strip().removeprefix("W/") for one in header.split(",")[:MOST_TAGS]]
    return tag in tags or tags == ["*"]


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """The answer 304, where the caller has this version already."""
    header = request.headers.get("If-None-Match", "")
    if not header or not named(header, tag):
        return None
    answer = HttpResponse(status=304)
    answer["ETag"] = tag
    return answer


def tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its tag; 304 in its place where the caller of a GET has it already."""
    if kept := request.META.get(HELD):
        answer["ETag"] = kept
    if request.method not in ("GET", "HEAD") or answer.status_code != 200 or answer.streaming:
        return answer
    if not answer.has_header("ETag"):
        answer["ETag"] = _quoted(answer.content)
    return unchanged(request, answer["ETag"]) or answer


def under_condition(
    request: HttpRequest, actor: Any, named_ids: dict[str, Any], do: Callable[[], Any]
) -> Any:
    """`do()`, if the claim is still as the caller's `If-Match` says; the new tag is left for the answer.

    Raises Changed otherwise, and where there is no claim to compare with.
    """
    claim_id = named_ids.get("claim_id")
    header = request.headers.get("If-Match", "")
    if claim_id is None:
        if header:
            raise Changed(_("This address takes no If-Match."), code="no_condition")
        return do()
    case_id = own_claim(actor, claim_id).case_id
    if not header:
        done = do()
    else:
        with locked(case_id):  # nothing changes between the look and the step
            if not named(header, claim_tag(request, claim_id, case_id)):
                raise Changed(
                    _("The claim has changed since you read it. Read it again, then decide."), code="changed"
                )
            done = do()
    request.META[HELD] = claim_tag(request, claim_id, case_id)
    return done
