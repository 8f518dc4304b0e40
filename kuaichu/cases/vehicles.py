"""Naming a vehicle: what it is, and its plate in the form its kind has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kuaichu.cases.models import Party, Vehicle
from kuaichu.cases.plates import parse_plate, parse_rider_plate
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.prepared import find
from kuaichu.kernel.refusals import Invalid
from kuaichu.people.identifiers import Unusable


def become(party: Party, vehicle: Vehicle, kind: str) -> None:
    """Another kind of road user: plate and register answers of the wrong one are gone (inside an act)."""
    vehicle.kind = kind
    vehicle.plate = vehicle.plate_kind = ""
    vehicle.record = vehicle.policies = vehicle.asked_at = vehicle.answered_at = None
    party.is_owner = party.driver = None


def take_plate(vehicle: Vehicle, text: str, kind: str | None) -> bool:
    """Put the plate into the row (inside an act); False if it stood there already. Raises Invalid."""
    normal, kind = _read(vehicle, text, kind)
    if (normal, kind) == (vehicle.plate, vehicle.plate_kind):
        return False
    same = find(Vehicle, case_id=vehicle.case_id, plate=normal) if normal else []
    if any(other.pk != vehicle.pk for other in same):
        told = _("This is the plate of the other vehicle in this case.")
        raise Invalid(told, fields={"plate": told})
    vehicle.plate, vehicle.plate_kind = normal, kind
    vehicle.record = vehicle.policies = vehicle.answered_at = None
    vehicle.asked_at = clock.now()
    return True


def _read(vehicle: Vehicle, text: str, kind: str | None) -> tuple[str, str]:
    """The plate in its normal form and its kind; a rider's may be left empty. Raises Invalid."""
    try:
        if vehicle.kind == "MV":
            plate = parse_plate(text, kind=kind)
            return plate.normal, kind or (plate.kinds[0] if plate.kinds else "")
        if not text.strip():
            return "", ""
        if vehicle.kind == "PEDESTRIAN":
            raise Unusable("plate_walker", _("Who is on foot has no plate. Choose how you were travelling."))
        return parse_rider_plate(text, rules(vehicle.case.city).rider_plates).normal, ""
    except Unusable as wrong:
        raise Invalid(wrong.message, fields={"plate": wrong.message}) from wrong
