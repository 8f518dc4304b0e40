"""Who is not there: a parked vehicle's owner, a party that has left; the waiting, and its end.

Who hits an unattended vehicle may not just go: stop, keep the scene, report (法70). A report, photographs and
a note on the windscreen are that; the owner joins later by the note's code, which anybody can read: so who
comes by it shows the vehicle licence first. Who drove off without a word may be a hit and run, which is never
settled here (法99, D146 43, 61); who left a number has not fled (D146 112).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kuaichu.cases import files, phones, vehicles
from kuaichu.cases.collecting import insist_open
from kuaichu.cases.models import Case, Party
from kuaichu.cases.parties import part_to_fill
from kuaichu.cases.rules import rules
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, WrongState

CODE_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH: Final = 10
VIN_TAIL: Final = 6
OWNER_LAW: Final = ("法70", "法99", "D146 112")
LEFT_LAW: Final = ("法70", "D146 13", "D146 112")
LEFT: Final = {
    "number": {"party_left": True, "number_left": True},
    "gone": {"party_left": True},
    "fled": {"party_fled": True},
}
"""How a party left: with a number or plate for the others, without, or fleeing. → what the case notes."""


@dataclass(frozen=True)
class PartyAbsent(Fact, name="cases.party_absent"):
    """The owner of a vehicle that was hit is not there; a note was left for them."""

    party_id: str


@dataclass(frozen=True)
class PartyGone(Fact, name="cases.party_gone"):
    """A party has left the scene; `how` is one of LEFT."""

    party_id: str
    how: str


@dataclass(frozen=True)
class WaitingEnded(Fact, name="cases.waiting_ended"):
    """Who was not there has not joined in time: the police go on."""

    party_id: str


def mark_absent(actor: Actor, case_id: UUID, *, plate: str, label: str = "B") -> Party:
    """Say that the owner of the vehicle with this plate is not there.

    Raises Invalid at `plate` for one that cannot be used, WrongState when that party has joined.
    """
    with act(actor, "cases.note_absent", case_id) as step:
        case = files.case(case_id)
        insist_open(step, case)
        party = part_to_fill(actor, case, label)
        step.insist(party.pk != actor.party_id, _("This is your own part."), otherwise=WrongState)
        vehicle = files.vehicle_of(party)
        changed = vehicles.take_plate(vehicle, plate, None)
        if party.status == Party.Status.ABSENT and not changed:
            step.already()
            return party
        vehicle.save()
        if party.status != Party.Status.ABSENT:
            move(party, Party.Status.ABSENT)
            party.save()
        phones.keep_link(party, note_code(party))
        case.triage = {**case.triage, "owner_absent": True}
        case.save()
        step.record(PartyAbsent(party_id=str(party.pk)))
    return party


def mark_gone(actor: Actor, case_id: UUID, *, how: str, label: str = "B") -> Party:
    """Say that another party has left, and how (`LEFT`). Raises Invalid for another word."""
    if how not in LEFT:
        raise Invalid(_("Choose one."), fields={"how": _("Choose one.")})
    with act(actor, "cases.note_absent", case_id) as step:
        case = files.case(case_id)
        insist_open(step, case)
        party = part_to_fill(actor, case, label)
        step.insist(party.pk != actor.party_id, _("This is your own part."), otherwise=WrongState)
        if all(case.triage.get(key) for key in LEFT[how]):
            step.already()
            return party
        case.triage = {**case.triage, **LEFT[how]}
        case.save()
        step.record(PartyGone(party_id=str(party.pk), how=how))
    return party


def stop_waiting(actor: Actor, case_id: UUID, party_id: UUID) -> None:
    """Wait no longer for who was not there: by the clock, or because a party asks for the police.

    Nothing happens when that one has joined meanwhile, or when the case is not being reported any more.
    """
    with act(actor, "cases.stop_waiting", case_id) as step:
        case = files.case(case_id)
        if actor.kind == "party":
            files.own_party(actor, case_id)
        party = files.party(case_id, party_id)
        away = party.status in (Party.Status.INVITED, Party.Status.ABSENT)
        if not away or case.status != Case.Status.REPORTING or case.triage.get("waited_in_vain"):
            step.already()
            return
        case.triage = {**case.triage, "waited_in_vain": True}
        case.save()
        step.record(WaitingEnded(party_id=str(party.pk)))


def waited_for(case: Case, parties: list[Party]) -> Party | None:
    """The party everybody waits for because it is not there; None when nobody is."""
    if not (case.triage.get("owner_absent") or case.triage.get("number_left")):
        return None
    away = (Party.Status.INVITED, Party.Status.ABSENT)
    return next((p for p in parties if p.status in away), None)


def waits_until(case: Case, party: Party) -> datetime | None:
    """Until when who is not there may still join by itself; None when nobody waits (any more)."""
    if waited_for(case, [party]) is None or case.triage.get("waited_in_vain"):
        return None
    if case.triage.get("owner_absent"):
        return case.opened_at + timedelta(hours=rules(case.city).owner_hours)
    return case.opened_at + timedelta(minutes=rules(case.city).left_minutes)


def note_code(party: Party) -> str:
    """The short code on the note, easy to copy by hand; the same for the same part (49 bits)."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"note:{party.pk}".encode(), "sha256").digest()
    number, letters = int.from_bytes(mac[:16], "big"), ""
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[rest]
    return letters


def must_show_licence(party: Party) -> bool:
    """Whether who comes by the note must show the vehicle licence: the register knows what stands there."""
    return party.status == Party.Status.ABSENT and bool(_vin(party))


def shows_licence(party: Party, tail: str) -> bool:
    """Whether these are the last characters of the vehicle's number, as on its licence."""
    told = "".join(ch for ch in tail.upper() if ch.isalnum())
    return hmac.compare_digest(told.encode(), _vin(party)[-VIN_TAIL:].encode())


def _vin(party: Party) -> str:
    return str((files.vehicle_of(party).record or {}).get("vin", "")).upper()
