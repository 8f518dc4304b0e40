"""Sending: the order is the fact that caused it, the call carries our key, the record is one row."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import urllib3

from kuaichu.desks.notify.models import Message
from kuaichu.desks.notify.ports import SmsGateway
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import Prepared, insert_new
from kuaichu.kernel.refusals import Upstream

_KNOWN = Prepared(lambda key: Message.objects.filter(key=key).values_list("pk")[:1], str)


@dataclass(frozen=True)
class Sent(Fact, name="notify.sent"):
    """A message was taken by the other side."""

    message_id: str
    channel: str
    about: str
    receiver_kind: str


def text(
    actor: Actor, case_id: UUID, *, key: str, kind: str, to: str, receiver: str, words: str, keep: bool = True
) -> None:
    """Send an SMS once. No transaction may be open.

    `receiver` is a party's label, kept instead of the number; `keep` False keeps no text (codes).
    Raises Upstream when the gateway cannot take it now.
    """
    if _KNOWN.row(key):
        return
    gateway: SmsGateway = adapter("sms", city(actor.city).connector("sms"))
    receipt = gateway.send(to, words, key)
    _record(
        actor,
        case_id,
        key=key,
        channel="sms",
        kind=kind,
        receiver=receiver,
        body=words if keep else "",
        receipt=receipt,
    )


def hook(
    actor: Actor,
    case_id: UUID,
    *,
    key: str,
    kind: str,
    code: str,
    url: str,
    secrets: Sequence[str],
    body: Callable[[], dict[str, Any]],
) -> None:
    """Call a partner's webhook (Standard Webhooks) until it is taken. No transaction may be open.

    `secrets` are those that hold, `body` is asked for where the message was not taken before.
    Raises Upstream when the other side does not answer 2xx; the worker tries again with a longer pause.
    """
    if _KNOWN.row(key):
        return
    content = json.dumps(body(), ensure_ascii=False, separators=(",", ":"))
    deliver(url, secrets, key, content)
    _record(actor, case_id, key=key, channel="hook", kind=kind, receiver=code, body=content, receipt="")


def deliver(url: str, secrets: Sequence[str], key: str, content: str) -> None:
    """One signed message to a webhook, under its id. Raises Upstream unless it is taken."""
    stamp = str(int(clock.now().timestamp()))
    headers = {
        "content-type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(sign(secret, key, stamp, content) for secret in secrets),
    }
    try:
        answer = _pool().request(
            "POST", url, body=content.encode(), headers=headers, redirect=False, retries=False
        )
    except urllib3.exceptions.HTTPError as error:
        raise Upstream("The insurer's system does not answer.", code="hook_unreachable") from error
    if answer.status // 100 != 2:
        raise Upstream("The insurer's system did not take the message.", code=f"hook_{answer.status}")


def sign(secret: str, message_id: str, stamp: str, content: str) -> str:
    """The Standard Webhooks signature (v1, HMAC-SHA256) of a message."""
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(raw, f"{message_id}.{stamp}.{content}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


@cache
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(timeout=urllib3.Timeout(connect=2.0, read=5.0), maxsize=16)


def _record(
    actor: Actor, case_id: UUID, *, key: str, channel: str, kind: str, receiver: str, body: str, receipt: str
) -> None:
    with act(actor, "notify.record", case_id) as step:
        row = Message(
            key=key,
            city=actor.city,
            case_id=case_id,
            channel=channel,
            kind=kind,
            receiver=receiver,
            body=body,
            receipt=receipt[:80],
            sent_at=clock.now(),
        )
        if not insert_new(row):
            step.already()
            return
        step.record(Sent(message_id=str(row.pk), channel=channel, about=kind, receiver_kind=receiver))


def forget(case_id: UUID, receiver: str) -> int:
    """Drop the texts that were sent to this party of a case (a lawful erasure); that they were sent stays."""
    return Message.objects.filter(case_id=case_id, receiver=receiver, channel="sms").update(body="")
