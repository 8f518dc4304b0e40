"""Invitations: how the other party comes into the case, by SMS or by a code shown on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, intake
from kuaichu.cases.collecting import insist_open
from kuaichu.cases.models import Party
from kuaichu.cases.parties import part_to_fill
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry
from kuaichu.kernel.prepared import find
from kuaichu.kernel.refusals import Invalid, WrongState


@dataclass(frozen=True)
class PartyInvited(Fact, name="cases.party_invited"):
    """Another party was invited, by SMS or by showing a code."""

    party_id: str
    by_sms: bool


@dataclass(frozen=True)
class LinkAsked(Fact, name="cases.link_asked"):
    """A party whose browser lost its case asked for its link again."""

    party_id: str


MOST_INVITES = 6
MOST_LINKS_AN_HOUR = 3
TWO_TAPS = timedelta(seconds=30)


def invite_other(actor: Actor, case_id: UUID, label: str = "B", phone: str = "") -> Party:
    """Invite the other party, by SMS to `phone` or (without) by the code shown on this phone."""
    with act(actor, "cases.invite_other", case_id) as step:
        case = files.case(case_id)
        insist_open(step, case)
        party = part_to_fill(actor, case, label)
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
    for entry in find(Entry, stream=case_id, kind=PartyInvited.name):
        told = entry.payload or {}
        if told.get("party_id") == str(party.pk):
            (by_sms if told.get("by_sms") else by_code).append(entry.at)
    return by_code, by_sms


def send_link_again(actor: Actor, number: str, phone: str) -> None:
    """Send a party's link to its own phone once more, if there is such a case with such a phone.

    Says nothing about whether there is: a wrong pair, and more than a few an hour, do nothing. Raises Invalid
    for a phone number that cannot be one.
    """
    mobile = intake.mobile(phone)
    wanted = Party.objects.select_related("case").filter(
        case__city=actor.city, case__number="".join(number.split())[:32], phone=mobile
    )
    for party in wanted:
        with act(actor, "cases.send_link", party.case_id) as step:
            if _links_asked(party) < MOST_LINKS_AN_HOUR:
                step.record(LinkAsked(party_id=str(party.pk)))
            else:
                step.already()


def _links_asked(party: Party) -> int:
    since = clock.now() - timedelta(hours=1)
    asked = Entry.objects.filter(stream=party.case_id, kind=LinkAsked.name, at__gt=since)
    return sum((one.payload or {}).get("party_id") == str(party.pk) for one in asked)
