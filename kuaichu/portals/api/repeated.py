"""Idempotency keys: a repeated POST, PUT or PATCH gets the answer that the first one got."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status

from kuaichu.kernel import canonical
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.kernel.repeats import once
from kuaichu.portals.api.tags import under_condition

MOST_KEY = 200


def once_by_key(
    request: HttpRequest, actor: Actor, produce: Callable[[], Any], *, together: bool = True
) -> tuple[int, Any]:
    """Status and body of `produce()`, or those given before to the same key of the same actor.

    Nothing secret may be in the body: it is kept. A refusal is not kept, so that it can be put right.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return _split(produce())
    mark = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).hexdigest()
    return once(f"{actor.kind}:{actor.id}", key, mark, lambda: _plain(_split(produce())), together=together)


def insist_short(request: HttpRequest) -> None:
    """Refuse a key that is too long, also where an operation is the same however often it is called."""
    if len(request.headers.get("Idempotency-Key", "")) > MOST_KEY:
        text = _("An idempotency key has at most 200 characters.")
        raise Invalid(text, fields={"Idempotency-Key": text})


def _split(result: Any) -> tuple[int, Any]:
    return (result.status_code, result.value) if isinstance(result, Status) else (200, result)


def _plain(answer: tuple[int, Any]) -> tuple[int, Any]:
    return answer[0], canonical.plain(answer[1])


def repeatable(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer a repeated call of `view` once; its `request.auth` is an actor or holds one."""

    @wraps(view)
    def repeat(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        auth: Any = request.auth  # type: ignore[attr-defined]
        actor: Actor = getattr(auth, "actor", auth)
        step = partial(view, request, *args, **kwargs)
        status, body = once_by_key(request, actor, lambda: under_condition(request, actor, kwargs, step))
        return Status(status, body)

    repeat.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return repeat
