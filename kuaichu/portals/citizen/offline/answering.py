"""Forms that a phone sends by script, maybe more than once: each takes effect once, and the answer is JSON.

A phone keeps every form on itself before it sends it, with a key of its own (`Idempotency-Key`). When the
answer is lost it sends the form again; an old request that arrives after a newer one must change nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Invalid
from kuaichu.kernel.repeats import once

MOST_KEY = 64


class _NotKept(Exception):
    """What a form with errors answers: the key stays free, so that it can be put right."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__("not kept")
        self.response = response


def answered(
    request: HttpRequest, party_id: UUID, produce: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer of a step's form: `{"next": address}` for a script where others are sent on by redirect.

    Errors are the page itself (422), as for everybody. With a key the form is taken once. Raises Invalid for
    an unusable key, WrongState while the same form is still being worked on.
    """
    if "application/json" not in request.headers.get("Accept", ""):
        return produce()
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return _for_script(produce())
    if len(key) > MOST_KEY:
        raise Invalid(_("The request cannot be read."), code="bad_key")
    mark = hashlib.sha256(f"{request.get_full_path()}\n".encode() + request.body).hexdigest()
    # A wrong code is counted although it is refused: its transaction must not be undone.
    together = "code" not in request.POST
    try:
        status, body = once(f"page:{party_id}", key, mark, lambda: _kept(produce()), together=together)
    except _NotKept as other:
        return other.response
    return JsonResponse(body, status=status)


def _kept(response: HttpResponseBase) -> tuple[int, Any]:
    if not 300 <= response.status_code < 400:
        raise _NotKept(response)
    return 200, {"next": response["Location"]}


def _for_script(response: HttpResponseBase) -> HttpResponseBase:
    if not 300 <= response.status_code < 400:
        return response
    answer = JsonResponse({"next": response["Location"]})
    if isinstance(response, HttpResponse):
        answer.cookies = response.cookies
    return answer
