"""A tiny house for tests of the kernel: one fact, one verb, one handler."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry

ANYONE = Actor(kind="staff", id="1", city="yancheng", grants=frozenset({"try.it"}))


@dataclass(frozen=True)
class Tried(Fact, name="try.tried"):
    """Something was tried."""

    number: int
    words: str = ""


def attempt(stream: UUID, number: int = 1, actor: Actor = ANYONE) -> Entry:
    with act(actor, "try.it", stream) as step:
        return step.record(Tried(number))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same moment, each in a thread with its own connection; results or exceptions."""
    results: list[Any] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def one(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            results[place] = call()
        except BaseException as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not [t for t in threads if t.is_alive()], "they wait for each other"
    return results
