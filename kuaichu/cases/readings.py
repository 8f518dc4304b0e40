"""Reading photographs by machine: which ones need it, the reading, and what is kept of it.

A reading is a proposal. It fills nothing in by itself and overwrites nothing; a party confirms it by one tap,
and an officer sees where it differs. Plates come first; licences are read only where the registers cannot
answer; scenes only until the plate of every vehicle was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Evidence, Party, Reading
from kuaichu.cases.ports import Reader, Register
from kuaichu.cases.sight import Found, Guide, Sight
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import CityInvalid, city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.objects import read as bytes_of
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import find, insert
from kuaichu.kernel.refusals import NotFound, Upstream

PLATE_SHOTS: Final = ("plate",)
SCENE_SHOTS: Final = ("front", "rear", "other")
PAPER_SHOTS: Final = ("licence",)
READ_SHOTS: Final = (*PLATE_SHOTS, *PAPER_SHOTS, *SCENE_SHOTS)
PATIENCE: Final = timedelta(seconds=60)
"""A register that has not answered for so long cannot, for now."""
MOST_ASKED: Final = 3
"""So many likely plates are looked up in the register."""


@dataclass(frozen=True)
class Read(Fact, name="cases.read"):
    """A machine read a photograph: names of the fields it found, never their values."""

    evidence_id: str
    party_id: str
    kind: str
    fields: tuple[str, ...]


def reader(city_code: str) -> Reader | None:
    """The city's reader, None where people only look at photographs."""
    try:
        config = city(city_code).connector("vision")
    except CityInvalid:
        return None
    return None if config.get("adapter") == "none" else adapter("vision", config)


def wanted(photo: Evidence) -> str:
    """As what this photograph should be read now: plate, scene or licence; empty when there is no need."""
    if photo.shot not in READ_SHOTS or find(Reading, evidence_id=photo.pk):
        return ""
    case = photo.case
    if case.status in (Case.Status.CLOSED, Case.Status.WITHDRAWN):
        return ""
    if photo.shot in PLATE_SHOTS:
        return "plate"
    if photo.shot in PAPER_SHOTS:
        return "licence" if photo.party is not None and papers_needed(photo.party) else ""
    return "scene" if _unseen(case) else ""


def papers_needed(party: Party) -> bool:
    """Whether the registers cannot tell about this party's vehicle or driver, or have not in time."""
    vehicle = files.vehicle_of(party)
    if vehicle.kind != "MV" or not vehicle.plate:
        return False
    if vehicle.answered_at is None:
        return vehicle.asked_at is not None and clock.now() - vehicle.asked_at > PATIENCE
    return not vehicle.record or (party.is_owner is False and party.driver is None)


def papers_of(party: Party) -> list[Evidence]:
    """The party's photographs of licences that should be read now."""
    if not papers_needed(party):
        return []
    shots = Evidence.objects.select_related("case", "party").filter(party=party, shot__in=PAPER_SHOTS)
    return [photo for photo in shots.order_by("received_at") if wanted(photo)]


def _unseen(case: Case) -> bool:
    """Whether some motor vehicle's plate was not seen in any photograph yet."""
    motor = [row.plate for row in files.vehicles(case.pk).values() if row.kind == "MV"]
    seen = {
        line[0]
        for lines in Reading.objects.filter(evidence__case=case).values_list("lines", flat=True)
        for line in lines
    }
    return any(not plate or plate not in seen for plate in motor)


def look(photo: Evidence, kind: str) -> Sight | None:
    """Read a photograph; None without a reader or when its bytes are gone. No transaction may be open."""
    machine = reader(photo.case.city)
    if machine is None:
        return None
    try:
        data = bytes_of(photo.sha256)
    except NotFound:
        return None
    # a scene shows both vehicles, and the outline was one vehicle's
    return machine.read(data, kind, None if kind == "scene" else _guide(photo.quality))


def _guide(quality: dict[str, Any]) -> Guide | None:
    """The frame that the phone drew, as it was sent with the photograph."""
    given = quality.get("guide")
    if not isinstance(given, list | tuple) or len(given) != 4:
        return None
    if not all(isinstance(one, int | float) for one in given):
        return None
    left, top, right, bottom = (float(one) for one in given)
    return (left, top, right, bottom) if right > left and bottom > top else None


def with_register(sight: Sight, photo: Evidence) -> Sight:
    """Ask the register about the plates that were read, if the party has named none yet.

    Adds the field `vehicle`: `value` is the likeliest plate the register knows, `raw` what kind of car it is,
    `candidates` all it knows. A register that is away adds nothing. No transaction may be open.
    """
    plate = sight.fields.get("plate")
    if plate is None or photo.party is None or files.vehicle_of(photo.party).plate:
        return sight
    known = _known(photo.case.city, [plate.value] if plate.value else plate.candidates[:MOST_ASKED])
    if not known:
        return sight
    first = next(iter(known))
    car = Found(known[first], first, tuple(known), plate.score, None, ("register",))
    return Sight(sight.kind, sight.engine, {**sight.fields, "vehicle": car}, sight.lines, sight.rotation)


def _known(city_code: str, plates: Sequence[str]) -> dict[str, str]:
    """Which of these plates the register knows, with brand, model and colour: nothing about a person."""
    found: dict[str, str] = {}
    try:
        register: Register = adapter("register", city(city_code).connector("register"))
        for plate in plates:
            if record := register.vehicle(plate, None):
                words = (record.get("brand"), record.get("model"), record.get("colour_name"))
                found[plate] = " ".join(str(word) for word in words if word)
    except Upstream:
        return found
    return found


def keep(actor: Actor, photo: Evidence, sight: Sight) -> None:
    """Keep what was read; a photograph is read once."""
    with act(actor, "cases.read", photo.case_id) as step:
        if (
            Reading.objects.filter(evidence=photo).exists()
            or not Evidence.objects.filter(pk=photo.pk).exists()
        ):
            step.already()
            return
        row = Reading(
            id=new_id(),
            evidence=photo,
            kind=sight.kind,
            engine=sight.engine[:60],
            fields=sight.plain(),
            lines=[list(line) for line in sight.lines],
            read_at=clock.now(),
        )
        insert(row)
        found = tuple(sorted(sight.fields))
        step.record(Read(str(photo.pk), str(photo.party_id or ""), sight.kind, found))


def readings_of(photos: Sequence[Evidence]) -> dict[UUID, Reading]:
    """What was read in these photographs, by the photograph's id. Without photographs nothing is asked."""
    if not photos:
        return {}
    rows = Reading.objects.filter(evidence_id__in=[photo.pk for photo in photos])
    return {row.evidence_id: row for row in rows}


def plates_seen(reading: Reading) -> list[str]:
    """The likeliest spelling of each plate of a reading, the surest plate first."""
    found = reading.fields.get("plate") or {}
    ranked = [found.get("value", ""), *(line[0] for line in reading.lines)]
    return list(dict.fromkeys(plate for plate in ranked if plate))


def plates_likely(reading: Reading) -> list[str]:
    """The same and the next likely spellings of the surest one."""
    found = reading.fields.get("plate") or {}
    return list(dict.fromkeys([*plates_seen(reading), *found.get("candidates", [])]))
