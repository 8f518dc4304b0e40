"""One act, one fact: the only way in which anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kuaichu.kernel import bell, journal
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.locks import locked
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import NotAllowed, Refusal


class ActWithoutFact(RuntimeError):
    """An act ended without having recorded exactly one fact."""


class Step:
    """The act in progress."""

    def __init__(self, actor: Actor, verb: str, stream: UUID, case_id: UUID | None) -> None:
        self.actor = actor
        self.verb = verb
        self.stream = stream
        self.case_id = case_id
        self.entry: Entry | None = None
        self._settled = False

    def insist(
        self,
        condition: Any,
        message: Any,
        *,
        code: str = "",
        otherwise: Callable[..., Refusal] = NotAllowed,
        **kwargs: Any,
    ) -> None:
        """Refuse with `otherwise(message)` unless `condition` holds."""
        if not condition:
            raise otherwise(message, **({"code": code} if code else {}), **kwargs)

    def record(self, fact: Fact) -> Entry:
        """Write the fact of this act. Exactly once."""
        if self.entry is not None or self._settled:
            raise ActWithoutFact(f"{self.verb} recorded a second fact, {fact.name}")
        self.entry = journal.append(self.actor, self.stream, self.case_id, fact)
        return self.entry

    def already(self) -> None:
        """Say that this was done before and nothing new has happened (a repeated call)."""
        self._settled = True

    @property
    def done(self) -> bool:
        """Whether the act may end."""
        return self.entry is not None or self._settled


def insist_granted(actor: Actor, verb: str, case_id: UUID) -> None:
    """What `act` asks first, for costly work before it. Raises NotAllowed."""
    if actor.case_id is not None and actor.case_id != case_id:
        raise NotAllowed(_("This is another case."), code="other_case")
    if not actor.may(verb):
        raise NotAllowed(_("You are not allowed to do this."), code="not_granted")


@contextmanager
def act(actor: Actor, verb: str, case_id: UUID) -> Iterator[Step]:
    """One transaction on one case: grant checked, case locked, exactly one fact.

    Raises NotAllowed if `actor` was not granted `verb`, or is bound to another case.
    """
    insist_granted(actor, verb, case_id)
    with _act(actor, verb, case_id, case_id) as step:
        yield step


@contextmanager
def act_on(actor: Actor, verb: str, stream: UUID) -> Iterator[Step]:
    """The same for something that is no case (a person, an organisation, a message)."""
    with _act(actor, verb, stream, None) as step:
        yield step


@contextmanager
def _act(actor: Actor, verb: str, stream: UUID, case_id: UUID | None) -> Iterator[Step]:
    if not actor.may(verb):
        raise NotAllowed(_("You are not allowed to do this."), code="not_granted")
    with locked(stream):
        step = Step(actor, verb, stream, case_id)
        yield step
        if not step.done:
            raise ActWithoutFact(verb)
        if step.entry is not None:
            entry = step.entry
            # robust: what was committed has happened, whatever becomes of those who listen
            transaction.on_commit(
                lambda: bell.ring(entry.stream, entry.seq, work=entry.follows_now), robust=True
            )
