"""What is known about a collision: the vocabulary, frozen facts and their JSON form.

Unknown is None, never a guess. Pure: no database, clock or settings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias, cast

Answer: TypeAlias = bool | str | int | None
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
PLACE = "place"


class UserKind(StrEnum):
    """Kind of road user (Road Traffic Safety Law, Article 119)."""

    MV = "MV"
    NMV = "NMV"
    PEDESTRIAN = "PEDESTRIAN"


class Movement(StrEnum):
    """What a road user was doing just before the contact."""

    STRAIGHT = "STRAIGHT"
    LEFT_TURN = "LEFT_TURN"
    RIGHT_TURN = "RIGHT_TURN"
    U_TURN = "U_TURN"
    REVERSING = "REVERSING"
    ROLLING = "ROLLING"
    LANE_CHANGE_LEFT = "LANE_CHANGE_LEFT"
    LANE_CHANGE_RIGHT = "LANE_CHANGE_RIGHT"
    OVERTAKING = "OVERTAKING"
    MERGING = "MERGING"
    LEAVING_KERB = "LEAVING_KERB"
    ENTERING_BAY = "ENTERING_BAY"
    LEAVING_BAY = "LEAVING_BAY"
    ENTERING_ROAD = "ENTERING_ROAD"
    CROSSING_ROAD = "CROSSING_ROAD"
    DOOR_OPENING = "DOOR_OPENING"
    STOPPED_QUEUE = "STOPPED_QUEUE"
    STOPPED_SIGNAL = "STOPPED_SIGNAL"
    BROKEN_DOWN = "BROKEN_DOWN"
    PARKED_LEGAL = "PARKED_LEGAL"
    PARKED_ILLEGAL = "PARKED_ILLEGAL"


class Zone(StrEnum):
    """Part of the vehicle which was touched: the eight zones printed on the agreement form."""

    FRONT = "FRONT"
    FRONT_LEFT = "FRONT_LEFT"
    FRONT_RIGHT = "FRONT_RIGHT"
    LEFT = "LEFT"
    RIGHT = "RIGHT"
    REAR = "REAR"
    REAR_LEFT = "REAR_LEFT"
    REAR_RIGHT = "REAR_RIGHT"


class CollisionForm(StrEnum):
    """Accident form between vehicles, with the code of the national accident form."""

    REAR_END = "1"
    HEAD_ON = "2"
    SIDE_SAME_DIRECTION = "3"
    SIDE_OPPOSITE = "4"
    SIDE_RIGHT_ANGLE = "5"
    SIDE_UNCERTAIN = "6"
    SCRAPE_SAME_DIRECTION = "7"
    SCRAPE_OPPOSITE = "8"
    OTHER_ANGLE = "9"


class Situation(StrEnum):
    """The ten tick boxes of the agreement form."""

    STOPPING = "停车"
    REVERSING = "倒车"
    WRONG_WAY = "逆行"
    ROLLING = "溜车"
    DOOR = "开关车门"
    SIGNAL = "违反交通信号灯"
    LANE_CHANGE = "变更车道与其他车辆刮擦"
    REAR_END = "未保持安全车距与前车追尾"
    RIGHT_OF_WAY = "未按规定让行"
    OTHER = "其他"


class Light(StrEnum):
    """Light at the place."""

    DAY = "day"
    NIGHT_LIT = "night_lit"
    NIGHT_UNLIT = "night_unlit"
    TWILIGHT = "twilight"


class Control(StrEnum):
    """What controls the place; `NO_JUNCTION` is the open road."""

    NO_JUNCTION = "no_junction"
    NONE = "none"
    SIGNALS = "signals"
    ARROWS = "arrows"
    SIGNS = "signs"
    MARKINGS = "markings"
    OFFICER = "officer"
    ROUNDABOUT = "roundabout"


class Signal(StrEnum):
    """Colour shown to a road user when he passed the stop line."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class CameFrom(StrEnum):
    """Where the other came from, seen by this road user; `SAME` is the same direction, ahead or behind."""

    SAME = "same"
    LEFT = "left"
    RIGHT = "right"
    OPPOSITE = "opposite"


class RoadSide(StrEnum):
    """Where on the road a vehicle was driving."""

    OWN = "own"
    OVER_CENTRE = "over_centre"
    WRONG_WAY = "wrong_way"


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
