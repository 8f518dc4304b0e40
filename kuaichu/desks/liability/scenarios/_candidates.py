"""Which scenarios can fit two road users at all, by their kinds and movements: the others need not be asked.

A rule is asked of an outline: two road users of whom only kind and movement are known, hit from before and
behind, with everything else open. What is no even then is no whatever else becomes known: rules read facts
only through the conditions of `Pair`, and a test compares with asking all of them. The answers are kept, so
that a rule which cannot fit is asked once in the life of a process and not at every contact.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from ..facts import AccidentFacts, Contact, VehicleFacts
from ..vocabulary import Answer, Movement, UserKind, Zone
from . import ALL
from ._logic import Finding, judge
from ._pair import Pair
from ._scenario import EXAMPLE_DAY, Scenario, Scope

Seen = tuple[UserKind, Movement | None]
_CHAIN = ("before", "actor", "other", "behind")


class _Outline(Pair):
    """A pair of which nothing is known but kinds and movements; what nobody stated is open, not absent."""

    def known(self, who: VehicleFacts, key: str, *values: Answer) -> Finding:
        answer = who.movement if key == "movement" else None
        return judge(f"{who.label}.{key}", answer, values or (True,))

    def said(self, who: VehicleFacts, key: str, *values: Answer) -> Finding:
        return self.known(who, key, *values)

    def place(self, key: str, *values: Answer) -> Finding:
        return judge(f"place.{key}", None, values)

    def place_said(self, key: str, *values: Answer) -> Finding:
        return self.place(key, *values)

    def front_met(self) -> Finding:
        return judge("actor.zone", None, ())

    def zone(self, who: VehicleFacts) -> Zone | None:  # noqa: ARG002
        return None


def candidates(
    pair: Pair, off: frozenset[str], illegal_stop: str, on: date
) -> Iterator[tuple[Scenario, Pair]]:
    """The scenarios in force that can fit either of both, in the order of the table, with the pair to ask."""
    fitting = [(_fitting(*_seen(p.actor), *_seen(p.other)), p) for p in (pair, pair.turned())]
    for scenario in _live(off, illegal_stop, bool(pair.contact.via), on):
        yield from ((scenario, p) for codes, p in fitting if scenario.code in codes)


def forget() -> None:
    """Drop what is kept, when the table of scenarios was replaced."""
    _live.cache_clear()
    _fitting.cache_clear()


def _seen(one: VehicleFacts) -> Seen:
    movement = one.answer("movement")
    return one.kind, None if movement is None else Movement(str(movement))


@lru_cache(256)
def _live(off: frozenset[str], illegal_stop: str, pushed: bool, on: date) -> tuple[Scenario, ...]:
    return tuple(
        one
        for code, one in ALL.items()
        if one.scope is Scope.CONTACT
        and one.valid_from <= on
        and code not in off
        and (code != "PK-05" or illegal_stop == code)
        and (code == "RE-03") == pushed
    )


@cache
def _fitting(
    kind: UserKind, movement: Movement | None, other_kind: UserKind, other_movement: Movement | None
) -> frozenset[str]:
    actor, other = VehicleFacts("actor", kind, movement), VehicleFacts("other", other_kind, other_movement)
    ends = [VehicleFacts(label) for label in ("before", "behind")]
    contacts = tuple(Contact(one, two, Zone.FRONT, Zone.REAR) for one, two in pairwise(_CHAIN))
    facts = AccidentFacts((ends[0], actor, other, ends[1]), EXAMPLE_DAY, contacts=contacts)
    met = Contact("actor", "other", None, None)
    pushed = Contact("actor", "other", None, None, ("before",))
    outlines = [_Outline(facts, actor, other, one) for one in (met, pushed)]
    return frozenset(
        code
        for code, one in ALL.items()
        if one.scope is Scope.CONTACT and not all(one.rule(p).no for p in outlines)
    )
