"""A repeated request gets the first answer: idempotency keys (the same key with another body is refused)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.kernel import clock
from kuaichu.kernel.locks import writing
from kuaichu.kernel.models import Answer
from kuaichu.kernel.prepared import amend, find_one, insert_new
from kuaichu.kernel.refusals import WrongState

STALE = timedelta(seconds=10)  # longer than any verb takes; a crashed request gives its key back after it


def once(
    actor: str, key: str, fingerprint: str, produce: Callable[[], tuple[int, Any]], *, together: bool = True
) -> tuple[int, Any]:
    """The answer to `key` of `actor`: produced now, or the one given before.

    `together` keeps the answer in one transaction with what was done. Not so for what commits something
    although it refuses (a wrong code is counted), or calls somebody else.
    Raises WrongState if the key was used with another request, or that request is still running.
    """
    if together:
        with writing():  # a refusal takes the key with it
            return _answered(_reserve(actor, key, fingerprint), produce)
    answer = _reserve(actor, key, fingerprint)
    try:
        return _answered(answer, produce)
    except BaseException:
        Answer.objects.filter(pk=answer.pk, status=None).delete()
        raise


def _answered(answer: Answer, produce: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
    if answer.status is not None:
        return answer.status, answer.body
    status, body = produce()
    answer.status, answer.body = status, body
    amend(answer, "status", "body")
    return status, body


def _reserve(actor: str, key: str, fingerprint: str) -> Answer:
    fresh = Answer(actor=actor, key=key, fingerprint=fingerprint, at=clock.now())
    if insert_new(fresh):
        return fresh
    before = find_one(Answer, actor=actor, key=key)
    if before is None:  # the first request has just failed and given the key back
        raise _in_progress()
    if before.fingerprint != fingerprint:
        raise WrongState(
            _("This idempotency key was used for another request. Use a new key."), code="key_reused"
        )
    if before.status is None:
        stale = Answer.objects.filter(pk=before.pk, status=None, at=before.at)
        if clock.now() - before.at < STALE or not stale.update(at=clock.now()):
            raise _in_progress()
    return before


def give_back() -> int:
    """Give back the keys of requests that died with the process (safe where there is one process only)."""
    return Answer.objects.filter(status=None).delete()[0]


def _in_progress() -> WrongState:
    return WrongState(_("The same request is being worked on. Ask again in a moment."), code="in_progress")
