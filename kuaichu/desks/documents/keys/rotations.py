"""Keys are replaced: from their day on, noted in the journal and in the public log itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import uuid5

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.anchors import stream_of
from kuaichu.desks.documents.ports import KeysElsewhere
from kuaichu.desks.documents.rules import rules
from kuaichu.kernel import clock, publiclog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid


class Kind(StrEnum):
    """Which key."""

    QR = "qr"
    SEAL = "seal"


@dataclass(frozen=True)
class KeyRotated(Fact, name="documents.key_rotated"):
    """A key was replaced; papers of before stay valid."""

    what: str
    key: str
    valid_from: str
    leaf: int


def rotate(actor: Actor, kind: Kind, *, day: date | None = None) -> str:
    """Replace a key from `day` (today) on; its id in hex (of a seal: the certificate's SHA-256).

    Raises Invalid where the day is before the present key's, or the seal system replaces its keys itself.
    """
    since = day or clock.today()
    with act_on(actor, "documents.rotate_key", stream_of(actor.city)) as step:
        try:
            name = _replaced(actor.city, kind, since)
        except (ValueError, KeysElsewhere) as error:
            raise Invalid(str(error), fields={"day": str(error)}) from error
        content = {"what": kind.value, "key": name, "valid_from": since.isoformat()}
        leaf = publiclog.append(actor.city, "key", uuid5(stream_of(actor.city), name), content)
        step.record(KeyRotated(what=kind.value, key=name, valid_from=since.isoformat(), leaf=leaf))
    return name


def _replaced(city: str, kind: Kind, since: date) -> str:
    if kind is Kind.QR:
        return certificates.key_ring().rotate(since).key_id.hex()
    return certificates.seals(city).rotate(city, rules(city).unit)
