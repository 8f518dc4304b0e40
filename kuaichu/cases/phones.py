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
from kuaichu.cases.models import Link, Party, PhoneCode
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared, find_one, insert, insert_new
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.roles import PARTY

MOST_TRIES = 5
NOBODY = UUID(int=0)


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
    hours = rules(party.case.city).link_hours
    mark = _token_hash(token)
    insert_new(Link(token_hash=mark, party=party, expires_at=clock.now() + timedelta(hours=hours)))
    return token


def _token(party: Party, seed: str) -> str:
    mac = hmac.new(settings.SECRET_KEY.encode(), f"link:{party.pk}:{seed}".encode(), "sha256").digest()
    return base64.urlsafe_b64encode(mac[:18]).decode()


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def follow_link(token: str) -> Party:
    """The party a link leads to; raises NotFound when it is unknown, and says so when it has expired."""
    link = find_one(Link, related="party__case", token_hash=_token_hash(token))
    if link is None:
        raise NotFound(_("This link leads nowhere. Ask for a new one."), code="link_unknown")
    if link.expires_at < clock.now():
        raise NotFound(_("This link has expired. Ask the sender for a new one."), code="link_expired")
    return link.party


def ask_code(actor: Actor, case_id: UUID, phone: str = "") -> PhoneCode:
    """Ask for a code to the party's phone (or to a new number while none is proven).

    Raises Invalid for an unusable number, WrongState when too many codes were asked for in an hour.
    """
    with act(actor, "cases.prove_phone", case_id) as step:
        party = files.own_party(actor, case_id)
        number = _number_to_prove(party, phone)
        now = clock.now()
        limits = rules(actor.city)
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
            asked_at=now,
            expires_at=now + timedelta(minutes=limits.code_minutes),
        )
        insert(code)
        _keep_language(party)
        step.record(CodeAsked(party_id=str(party.pk), code_id=str(code.pk)))
    return code


_RECENT = Prepared(
    lambda since, phone, party: (
        PhoneCode.objects.filter(asked_at__gt=since).filter(Q(phone=phone) | Q(party=party)).values_list("pk")
    ),
    datetime,
    str,
    UUID,
)
_NEWEST = Prepared(
    lambda party: (
        PhoneCode.objects.filter(party_id=party, used_at=None).exclude(code_hash="").order_by("-asked_at")[:1]
    ),
    UUID,
)


def _keep_language(party: Party) -> None:
    """Messages come in the language in which the party asked for its code."""
    wanted = "en" if (get_language() or "").startswith("en") else "zh-hans"
    if party.language != wanted:
        party.language = wanted
        party.save(update_fields=["language"])


def _number_to_prove(party: Party, phone: str) -> str:
    if party.phone and (party.phone_proven_at or party.status == Party.Status.INVITED or not phone):
        if phone and intake.mobile(phone) != party.phone:
            raise Invalid(
                _("This link was sent to another phone number."),
                fields={"phone": _("Enter the number that received the link.")},
            )
        return party.phone
    number = intake.mobile(phone)
    if any(other.phone == number and other.pk != party.pk for other in files.parties(party.case_id)):
        text = _("This is the other party's number. Enter your own, or call an officer.")
        raise Invalid(text, fields={"phone": text})
    return number


def mint_code(code_id: UUID) -> tuple[PhoneCode, str]:
    """The digits of an asked code, for sending; only their hash is kept.

    They follow from the code's id and our secret, so that a message sent again holds the same digits.
    """
    mac = hmac.new(settings.SECRET_KEY.encode(), f"digits:{code_id}".encode(), "sha256").digest()
    digits = f"{int.from_bytes(mac[:8], 'big') % 1_000_000:06d}"
    row = find_one(PhoneCode, related="party__case", pk=code_id)
    assert row is not None
    if row.used_at is None:
        row.code_hash = _code_hash(code_id, digits)
        row.save(update_fields=["code_hash"])
    return row, digits


def _code_hash(code_id: UUID, digits: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{code_id}:{digits}".encode(), "sha256").hexdigest()


def prove(actor: Actor, case_id: UUID, digits: str) -> Party:
    """Show the code: the phone is proven, an invited party has joined.

    Raises Invalid at field `code` when it is wrong, used, or has expired.
    """
    tried = _try_code(actor, digits)
    with act(actor, "cases.prove_phone", case_id) as step:
        party = files.own_party(actor, case_id)
        joined = party.status in (Party.Status.INVITED, Party.Status.REFUSED)
        if not PhoneCode.objects.filter(pk=tried.pk, used_at=None).update(used_at=clock.now()):
            step.already()  # a second tap, a moment ago
            return party
        party.phone = tried.phone
        party.phone_proven_at = clock.now()
        if joined:
            move(party, Party.Status.JOINED)
        party.save()
        step.record(PhoneProven(party_id=str(party.pk), joined=joined))
    return party


def _try_code(actor: Actor, digits: str) -> PhoneCode:
    """Count the try (outside the act, so that a wrong one stays counted) and return the code it fits."""
    code = _NEWEST.first(actor.party_id or NOBODY)
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
