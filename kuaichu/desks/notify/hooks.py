"""A receiver's own hand on its webhook: a new secret while the old one still holds, messages sent again."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kuaichu.desks.notify.models import Message, OldSecret
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.models import Organisation

LONGEST_OVERLAP = 14 * 24
"""Hours for which two secrets may hold."""
MOST_SECRETS = 5
MOST_AGAIN = 500
"""Messages that one request sends again at most."""
PREFIX = "whsec_"
BYTES = range(24, 65)
"""Length of a secret (Standard Webhooks, symmetric signatures)."""


@dataclass(frozen=True)
class SecretReplaced(Fact, name="notify.secret_replaced"):
    """A receiver signs with a new secret; the old one holds until then. No secret stands here."""

    organisation_id: str
    until: str


@dataclass(frozen=True)
class SendingAgain(Fact, name="notify.sending_again"):
    """A receiver wants messages again which it has taken before: all of one span of time."""

    organisation_id: str
    receiver: str
    since: str
    before: str
    count: int


def replace_secret(actor: Actor, secret: str, overlap_hours: int) -> datetime:
    """Sign with this secret from now on, and with the one before for some hours; until when.

    The receiver chooses the secret, so a repeated call changes nothing and a lost answer locks nobody out.
    Raises Invalid for a secret that is none, or an overlap of over 14 days; WrongState while too many hold.
    """
    _insist_usable(secret, overlap_hours)
    with act_on(actor, "notify.replace_secret", home_of(actor).pk) as step:
        home, now = home_of(actor), clock.now()
        old = OldSecret.objects.filter(organisation_id=home.pk, until__gt=now)
        if home.webhook_secret == secret:
            step.already()
            held = old.order_by("-until").first()
            return held.until if held else now
        step.insist(
            old.count() < MOST_SECRETS - 1,
            _("Several secrets hold still. Wait until the oldest has run out."),
            otherwise=WrongState,
            code="too_many_secrets",
        )
        return _replace(step, home, secret, now + timedelta(hours=overlap_hours))


def _replace(step: Step, home: Organisation, secret: str, until: datetime) -> datetime:
    if home.webhook_secret:
        OldSecret.objects.create(organisation_id=home.pk, secret=home.webhook_secret, until=until)
    Organisation.objects.filter(pk=home.pk).update(webhook_secret=secret)
    step.record(SecretReplaced(organisation_id=str(home.pk), until=until.isoformat()))
    return until


def _insist_usable(secret: str, overlap_hours: int) -> None:
    try:
        size = len(base64.b64decode(secret.removeprefix(PREFIX), validate=True))
    except (binascii.Error, ValueError):
        size = 0
    wrong: dict[str, str] = {}
    if not secret.startswith(PREFIX) or size not in BYTES:
        wrong["secret"] = _("A secret is whsec_ and 24 to 64 random bytes in base64.")
    if not 0 <= overlap_hours <= LONGEST_OVERLAP:
        wrong["overlap_hours"] = _("Both secrets may hold for 0 to 336 hours.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)


def secrets_of(receiver: Organisation) -> list[str]:
    """What a message to this receiver is signed with: the secret in force, then those that hold still."""
    rows = OldSecret.objects.filter(organisation_id=receiver.pk, until__gt=clock.now()).order_by("-until")
    return [receiver.webhook_secret, *rows.values_list("secret", flat=True)]


def overlaps(actor: Actor) -> list[datetime]:
    """Until when older secrets of the actor's organisation hold, the last first."""
    rows = OldSecret.objects.filter(organisation_id=home_of(actor).pk, until__gt=clock.now())
    return list(rows.order_by("-until").values_list("until", flat=True))


def send_again(actor: Actor, since: datetime, before: datetime) -> int:
    """Have the messages taken in this span sent again, under their own ids; how many there are.

    Raises Invalid for a span that ends before it begins or holds more than 500, NotFound without a webhook.
    """
    home = home_of(actor)
    if not home.webhook_url:
        raise NotFound(_("Your company has no webhook. Ask the city to set its address."), code="no_webhook")
    if before <= since:
        raise _span(_("The span ends before it begins."))
    count = len(sent_between(actor.city, home.code, since, before)[: MOST_AGAIN + 1])
    if count > MOST_AGAIN:
        raise _span(_("There are more than 500 messages in this span. Ask for a shorter one."))
    with act_on(actor, "notify.send_again", home.pk) as step:
        fact = SendingAgain(
            organisation_id=str(home.pk), receiver=home.code, count=count,
            since=since.isoformat(), before=before.isoformat(),
        )  # fmt: skip
        step.record(fact)
    return count


def _span(text: str) -> Invalid:
    return Invalid(text, fields={"before": text})


def sent_between(city: str, receiver: str, since: datetime, before: datetime) -> QuerySet[Message]:
    """The messages a receiver's webhook has taken in this span, oldest first."""
    rows = Message.objects.filter(city=city, channel="hook", receiver=receiver)
    return rows.filter(sent_at__gte=since, sent_at__lt=before).order_by("sent_at", "id")


def taken(city: str, receiver: str, after: UUID | None, limit: int) -> list[Message]:
    """Messages the receiver's webhook has taken, oldest first, after this one."""
    rows = Message.objects.filter(city=city, channel="hook", receiver=receiver).order_by("id")
    return list((rows.filter(id__gt=after) if after else rows)[:limit])


def home_of(actor: Actor) -> Organisation:
    """The organisation whose system calls; raises NotFound for anybody else."""
    found = Organisation.objects.filter(pk=actor.organisation_id or UUID(int=0), city=actor.city)
    home = found.first()
    if home is None:
        raise NotFound(_("There is no such organisation."))
    return home
