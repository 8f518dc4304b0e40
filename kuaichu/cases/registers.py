"""What the registers of vehicles, drivers and policies say, as a frozen copy in the file.

Order (the plate was entered) → call (`ask`, no transaction open) → record (`record`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Party, Vehicle
from kuaichu.cases.ports import Policies, Register
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ports import adapter


@dataclass(frozen=True)
class Recognised(Fact, name="cases.recognised"):
    """The registers answered about a party's vehicle and driver."""

    party_id: str
    vehicle_known: bool
    driver_known: bool
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the registers answered; None where they know nothing or were not asked."""

    plate: str
    id_number: str
    vehicle: dict[str, Any] | None
    driver: dict[str, Any] | None
    policies: list[dict[str, Any]]


def ask(city_code: str, party: Party, vehicle: Vehicle) -> Found:
    """Ask the registers about this party. No transaction may be open. Raises Upstream."""
    profile = city(city_code)
    register: Register = adapter("register", profile.connector("register"))
    insurers: Policies = adapter("policies", profile.connector("policies"))
    on = files.case(party.case_id).happened_at.astimezone(clock.CHINA).date()
    motor = vehicle.plate if vehicle.kind == "MV" else ""  # of e-bikes these registers know nothing
    record = register.vehicle(motor, vehicle.plate_kind or None) if motor else None
    policies = insurers.policies(motor, (record or {}).get("vin", ""), on) if motor else []
    number = party.id_number
    if party.is_owner and record:
        number = record.get("owner", {}).get("id_no", "")
    driver = register.driver(number) if number else None
    return Found(vehicle.plate, number, record, driver, policies)


def record(actor: Actor, case_id: UUID, party_id: UUID, found: Found) -> None:
    """Put the answers into the file, unless the party has changed plate or driver meanwhile."""
    with act(actor, "cases.record_registers", case_id) as step:
        party = files.party(case_id, party_id)
        vehicle = files.vehicle_of(party)
        asked_for = (found.plate, found.id_number)
        if (vehicle.plate, _number_of(party, found)) != asked_for or _same(party, vehicle, found):
            step.already()
            return
        vehicle.record, vehicle.policies = found.vehicle, found.policies
        vehicle.answered_at = clock.now()
        _take_person(party, found)
        vehicle.save()
        party.save()
        step.record(
            Recognised(
                party_id=str(party.pk),
                vehicle_known=found.vehicle is not None,
                driver_known=found.driver is not None,
                covers=tuple(sorted(p["cover"] for p in found.policies)),
            )
        )


def _number_of(party: Party, found: Found) -> str:
    """Whose number belongs to this answer as the part stands now: the owner's or the driver's own."""
    if party.is_owner and found.vehicle:
        return str(found.vehicle.get("owner", {}).get("id_no", ""))
    return party.id_number


def _same(party: Party, vehicle: Vehicle, found: Found) -> bool:
    return bool(
        vehicle.answered_at
        and vehicle.record == found.vehicle
        and vehicle.policies == found.policies
        and party.driver == found.driver
        and (not party.is_owner or not found.vehicle or party.name)
    )


def _take_person(party: Party, found: Found) -> None:
    if party.is_owner and found.vehicle:
        owner = found.vehicle.get("owner", {})
        party.name, party.id_number = owner.get("name", "")[:60], owner.get("id_no", "")[:32]
    party.driver = found.driver if found.id_number else party.driver
