"""The parties: who they are, what they drove, what they say happened, and their consent to the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files, intake
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.plates import parse_plate
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.identifiers import Unusable, parse_passport, parse_residence_card, parse_resident_id


@dataclass(frozen=True)
class Identified(Fact, name="cases.identified"):
    """A party named its vehicle or its driver."""

    party_id: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Stated(Fact, name="cases.stated"):
    """A party said what happened."""

    party_id: str


@dataclass(frozen=True)
class PartyInvited(Fact, name="cases.party_invited"):
    """Another party was invited, by SMS or by showing a code."""

    party_id: str
    by_sms: bool


@dataclass(frozen=True)
class PartyConfirmed(Fact, name="cases.party_confirmed"):
    """A party declared its own part complete and true."""

    party_id: str


@dataclass(frozen=True)
class PartyRefused(Fact, name="cases.party_refused"):
    """A party will not take part, or was reported as refusing."""

    party_id: str
    told_by: str


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a party may tell about vehicle and driver; the plate fetches the rest."""

    plate: str | None = None
    plate_kind: str | None = None
    vehicle_kind: str | None = None
    is_owner: bool | None = None
    name: str | None = None
    id_number: str | None = None


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one party says happened, at the moment of impact."""

    movement: str | None = None
    zone: str | None = None
    other_movement: str | None = None
    other_zone: str | None = None
    answers: dict[str, Any] = {}
    words: str = ""


def _open(case: Case) -> bool:
    return case.status == Case.Status.REPORTING


def _insist_open(step: Any, case: Case) -> None:
    step.insist(
        _open(case), _("The report is complete; it can no longer be changed here."), otherwise=WrongState
    )


def identify(actor: Actor, case_id: UUID, identity: Identity, *, label: str = "") -> Party:
    """Name vehicle and driver of one's own part, or (`label`) the plate of a party not yet joined.

    Raises Invalid at the field that cannot be used.
    """
    with act(actor, "cases.identify", case_id) as step:
        case = files.case(case_id)
        _insist_open(step, case)
        party = _part_to_fill(actor, case, label)
        vehicle = files.vehicle_of(party)
        changed = _take_identity(party, vehicle, identity)
        if not changed:
            step.already()
            return party
        _reopen(party)
        party.save()
        vehicle.save()
        step.record(Identified(party_id=str(party.pk), what=tuple(changed)))
    return party


def _reopen(party: Party) -> None:
    """Who changes a part after declaring it complete declares it again."""
    if party.status == Party.Status.CONFIRMED:
        move(party, Party.Status.JOINED)


def _part_to_fill(actor: Actor, case: Case, label: str) -> Party:
    own = files.own_party(actor, case.pk)
    if not label or label == own.label:
        return own
    other = Party.objects.filter(case=case, label=label).first()
    if other is None:
        if label not in "BCDE"[: rules(case.city).most_parties - 1]:
            raise NotFound(_("There is no such party in this case."))
        return intake.add_party(case, label, status=Party.Status.INVITED)
    if other.status != Party.Status.INVITED:
        raise WrongState(_("The other party has joined and corrects this part alone."), code="not_yours")
    return other


def _take_identity(party: Party, vehicle: Vehicle, told: Identity) -> list[str]:
    changed: list[str] = []
    if told.vehicle_kind is not None and told.vehicle_kind != vehicle.kind:
        if told.vehicle_kind not in ("MV", "NMV", "PEDESTRIAN"):
            raise Invalid(_("Choose the kind of vehicle."), fields={"vehicle_kind": _("Choose one.")})
        vehicle.kind = told.vehicle_kind
        changed.append("vehicle_kind")
    if told.plate is not None and _take_plate(vehicle, told):
        changed.append("plate")
    changed += _take_driver(party, told)
    return changed


def _take_plate(vehicle: Vehicle, told: Identity) -> bool:
    try:
        plate = parse_plate(told.plate or "", kind=told.plate_kind)
    except Unusable as wrong:
        raise Invalid(wrong.message, fields={"plate": wrong.message}) from wrong
    kind = told.plate_kind or (plate.kinds[0] if plate.kinds else "")
    if (plate.normal, kind) == (vehicle.plate, vehicle.plate_kind):
        return False
    same = Vehicle.objects.filter(case_id=vehicle.case_id, plate=plate.normal).exclude(pk=vehicle.pk)
    if same.exists():
        text = _("This is the plate of the other vehicle in this case.")
        raise Invalid(text, fields={"plate": text})
    vehicle.plate, vehicle.plate_kind = plate.normal, kind
    vehicle.record = vehicle.policies = vehicle.answered_at = None
    vehicle.asked_at = clock.now()
    return True


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


def state(actor: Actor, case_id: UUID, statement: Statement) -> Party:
    """Say what happened, in one's own part. Nobody can say it for another party."""
    with act(actor, "cases.state", case_id) as step:
        case = files.case(case_id)
        _insist_open(step, case)
        party = files.own_party(actor, case_id)
        told = {
            **party.statement,
            **{k: v for k, v in msgspec.to_builtins(statement).items() if v not in (None, {}, "")},
        }
        told["answers"] = {**party.statement.get("answers", {}), **statement.answers}
        _check_statement(told)
        if told == party.statement:
            step.already()
            return party
        party.statement = told
        _reopen(party)
        party.save()
        step.record(Stated(party_id=str(party.pk)))
    return party


_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")
MOST_ANSWERS = 80


def _check_statement(told: dict[str, Any]) -> None:
    """Refuse what only a forged form can send: choices are codes, answers codes, numbers or yes and no."""
    wrong: dict[str, Any] = {}
    told["words"] = files.clean(told.get("words", ""))
    if not told["words"]:
        del told["words"]
    elif len(told["words"]) > 500:
        wrong["words"] = _("Please use at most 500 characters.")
    for field in ("movement", "zone", "other_movement", "other_zone"):
        if field in told and not _CODE.fullmatch(str(told[field])):
            wrong[field] = _("Choose one of the pictures.")
    answers = told["answers"]
    if len(answers) > MOST_ANSWERS or not all(_CODE.fullmatch(k) and _plain(v) for k, v in answers.items()):
        wrong["answers"] = _("There is an unknown answer.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)


def _plain(value: Any) -> bool:
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 1e9)


MOST_INVITES = 6
TWO_TAPS = timedelta(seconds=30)


def invite_other(actor: Actor, case_id: UUID, label: str = "B", phone: str = "") -> Party:
    """Invite the other party, by SMS to `phone` or (without) by the code shown on this phone."""
    with act(actor, "cases.invite_other", case_id) as step:
        case = files.case(case_id)
        _insist_open(step, case)
        party = _part_to_fill(actor, case, label)
        step.insist(party.pk != actor.party_id, _("This is your own part."), otherwise=WrongState)
        number = intake.mobile(phone) if phone else ""
        own = files.own_party(actor, case_id)
        if number and number == own.phone:
            text = _("This is your own number. Enter the other party's.")
            raise Invalid(text, fields={"phone": text})
        by_code, by_sms = _invites(case_id, party)
        if number and party.phone == number and any(at > clock.now() - TWO_TAPS for at in by_sms):
            step.already()
            return party
        if by_code and not number:
            step.already()
            return party
        step.insist(
            not number or len(by_sms) < MOST_INVITES,
            _("Too many invitations were sent. Let the other party scan the code on this phone."),
            otherwise=WrongState,
            code="too_many_invitations",
        )
        if number:
            party.phone = number
            party.save()
        step.record(PartyInvited(party_id=str(party.pk), by_sms=bool(number)))
    return party


def _invites(case_id: UUID, party: Party) -> tuple[list[datetime], list[datetime]]:
    """When this party was invited: by the code on a phone, by SMS."""
    by_code: list[datetime] = []
    by_sms: list[datetime] = []
    for entry in Entry.objects.filter(stream=case_id, kind=PartyInvited.name):
        told = entry.payload or {}
        if told.get("party_id") == str(party.pk):
            (by_sms if told.get("by_sms") else by_code).append(entry.at)
    return by_code, by_sms


def refuse_part(actor: Actor, case_id: UUID, label: str = "") -> Party:
    """Say that one will not take part, or (`label`) that another party refuses to."""
    with act(actor, "cases.refuse_part", case_id) as step:
        case = files.case(case_id)
        _insist_open(step, case)
        own = files.own_party(actor, case_id)
        party = own if not label or label == own.label else _part_to_fill(actor, case, label)
        if party.status == Party.Status.REFUSED:
            step.already()
            return party
        move(party, Party.Status.REFUSED)
        party.save()
        step.record(PartyRefused(party_id=str(party.pk), told_by=own.label))
    return party


def confirm(actor: Actor, case_id: UUID) -> Party:
    """Declare one's own part complete and true; raises Invalid naming what is still missing."""
    with act(actor, "cases.confirm", case_id) as step:
        case = files.case(case_id)
        party = files.own_party(actor, case_id)
        if party.status == Party.Status.CONFIRMED:
            step.already()
            return party
        _insist_open(step, case)
        missing = missing_of(case, party, files.vehicle_of(party))
        if missing:
            raise Invalid(_("Something is still missing."), code="incomplete", fields=missing)
        move(party, Party.Status.CONFIRMED)
        party.save()
        step.record(PartyConfirmed(party_id=str(party.pk)))
    return party


def missing_of(case: Case, party: Party, vehicle: Vehicle) -> dict[str, str]:
    """What this party still has to do before its part is complete: step name to what is missing."""
    missing: dict[str, str] = {}
    if not case.injury:
        missing["safety"] = _("Say whether anybody is hurt.")
    if not case.place and case.lon is None:
        missing["place"] = _("Say where it happened.")
    if vehicle.kind == "MV" and not vehicle.plate:
        missing["vehicle"] = _("Enter the plate of your vehicle.")
    if not party.phone_proven_at:
        missing["phone"] = _("Confirm your phone number by the code we send.")
    if not driver_known(party, vehicle):
        missing["driver"] = _("Say who was driving.")
    if not party.statement.get("movement") or not party.statement.get("zone"):
        missing["happened"] = _("Choose how your vehicle moved and where it was hit.")
    if party.label == "A":
        shots = set(Evidence.objects.filter(case=case).values_list("shot", flat=True))
        lacking = [s for s in rules(case.city).shots if s not in shots]
        if lacking:
            missing["photos"] = _("Photographs are missing: %(count)d.") % {"count": len(lacking)}
    return missing


def driver_known(party: Party, vehicle: Vehicle) -> bool:
    """Whether it is known who drove: the owner by the register, or a named licence holder."""
    if party.is_owner and vehicle.record:
        return True
    return bool(party.name and party.id_number)


def name_payee(actor: Actor, case_id: UUID, *, holder: str, account: str) -> Party:
    """Say where money due to this party shall go; raises Invalid for an impossible account number."""
    digits = "".join(ch for ch in account if ch in "0123456789")
    if not 12 <= len(digits) <= 19 or not _luhn(digits):
        text = _("This is no bank card number. Check the digits on the card.")
        raise Invalid(text, fields={"account": text})
    if not 2 <= len(files.clean(holder)) <= 60:
        text = _("Enter the card holder's name.")
        raise Invalid(text, fields={"holder": text})
    with act(actor, "cases.name_payee", case_id) as step:
        party = files.own_party(actor, case_id)
        step.insist(party.phone_proven_at, _("Confirm your phone number first."), code="phone_not_proven")
        payee = {"holder": files.clean(holder), "account": digits}
        if party.payee == payee:
            step.already()
            return party
        party.payee = payee
        party.save()
        step.record(PayeeNamed(party_id=str(party.pk)))
    return party


@dataclass(frozen=True)
class PayeeNamed(Fact, name="cases.payee_named"):
    """A party said where its money shall go."""

    party_id: str


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    total = 0
    for place, ch in enumerate(reversed(digits)):
        value = int(ch) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find(case_id: UUID, label: str) -> Party:
    """The party of this label; raises NotFound."""
    row = Party.objects.filter(case_id=case_id, label=label).first()
    if row is None:
        raise NotFound(_("There is no such party in this case."))
    return row
