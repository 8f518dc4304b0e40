"""Proving a phone number by a one-time code, and links that lead to one party's part."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.cases import files, intake
from kuaichu.cases.helping import has_own_phone
from kuaichu.cases.models import Link, Party, PhoneCode
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared, find, find_one, find_sure, insert, insert_new
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.roles import PARTY

MOST_TRIES = 5
LONG = 16
NOBODY = UUID(int=0)
PROVE, HELP, SIGN = "prove", "help", "sign"
"""What a code is for: the party's own phone, its helper's phone, one signature under one text."""


@dataclass(frozen=True)
class CodeAsked(Fact, name="cases.code_asked"):
    """A one-time code was asked for a party's phone."""

    party_id: str
    code_id: str


@dataclass(frozen=True)
class PhoneProven(Fact, name="cases.phone_proven"):
    """A party showed that the phone is in their hands."""

    party_id: str
    joined: bool


def actor_of(party: Party) -> Actor:
    """The party as an actor, bound to its case and its own part."""
    return Actor(
        kind="party",
        id=str(party.pk),
        city=party.case.city,
        grants=PARTY,
        case_id=party.case_id,
        party_id=party.pk,
    )


def make_link(party: Party, seed: str = "") -> str:
    """A fresh link token for this party; only its hash is kept.

    The same `seed` gives the same token, so that a message sent again reads the same.
    """
    token = _token(party, seed) if seed else secrets.token_urlsafe(18)
    keep_link(party, token)
    return token


def keep_link(party: Party, token: str) -> None:
    """Let this token lead to the party's part for the city's time; kept twice it is one."""
    hours = rules(party.case.city).link_hours
    mark = _token_hash(token)
    insert_new(Link(token_hash=mark, party=party, expires_at=clock.now() + timedelta(hours=hours)))


def _token(party: Party, seed: str) -> str:
    mac = hmac.new(settings.SECRET_KEY.encode(), f"link:{party.pk}:{seed}".encode(), "sha256").digest()
    return base64.urlsafe_b64encode(mac[:18]).decode()


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def follow_link(token: str) -> Party:
    """The party a link leads to; raises NotFound when it is unknown, and says so when it has expired."""
    copied = token.lower() if len(token) < LONG else token  # the code of a note is written by hand
    link = find_one(Link, related="party__case", token_hash=_token_hash(copied))
    if link is None:
        raise NotFound(_("This link leads nowhere. Ask for a new one."), code="link_unknown")
    if link.expires_at < clock.now():
        raise NotFound(_("This link has expired. Ask the sender for a new one."), code="link_expired")
    return link.party


def ask_code(actor: Actor, case_id: UUID, phone: str = "") -> PhoneCode:
    """Ask for a code to the party's phone (or to a new number while none is proven).

    A party without a phone of its own is proven by the phone of who helps it. Raises Invalid for an unusable
    number, WrongState when too many codes were asked for in an hour.
    """
    with act(actor, "cases.prove_phone", case_id) as step:
        party = files.own_party(actor, case_id)
        purpose = PROVE if has_own_phone(party) else HELP
        return new_code(step, party, _number_to_prove(party, phone), purpose)


def new_code(step: Step, party: Party, number: str, purpose: str, bound: str = "") -> PhoneCode:
    """A code to this number, asked for inside an act; raises WrongState when too many were asked for."""
    now, limits = clock.now(), rules(step.actor.city)
    asked = len(_RECENT.rows(now - timedelta(hours=1), number, party.pk))
    step.insist(
        asked < limits.codes_an_hour,
        _("Too many codes were sent to this number. Wait an hour, or call 122."),
        otherwise=WrongState,
        code="too_many_codes",
    )
    code = PhoneCode(
        id=new_id(),
        party=party,
        phone=number,
        purpose=purpose,
        bound=bound,
        asked_at=now,
        expires_at=now + timedelta(minutes=limits.code_minutes),
    )
    insert(code)
    _keep_language(party)
    step.record(CodeAsked(party_id=str(party.pk), code_id=str(code.pk)))
    return code


_RECENT = Prepared(
    lambda since, phone, party: PhoneCode.objects.filter(
        Q(phone=phone) | Q(party=party), asked_at__gt=since
    ).values_list("pk"),
    *(datetime, str, UUID),
)


def _keep_language(party: Party) -> None:
    """Messages come in the language in which the party asked for its code."""
    wanted = "en" if (get_language() or "").startswith("en") else "zh-hans"
    if party.language != wanted:
        party.language = wanted
        party.save(update_fields=["language"])


def _number_to_prove(party: Party, phone: str) -> str:
    if not has_own_phone(party):
        return _number_of_helper(party, phone)
    if party.phone and (party.phone_proven_at or party.status == Party.Status.INVITED or not phone):
        if phone and intake.mobile(phone) != party.phone:
            raise Invalid(
                _("This link was sent to another phone number."),
                fields={"phone": _("Enter the number that received the link.")},
            )
        return party.phone
    return _nobody_elses(party, intake.mobile(phone))


def _number_of_helper(party: Party, phone: str) -> str:
    known = str((party.helper or {}).get("phone", ""))
    if known and phone and intake.mobile(phone) != known:
        text = _("Another person's phone already answers for this party.")
        raise Invalid(text, fields={"phone": text})
    return known or _nobody_elses(party, intake.mobile(phone))


def _nobody_elses(party: Party, number: str) -> str:
    """The number, which must not be another party's: nobody answers for two sides."""
    others = [one for one in files.parties(party.case_id) if one.pk != party.pk]
    if any(number in (one.phone, (one.helper or {}).get("phone")) for one in others):
        text = _("This is the other party's number. Enter your own, or call an officer.")
        raise Invalid(text, fields={"phone": text})
    return number


def mint_code(code_id: UUID) -> tuple[PhoneCode, str]:
    """The digits of an asked code, for sending; only their hash is kept.

    They follow from the code's id and our secret, so that a message sent again holds the same digits.
    """
    mac = hmac.new(settings.SECRET_KEY.encode(), f"digits:{code_id}".encode(), "sha256").digest()
    digits = f"{int.from_bytes(mac[:8], 'big') % 1_000_000:06d}"
    row = find_sure(PhoneCode, related="party__case", pk=code_id)
    if row.used_at is None:
        row.code_hash = _code_hash(code_id, digits)
        row.save(update_fields=["code_hash"])
    return row, digits


def _code_hash(code_id: UUID, digits: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{code_id}:{digits}".encode(), "sha256").hexdigest()


def prove(actor: Actor, case_id: UUID, digits: str) -> Party:
    """Show the code: the phone is proven, an invited party (or one who was not there) has joined.

    Raises Invalid at field `code` when it is wrong, used, or has expired.
    """
    tried = try_code(actor, digits, PROVE, HELP)
    with act(actor, "cases.prove_phone", case_id) as step:
        party = files.own_party(actor, case_id)
        joined = party.status in (Party.Status.INVITED, Party.Status.REFUSED, Party.Status.ABSENT)
        if not use_code(tried):
            step.already()  # a second tap, a moment ago
            return party
        now = clock.now()
        if tried.purpose == HELP:
            party.helper = {**(party.helper or {}), "phone": tried.phone, "phone_proven_at": now.isoformat()}
        else:
            party.phone, party.phone_proven_at = tried.phone, now
        if joined:
            move(party, Party.Status.JOINED)
        party.save()
        step.record(PhoneProven(party_id=str(party.pk), joined=joined))
    return party


def use_code(code: PhoneCode) -> bool:
    """Mark a code as used; False when it was used a moment ago."""
    return bool(PhoneCode.objects.filter(pk=code.pk, used_at=None).update(used_at=clock.now()))


def try_code(actor: Actor, digits: str, *purposes: str) -> PhoneCode:
    """Count the try (outside the act, so that a wrong one stays counted) and return the code it fits."""
    asked = find(PhoneCode, "-asked_at", party_id=actor.party_id or NOBODY)
    code = next((one for one in asked if one.code_hash and not one.used_at and one.purpose in purposes), None)
    if code is None or code.expires_at < clock.now():
        raise _wrong_code(_("This code has expired. Ask for a new one."))
    # counted by the database: of many tries at once only MOST_TRIES are looked at
    if not PhoneCode.objects.filter(pk=code.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise _wrong_code(_("Too many wrong codes. Ask for a new one."))
    clean = "".join(str(int(ch)) for ch in digits if ch.isdecimal())
    if not hmac.compare_digest(code.code_hash, _code_hash(code.pk, clean)):
        raise _wrong_code(_("This code is not right. Look at the newest message and try again."))
    return code


def _wrong_code(text: str) -> Invalid:
    return Invalid(text, code="wrong_code", fields={"code": text})
