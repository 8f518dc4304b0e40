"""The parties: who they are, what they drove, and their consent to the record."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files, intake, vehicles
from kuaichu.cases.collecting import insist_open
from kuaichu.cases.helping import answered_for
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared, find_one
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.identifiers import Unusable, parse_passport, parse_residence_card, parse_resident_id

LABELS = "ABCDEFGHIJ"
"""As many as the forms of papers have codes for (甲 to 癸)."""


@dataclass(frozen=True)
class Identified(Fact, name="cases.identified"):
    """A party named its vehicle or its driver; `reopened` when it had confirmed its part before."""

    party_id: str
    what: tuple[str, ...]
    reopened: bool = False


@dataclass(frozen=True)
class PartyConfirmed(Fact, name="cases.party_confirmed"):
    """A party declared its own part complete and true."""

    party_id: str


@dataclass(frozen=True)
class PartyRefused(Fact, name="cases.party_refused"):
    """A party will not take part, or was reported as refusing; `offered` is the way it was shown instead."""

    party_id: str
    told_by: str
    offered: str = ""


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a party may tell about vehicle and driver; the plate fetches the rest."""

    plate: str | None = None
    plate_kind: str | None = None
    vehicle_kind: str | None = None
    is_owner: bool | None = None
    name: str | None = None
    id_number: str | None = None


def identify(actor: Actor, case_id: UUID, identity: Identity, *, label: str = "") -> Party:
    """Name vehicle and driver of one's own part, or (`label`) the plate of a party not yet joined.

    Raises Invalid at the field that cannot be used.
    """
    with act(actor, "cases.identify", case_id) as step:
        case = files.case(case_id)
        insist_open(step, case)
        party = part_to_fill(actor, case, label)
        vehicle = files.vehicle_of(party)
        changed = _take_identity(party, vehicle, identity)
        if not changed:
            step.already()
            return party
        reopened = reopen(party)
        party.save()
        vehicle.save()
        step.record(Identified(party_id=str(party.pk), what=tuple(changed), reopened=reopened))
    return party


def reopen(party: Party) -> bool:
    """Who changes a part after declaring it complete declares it again; whether that is so."""
    if party.status != Party.Status.CONFIRMED:
        return False
    move(party, Party.Status.JOINED)
    return True


def part_to_fill(actor: Actor, case: Case, label: str) -> Party:
    """One's own part, or that of a party of this label who has not joined yet; NotFound, WrongState."""
    own = files.own_party(actor, case.pk)
    if not label or label == own.label:
        return own
    other = find_one(Party, case_id=case.pk, label=label)
    if other is None:
        if label not in tuple(LABELS[1 : rules(case.city).most_parties]):
            raise NotFound(_("There is no such party in this case."))
        return intake.add_party(case, label, status=Party.Status.INVITED)
    if other.status not in (Party.Status.INVITED, Party.Status.ABSENT):
        raise WrongState(_("The other party has joined and corrects this part alone."), code="not_yours")
    return other


def _take_identity(party: Party, vehicle: Vehicle, told: Identity) -> list[str]:
    changed: list[str] = []
    if told.vehicle_kind is not None and told.vehicle_kind != vehicle.kind:
        if told.vehicle_kind not in ("MV", "NMV", "PEDESTRIAN"):
            raise Invalid(_("Choose the kind of vehicle."), fields={"vehicle_kind": _("Choose one.")})
        vehicles.become(party, vehicle, told.vehicle_kind)
        changed.append("vehicle_kind")
    if told.plate is not None and vehicles.take_plate(vehicle, told.plate, told.plate_kind):
        changed.append("plate")
    changed += _take_driver(party, told)
    return changed


def _take_driver(party: Party, told: Identity) -> list[str]:
    changed: list[str] = []
    if told.is_owner is not None and told.is_owner != party.is_owner:
        party.is_owner, party.driver = told.is_owner, None
        changed.append("is_owner")
    if told.name is not None and files.clean(told.name) != party.name:
        if not 2 <= len(files.clean(told.name)) <= 60:
            text = _("Enter the name as on the licence, 2 to 60 characters.")
            raise Invalid(text, fields={"name": text})
        party.name = files.clean(told.name)
        changed.append("name")
    if told.id_number is not None:
        try:
            number = _identity_number(told.id_number)
        except Unusable as wrong:
            raise Invalid(wrong.message, fields={"id_number": wrong.message}) from wrong
        if number != party.id_number:
            party.id_number, party.driver = number, None
            changed.append("id_number")
    return changed


def _identity_number(text: str) -> str:
    """A resident ID, residence card or passport number in its plain form; raises Unusable."""
    letters = sum(ch.isalpha() for ch in text.strip()[:-1])
    if text.strip().startswith("9") and len(text.strip()) == 18:
        return parse_residence_card(text).number
    return parse_passport(text).number if letters else parse_resident_id(text, today=clock.today()).number


def refuse_part(actor: Actor, case_id: UUID, label: str = "", *, offered: str = "") -> Party:
    """Say that one will not take part, or (`label`) that another party refuses to.

    `offered` names the other way that was shown at that moment: refusing is normal, and it leads on.
    """
    with act(actor, "cases.refuse_part", case_id) as step:
        case = files.case(case_id)
        insist_open(step, case)
        own = files.own_party(actor, case_id)
        party = own if not label or label == own.label else part_to_fill(actor, case, label)
        if party.status == Party.Status.REFUSED:
            step.already()
            return party
        move(party, Party.Status.REFUSED)
        party.save()
        step.record(PartyRefused(party_id=str(party.pk), told_by=own.label, offered=offered))
    return party


def confirm(actor: Actor, case_id: UUID) -> Party:
    """Declare one's own part complete and true; raises Invalid naming what is still missing."""
    with act(actor, "cases.confirm", case_id) as step:
        case = files.case(case_id)
        party = files.own_party(actor, case_id)
        if party.status == Party.Status.CONFIRMED:
            step.already()
            return party
        insist_open(step, case)
        missing = missing_of(case, party, files.vehicle_of(party))
        if missing:
            raise Invalid(_("Something is still missing."), code="incomplete", fields=missing)
        move(party, Party.Status.CONFIRMED)
        party.save()
        step.record(PartyConfirmed(party_id=str(party.pk)))
    return party


_SHOTS = Prepared(lambda case: Evidence.objects.filter(case=case).values_list("shot"), UUID)


def missing_of(case: Case, party: Party, vehicle: Vehicle) -> dict[str, str]:
    """What this party still has to do before its part is complete: step name to what is missing."""
    missing: dict[str, str] = {}
    if not case.injury:
        missing["safety"] = _("Say whether anybody is hurt.")
    if not case.place and case.lon is None:
        missing["place"] = _("Say where it happened.")
    if vehicle.kind == "MV" and not vehicle.plate:
        missing["vehicle"] = _("Enter the plate of your vehicle.")
    if not answered_for(party):
        missing["phone"] = _("Confirm your phone number by the code we send.")
    if not driver_known(party, vehicle):
        missing["driver"] = _("Say who was driving.")
    touched = party.statement.get("zone") or vehicle.kind == "PEDESTRIAN"
    if not party.statement.get("movement") or not touched:
        missing["happened"] = _("Choose how your vehicle moved and where it was hit.")
    if party.label == "A":
        shots = {shot for (shot,) in _SHOTS.rows(case.pk)}
        lacking = [s for s in rules(case.city).shots if s not in shots]
        if lacking:
            missing["photos"] = _("Photographs are missing: %(count)d.") % {"count": len(lacking)}
    return missing


def driver_known(party: Party, vehicle: Vehicle) -> bool:
    """Whether it is known who drove: the owner by the register, or a named licence holder."""
    if party.is_owner and vehicle.record:
        return True
    return bool(party.name and party.id_number)


def find(case_id: UUID, label: str) -> Party:
    """The party of this label; raises NotFound."""
    row = find_one(Party, related="case", case_id=case_id, label=label)
    if row is None:
        raise NotFound(_("There is no such party in this case."))
    return row
