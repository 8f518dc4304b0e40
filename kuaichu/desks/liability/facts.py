"""What is known about a collision: frozen facts in the words of the `vocabulary`, and their JSON form.

Unknown is None, never a guess. Pure: no database, clock or settings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from .vocabulary import PLACE, Answer, Json, Movement, UserKind, Zone


@dataclass(frozen=True, slots=True)
class VehicleFacts:
    """One road user: `answers` by fact key, `sources` who said so (party:A, officer, register, photo:…).

    A relation in an accident of three or more may be given for one counterpart only: `key@LABEL`.
    Keys in `disputed` were answered in contradicting ways and count as unknown.
    """

    label: str
    kind: UserKind = UserKind.MV
    movement: Movement | None = None
    zone: Zone | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()

    def answer(self, key: str, other: str = "") -> Answer:
        """Return the settled answer, None while unknown or disputed."""
        if key in self.disputed:
            return None
        if key == "movement":
            return self.movement
        if key == "zone":
            return self.zone
        return self.answers.get(f"{key}@{other}", self.answers.get(key))


@dataclass(frozen=True, slots=True)
class Contact:
    """Two road users touched; `via` names those pushed in between, nearest to `first` first."""

    first: str
    second: str
    first_zone: Zone | None
    second_zone: Zone | None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccidentFacts:
    """All that is known of one accident on one day."""

    vehicles: tuple[VehicleFacts, ...]
    on: date
    place: Mapping[str, Answer] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    place_sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place_disputed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse doubled labels and contacts of strangers (ValueError)."""
        labels = [one.label for one in self.vehicles]
        if len(set(labels)) != len(labels) or PLACE in labels:
            raise ValueError("every vehicle needs a label of its own")
        if any({c.first, c.second, *c.via} - set(labels) or c.first == c.second for c in self.contacts):
            raise ValueError("a contact names vehicles of the accident")

    def vehicle(self, label: str) -> VehicleFacts:
        """Return the road user of that label. Raises KeyError."""
        return next((one for one in self.vehicles if one.label == label), None) or _missing(label)

    def place_answer(self, key: str) -> Answer:
        """Return the settled answer about the place, None while unknown or disputed."""
        return None if key in self.place_disputed else self.place.get(key)

    def answer(self, ref: str) -> Answer:
        """Return the answer of a reference such as `A.signal` or `place.control`."""
        subject, key = ref.split(".", 1)
        return self.place_answer(key) if subject == PLACE else self.vehicle(subject).answer(key)

    def disputed(self) -> frozenset[str]:
        """References of all contradicting answers."""
        own = {f"{one.label}.{key}" for one in self.vehicles for key in one.disputed}
        return frozenset(own | {f"{PLACE}.{key}" for key in self.place_disputed})

    def source(self, ref: str) -> tuple[str, ...]:
        """Who stated the fact; empty when not recorded."""
        subject, key = ref.split(".", 1)
        table = self.place_sources if subject == PLACE else self.vehicle(subject).sources
        return tuple(table.get(key, ()))

    def met(self) -> tuple[Contact, ...]:
        """Contacts: as given, or the only possible one between two; none when three or more left it open."""
        if self.contacts or len(self.vehicles) != 2:
            return self.contacts
        first, second = self.vehicles
        return (Contact(first.label, second.label, _zone(first), _zone(second)),)


def _zone(one: VehicleFacts) -> Zone | None:
    return None if "zone" in one.disputed else one.zone


def _missing(label: str) -> VehicleFacts:
    raise KeyError(label)


def to_json(facts: AccidentFacts) -> dict[str, Json]:
    """Plain JSON of the facts; `from_json` reads it back to an equal value."""
    return {
        "on": facts.on.isoformat(),
        "vehicles": [_vehicle_json(one) for one in facts.vehicles],
        "place": dict(facts.place),
        "place_sources": {key: list(value) for key, value in facts.place_sources.items()},
        "place_disputed": _texts(facts.place_disputed),
        "contacts": [
            {"first": c.first, "second": c.second, "zones": [c.first_zone, c.second_zone], "via": list(c.via)}
            for c in facts.contacts
        ],
    }


def from_json(data: Mapping[str, Json]) -> AccidentFacts:
    """Read facts from JSON, as a form sends them. Raises ValueError for anything outside the vocabulary."""
    try:
        return AccidentFacts(
            vehicles=tuple(_vehicle(cast("dict[str, Json]", row)) for row in _list(data["vehicles"])),
            on=date.fromisoformat(str(data["on"])),
            place=_answers(data.get("place")),
            contacts=tuple(_contact(cast("dict[str, Json]", row)) for row in _list(data.get("contacts"))),
            place_sources=_sources(data.get("place_sources")),
            place_disputed=frozenset(map(str, _list(data.get("place_disputed")))),
        )
    except (KeyError, TypeError, AttributeError) as flaw:
        raise ValueError("not the JSON of accident facts") from flaw


def _vehicle_json(one: VehicleFacts) -> Json:
    return {
        "label": one.label,
        "kind": one.kind.value,
        "movement": one.movement.value if one.movement else None,
        "zone": one.zone.value if one.zone else None,
        "answers": dict(one.answers),
        "sources": {key: list(value) for key, value in one.sources.items()},
        "disputed": _texts(one.disputed),
    }


def _vehicle(row: Mapping[str, Json]) -> VehicleFacts:
    return VehicleFacts(
        label=str(row["label"]),
        kind=UserKind(str(row.get("kind", UserKind.MV))),
        movement=Movement(str(row["movement"])) if row.get("movement") else None,
        zone=_zone_of(row.get("zone")),
        answers=_answers(row.get("answers")),
        sources=_sources(row.get("sources")),
        disputed=frozenset(map(str, _list(row.get("disputed")))),
    )


def _contact(row: Mapping[str, Json]) -> Contact:
    first, second = _list(row["zones"])
    via = tuple(map(str, _list(row.get("via"))))
    return Contact(str(row["first"]), str(row["second"]), _zone_of(first), _zone_of(second), via)


def _texts(items: Iterable[str]) -> list[Json]:
    return [*sorted(items)]


def _zone_of(value: Json) -> Zone | None:
    return Zone(str(value)) if value else None


def _answers(value: Json) -> dict[str, Answer]:
    rows = cast("dict[str, Json]", value or {})
    if any(isinstance(one, dict | list | float) for one in rows.values()):
        raise ValueError("an answer is yes, no, a choice, a whole number or unknown")
    return cast("dict[str, Answer]", dict(rows))


def _sources(value: Json) -> dict[str, tuple[str, ...]]:
    return {key: tuple(map(str, _list(one))) for key, one in cast("dict[str, Json]", value or {}).items()}


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list | None):
        raise ValueError("a list was expected")
    return value or []
