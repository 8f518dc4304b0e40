"""Settling: what several sources said becomes one set of facts, or stays disputed and so unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from kuaichu.desks.liability.facts import AccidentFacts, Contact, VehicleFacts
from kuaichu.desks.liability.vocabulary import PLACE, Answer, Movement, UserKind, Zone


@dataclass(frozen=True, slots=True)
class Statement:
    """One answer by one source about a vehicle (its label) or about the `place`."""

    subject: str
    key: str
    value: Answer
    source: str


def gather(
    on: date,
    kinds: Mapping[str, UserKind],
    statements: Iterable[Statement],
    contacts: tuple[Contact, ...] = (),
) -> AccidentFacts:
    """Settle statements into facts: an officer outranks a register or photo, these outrank the parties.

    Among equals all who know must agree; otherwise the fact is disputed and stays unknown.
    Raises ValueError for values outside the vocabulary and for unknown subjects.
    """
    heard: dict[tuple[str, str], list[Statement]] = {}
    for one in statements:
        if one.subject not in kinds and one.subject != PLACE:
            raise ValueError("a statement names a vehicle of the accident or the place")
        if one.value is not None:
            heard.setdefault((one.subject, one.key), []).append(one)
    table: dict[str, _Settled] = {subject: _Settled() for subject in (*kinds, PLACE)}
    for (subject, key), said in heard.items():
        table[subject].settle(key, said)
    place = table[PLACE]
    return AccidentFacts(
        vehicles=tuple(table[label].vehicle(label, kind) for label, kind in kinds.items()),
        on=on,
        place=place.answers,
        contacts=contacts,
        place_sources=place.sources,
        place_disputed=frozenset(place.disputed),
    )


class _Settled:
    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.sources: dict[str, tuple[str, ...]] = {}
        self.disputed: set[str] = set()

    def settle(self, key: str, said: list[Statement]) -> None:
        best = max(_weight(one.source) for one in said)
        heaviest = [one for one in said if _weight(one.source) == best]
        self.sources[key] = tuple(sorted({one.source for one in heaviest}))
        if len({one.value for one in heaviest}) == 1:
            self.answers[key] = heaviest[0].value
        else:
            self.disputed.add(key)

    def vehicle(self, label: str, kind: UserKind) -> VehicleFacts:
        movement, zone = self.answers.pop("movement", None), self.answers.pop("zone", None)
        return VehicleFacts(
            label=label,
            kind=kind,
            movement=Movement(cast(str, movement)) if movement else None,
            zone=Zone(cast(str, zone)) if zone else None,
            answers=self.answers,
            sources=self.sources,
            disputed=frozenset(self.disputed),
        )


def _weight(source: str) -> int:
    return {"officer": 3, "register": 2, "photo": 2}.get(source.split(":", maxsplit=1)[0], 1)
