"""The five ways in which a verb says no.

Verbs raise them; `portals/answers.py` turns each once into a page, a fragment or an
`application/problem+json` document. Their texts are written for the person who reads them: what is
wrong and what to do next. They never carry personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A verb refused. `message` is translatable text, `code` a stable machine word."""

    status = 400
    code = "refused"

    def __init__(
        self, message: Any, *, code: str | None = None, fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(code or self.code)
        self.message = message
        self.code = code or self.code
        self.fields: dict[str, Any] = dict(fields or {})


class NotAllowed(Refusal):
    """The actor has no right to do this."""

    status = 403
    code = "not_allowed"


class NotFound(Refusal):
    """There is no such thing, or it is not yours: the two are never told apart."""

    status = 404
    code = "not_found"


class Invalid(Refusal):
    """Something entered cannot be used; `fields` names each field and what to do about it."""

    status = 422
    code = "invalid"


class WrongState(Refusal):
    """The thing is not in a state in which this can be done (any more)."""

    status = 409
    code = "wrong_state"


class Upstream(Refusal):
    """A partner's system did not answer or refused; `retry` says whether trying again can help."""

    status = 503
    code = "upstream"

    def __init__(self, message: Any, *, retry: bool = True, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry = retry
