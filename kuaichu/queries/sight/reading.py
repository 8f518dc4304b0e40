"""Readings of a case: compared for the officer and, in plain words, for the party; and offers to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import readings
from kuaichu.cases.models import Evidence, Party, Reading, Vehicle
from kuaichu.cases.plates import display, parse_plate
from kuaichu.cases.sight import Found, found_of
from kuaichu.kernel import clock
from kuaichu.people.identifiers import Unusable
from kuaichu.people.masks import mask_id, mask_name
from kuaichu.queries.sight.comparing import Compared, Outcome, Seen, Side, compare

MOST_OFFERED = 3
MASKED = {"licence_no": mask_id, "name": mask_name, "owner": mask_name, "insured": mask_name}


@dataclass(frozen=True, slots=True)
class Offer:
    """A plate that was read: `plate` for the form, `shown` for eyes, `car` by the register, and how sure."""

    plate: str
    shown: str
    car: str
    sure: bool


def field_name(field: str) -> str:
    """A field of a paper in words."""
    return {
        "plate": _("Plate"),
        "vin": _("Vehicle identification number"),
        "engine_no": _("Engine number"),
        "owner": _("Owner"),
        "insured": _("Insured person"),
        "name": _("Driver's name"),
        "licence_no": _("Licence number"),
        "born": _("Date of birth"),
        "sex": _("Sex"),
        "valid_until": _("Driving licence valid until"),
        "inspection_until": _("Inspection valid until"),
        "starts": _("Insurance begins"),
        "ends": _("Insurance ends"),
        "classes": _("Class of the licence"),
    }[field]


def compared(
    parties: Sequence[Party], vehicles: Mapping[str, Vehicle], photos: Sequence[Evidence], on: date
) -> list[Compared]:
    """Everything that was read in a case, compared; the caller has checked that the viewer may see it."""
    rows = readings.readings_of(photos)
    if not rows:
        return []
    labels = {party.pk: party.label for party in parties}
    seen = [
        _seen(rows[p.pk], labels.get(p.party_id, "") if p.party_id else "") for p in photos if p.pk in rows
    ]
    return compare([_side(party, vehicles[party.label]) for party in parties], seen, on)


def _seen(row: Reading, label: str) -> Seen:
    return Seen(
        row.evidence_id,
        label,
        row.kind,
        _fields(row),
        tuple(readings.plates_seen(row)),
        tuple(readings.plates_likely(row)),
    )


def _fields(row: Reading) -> dict[str, Found]:
    try:
        return found_of(row.fields)
    except msgspec.ValidationError:  # kept by an engine of another version
        return {}


def _side(party: Party, vehicle: Vehicle) -> Side:
    policies = vehicle.policies or []
    return Side(
        label=party.label,
        motor=vehicle.kind == "MV",
        plate=vehicle.plate,
        name=party.name,
        licence_no=party.id_number,
        record=vehicle.record,
        driver=party.driver,
        policy_plates=tuple({str(p["plate"]) for p in policies if p.get("plate")}),
    )


def in_words(one: Compared, *, masked: bool) -> str:
    """A comparison in one sentence; `masked` for parties, whose pages hide personal numbers."""
    hide: Any = MASKED.get(one.field, str) if masked else str
    shown: Any = display if one.field == "plate" else hide
    values = {"field": field_name(one.field), "read": shown(one.read), "known": hide(one.known)}
    if one.field == "plate":
        values["known"] = display(one.known)
    if one.source == "day":
        return _("%(field)s: %(read)s on the paper, not good on the day of the accident") % values
    if one.source == "vehicle":
        return _("The class %(read)s on the licence does not cover this vehicle") % values
    if one.source == "number":
        return _("%(field)s: printed %(read)s, the number says otherwise") % values
    texts = {
        "typed": _("%(field)s: the photograph says %(read)s, entered was %(known)s"),
        "register": _("%(field)s: the photograph says %(read)s, the register %(known)s"),
        "policy": _("%(field)s: the policy says %(read)s, entered was %(known)s"),
    }
    return texts[one.source] % values


def differences_for(
    viewer: Party, parties: Sequence[Party], vehicles: Mapping[str, Vehicle], photos: Sequence[Evidence]
) -> list[str]:
    """What a party should compare in its own part before it confirms; nobody is told that anybody lied."""
    on = viewer.case.happened_at.astimezone(clock.CHINA).date()
    found = compared(parties, vehicles, photos, on)
    mine = [one for one in found if one.label == viewer.label]
    return [
        in_words(one, masked=True) for one in mine if one.outcome in (Outcome.MISMATCH, Outcome.CONFUSABLE)
    ]


def offers(viewer: Party, vehicles: Mapping[str, Vehicle], photos: Sequence[Evidence]) -> list[Offer]:
    """Plates to be confirmed by one tap while the party has named none; never one of another party."""
    if vehicles[viewer.label].plate:
        return []
    mine = [photo for photo in photos if photo.party_id == viewer.pk]
    taken = {row.plate for row in vehicles.values() if row.plate}
    rows = readings.readings_of(mine)
    found: dict[str, Offer] = {}
    for photo in sorted((p for p in mine if p.pk in rows), key=lambda p: p.shot != "plate"):
        for one in _offered(rows[photo.pk]):
            if one.plate not in taken:
                found.setdefault(one.plate, one)
    sure = [one for one in found.values() if one.sure]
    return (sure or list(found.values()))[:MOST_OFFERED]


def _offered(row: Reading) -> list[Offer]:
    fields = _fields(row)
    plate, car = fields.get("plate"), fields.get("vehicle")
    if plate is None:
        return []
    known = car.candidates if car else ()
    ranked = [plate.value] if plate.value else [*known, *(c for c in plate.candidates if c not in known)]
    return [
        Offer(one, display(one), car.raw if car and car.value == one else "", bool(plate.value))
        for one in ranked
        if _good(one)
    ]


def _good(plate: str) -> bool:
    try:
        parse_plate(plate)
    except Unusable:
        return False
    return True


def driver_read(viewer: Party, photos: Sequence[Evidence]) -> dict[str, str]:
    """Name and licence number from the party's own photograph of the licence, for its empty form."""
    mine = [photo for photo in photos if photo.party_id == viewer.pk and photo.shot == "licence"]
    for row in readings.readings_of(mine).values():
        fields = _fields(row)
        number, name = fields.get("licence_no"), fields.get("name")
        if number is not None and number.value and "checksum_ok" in number.checks:
            return {"id_number": number.value, "name": name.value if name else ""}
    return {}
