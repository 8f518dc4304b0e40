"""Small forms that a phone may have kept for hours and sends maybe twice: each takes effect once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.kernel.repeats import once

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
MOST_KEY = 64


class _NotKept(Exception):
    """What a form with errors answers: its key stays free, so that it can be put right."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__("not kept")
        self.response = response


def kept(view: View[P]) -> View[P]:
    """Answer a script with `{"next": address}` where others are sent on; with `Idempotency-Key` once.

    An old form that arrives after a newer one therefore changes nothing. `by` in it is the account that was
    signed in when it was filled in. Raises Invalid for an unusable key, WrongState for another one's form.
    """

    @wraps(view)
    def inner(request: HttpRequest, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if "application/json" not in request.headers.get("Accept", ""):
            return view(request, actor, *args, **kwargs)
        key = request.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= MOST_KEY:
            raise Invalid(_("The request cannot be read."), code="bad_key")
        mark = hashlib.sha256(f"{request.get_full_path()}\n".encode() + request.body).hexdigest()
        if request.POST.get("by", actor.id) != actor.id:
            raise WrongState(
                _("Somebody else noted this. It is sent when that one is back."), code="other_person"
            )
        try:
            status, body = once(
                f"field:{actor.id}", key, mark, lambda: _plain(view(request, actor, *args, **kwargs))
            )
        except _NotKept as other:
            return other.response
        return JsonResponse(body, status=status)

    return inner


def _plain(response: HttpResponse) -> tuple[int, Any]:
    if not 300 <= response.status_code < 400:
        raise _NotKept(response)
    return 200, {"next": response["Location"]}
