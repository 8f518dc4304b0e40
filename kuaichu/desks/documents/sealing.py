"""Signature fields and seals: PAdES on the rendered paper.

Order: `prepare` (papers/fields.py) turns the places marked by the template into empty, tagged signature
fields; `certify` signs the paper once with the unit's seal (DocMDP: only form filling afterwards);
`countersign` adds a party's later receipt as an increment into its field; `add_timestamp` adds a document
time stamp when the authority was away.

The level reached is part of the result: without a time stamp or status data the paper is sealed at a lower
level and says so; an outage never blocks. One certifying signature per paper covers page and embedded facts.
"""

from __future__ import annotations

import asyncio
import io
import logging
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import InsufficientRevinfoError, PathBuildingError, PathValidationError

from kuaichu.desks.documents.papers.fields import prepare
from kuaichu.desks.documents.ports import SealIdentity, SealUnavailable, TimeStamper, TimeStampUnavailable
from kuaichu.desks.documents.signatures.hanko import (
    DIGEST,
    PdfSigner,
    Signer,
    Writer,
    certificate,
    stamp,
    timestamper_of,
)

__all__ = ["Level", "NoSuchField", "Sealed", "add_timestamp", "certify", "countersign", "prepare"]

T = TypeVar("T")
_own = threading.local()
SEAL_FIELD = "Seal"
# Hexadecimal digits kept free for the signature. Without it pyHanko signs once more to find out its size;
# ours need about 12,000 to 20,000 with two chains and a time stamp.
_RESERVED = 32_768
TIMESTAMP_FIELD = "Timestamp"

# pyHanko logs certificate subjects and warns that nothing is fetched; what matters is in the result.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


class Level(StrEnum):
    """PAdES baseline level (ETSI EN 319 142-1)."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"


class NoSuchField(ValueError):
    """The paper has no empty signature field of this name."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed file, the level reached and why it is not B-LT ("timestamp", "status"), if it is not."""

    pdf: bytes
    level: Level
    lowered_by: tuple[str, ...] = ()


def certify(
    prepared: bytes,
    *,
    identity: SealIdentity,
    timestamper: TimeStamper | None,
    now: datetime,
    reason: str = "",
    show_seal: bool = True,
) -> Sealed:
    """Sign a prepared paper as the unit: certification that allows only form filling afterwards.

    `now` is the claimed signing time (aware). The seal's image is drawn in the field "Seal" unless
    `show_seal` is false (papers whose authors are the parties).
    Raises `NoSuchField`, and `SealUnavailable` for a certificate that is revoked or out of its period.
    """
    image = identity.image if show_seal else None
    return _sign(prepared, SEAL_FIELD, _Order(identity, timestamper, now, reason, image, certify=True))


def countersign(
    certified: bytes,
    *,
    field_name: str,
    identity: SealIdentity,
    timestamper: TimeStamper | None,
    now: datetime,
    image: bytes | None,
    reason: str = "",
) -> Sealed:
    """Add a receipt ("Receipt1" … by party order) as an increment; `image` is the drawn signature (PNG).

    The cryptographic signature is the platform's or the unit's, as witness of the party's act.
    Raises `NoSuchField`, `SealUnavailable`.
    """
    return _sign(certified, field_name, _Order(identity, timestamper, now, reason, image, certify=False))


def add_timestamp(pdf: bytes, *, timestamper: TimeStamper) -> bytes:
    """Add a document time stamp into its prepared field; it proves when the seal below it existed.

    Raises `TimeStampUnavailable`, or `NoSuchField` when it has been used already.
    """
    writer = Writer(io.BytesIO(pdf), strict=False)
    _require_empty(writer, TIMESTAMP_FIELD)
    stamper = signers.PdfTimeStamper(timestamper_of(timestamper), field_name=TIMESTAMP_FIELD)
    try:
        done = _finished(stamper.async_timestamp_pdf(writer, DIGEST, validation_context=None))
    except TimestampRequestError as error:
        raise TimeStampUnavailable(timestamper.name) from error
    return bytes(done.getvalue())


@dataclass(frozen=True, slots=True)
class _Order:
    identity: SealIdentity
    timestamper: TimeStamper | None
    now: datetime
    reason: str
    image: bytes | None
    certify: bool
    with_status: bool = True
    lowered_by: tuple[str, ...] = field(default=())

    def lowered(self, by: str) -> _Order:
        keep = by != "timestamp"
        return _Order(
            self.identity,
            self.timestamper if keep else None,
            self.now,
            self.reason,
            self.image,
            self.certify,
            self.with_status and by != "status",
            (*self.lowered_by, by),
        )

    @property
    def level(self) -> Level:
        if self.timestamper is None:
            return Level.B
        return Level.LT if self.with_status else Level.T


def _sign(pdf: bytes, name: str, order: _Order) -> Sealed:
    """Try the highest level, then without what is missing."""
    return _attempt(pdf, name, order if order.timestamper else order.lowered("timestamp"))


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Run pyHanko's coroutine in this thread's own loop: making one costs as much as signing."""
    loop: asyncio.AbstractEventLoop | None = getattr(_own, "loop", None)
    if loop is None or loop.is_closed():
        loop = _own.loop = asyncio.new_event_loop()
    return loop.run_until_complete(work)


def _attempt(pdf: bytes, name: str, order: _Order) -> Sealed:
    try:
        return Sealed(_finished(_signed(pdf, name, order)), order.level, order.lowered_by)
    except (TimeStampUnavailable, TimestampRequestError):
        return _attempt(pdf, name, order.lowered("timestamp"))
    except (SigningError, PathBuildingError, PathValidationError) as error:
        cause = error.__cause__ if isinstance(error, SigningError) else error
        if order.with_status and isinstance(cause, InsufficientRevinfoError | PathBuildingError):
            return _attempt(pdf, name, order.lowered("status"))
        raise SealUnavailable("the seal's certificate cannot be used now") from error


def _require_empty(paper: Writer, name: str) -> None:
    root = paper.prev.root
    fields = root["/AcroForm"]["/Fields"] if "/AcroForm" in root else ()
    for found in fields:
        entry = found.get_object()
        if entry.get("/T") == name and "/V" not in entry:
            return
    raise NoSuchField(name)


async def _signed(pdf: bytes, name: str, order: _Order) -> bytes:
    writer = Writer(io.BytesIO(pdf), strict=False)
    _require_empty(writer, name)
    meta = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=order.certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=order.reason or None,
        name=order.identity.unit,
        embed_validation_info=order.with_status,
        validation_context=_status(order) if order.with_status else None,
        # One revision: with a second one for the status data the signature would not cover the whole file.
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )
    signer = PdfSigner(
        meta,
        Signer(order.identity),
        timestamper=timestamper_of(order.timestamper) if order.timestamper else None,
        stamp_style=stamp(order.image),
    )
    signer.now = order.now
    done = await signer.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=_RESERVED)
    return bytes(done.getvalue())


def _status(order: _Order) -> ValidationContext:
    identity = order.identity
    anchors = [identity.chain[-1]] if identity.chain else []
    anchors += order.timestamper.anchors if order.timestamper else ()
    return ValidationContext(
        trust_roots=[certificate(der) for der in anchors],
        other_certs=[certificate(der) for der in identity.chain],
        crls=[_crl(der) for der in identity.crls],
        ocsps=[asn1_ocsp.OCSPResponse.load(der) for der in identity.ocsps],
        moment=order.now,
        allow_fetching=False,
        revocation_mode="require",
    )


@lru_cache(maxsize=64)
def _crl(der: bytes) -> asn1_crl.CertificateList:
    return asn1_crl.CertificateList.load(der)
