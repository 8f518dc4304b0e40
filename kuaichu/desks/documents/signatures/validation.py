"""Who signed, as of when, and is that somebody we believe? One signature at a time.

A signature is judged as of the time that a trusted time stamp proves, with the status data of the file, so a
paper stays genuine when the certificates of its day have long expired; without such a time, as of now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import cms, crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe: DER roots of seals and time stamps; `logged(sha256)` knows the log's whole files.

    `crls`: the seals' present lists of revoked certificates (DER). What a file brings along says nothing of a
    key that was lost later.
    """

    roots: tuple[bytes, ...]
    timestamp_roots: tuple[bytes, ...] = ()
    logged: Callable[[bytes], bool] = lambda _: False
    crls: tuple[bytes, ...] = ()


class Distrust(StrEnum):
    """Why a signature is not believed: nobody we know, or one of ours at a time when it was not valid."""

    FOREIGN = "foreign"
    PERIOD = "period"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Judged:
    """A signature's status, and why it is not believed (None: it is, or its bytes are broken anyway)."""

    status: PdfSignatureStatus
    distrust: Distrust | None


async def judged(found: EmbeddedPdfSignature, trust: Trust, now: datetime) -> Judged:
    """Judge one signature; `now` (aware) counts where no time stamp proves another time."""
    status, moment = await _status(found, trust, now)
    if not (status.intact and status.valid):
        return Judged(status, None)
    if _revoked(found.signer_cert, trust.crls, moment):
        return Judged(status, Distrust.REVOKED)
    return Judged(status, None if status.trusted else await _why(found, trust))


async def stamped_whole(reader: PdfFileReader, trust: Trust) -> bool:
    """Whether a good document time stamp covers the whole file (what precedes it is judged by itself)."""
    for found in reader.embedded_timestamp_signatures[-1:]:
        status = await _stamp(found, found, trust)
        return good_stamp(status) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return False


def good_stamp(status: TimestampSignatureStatus) -> bool:
    """Whether a time stamp proves its time."""
    return bool(status.intact and status.valid and status.trusted)


async def _status(
    found: EmbeddedPdfSignature, trust: Trust, now: datetime
) -> tuple[PdfSignatureStatus, datetime]:
    """The status, and the time as of which it is."""
    own = _attached_token(found)
    if own is not None:
        moment = _token_time(own)
        status = await _as_of(found, trust, moment)
        if status.timestamp_validity is not None and good_stamp(status.timestamp_validity):
            return status, moment
    for stamp in found.reader.embedded_timestamp_signatures:
        if good_stamp(await _stamp(found, stamp, trust)):
            moment = _token_time(stamp.signed_data)
            return await _as_of(found, trust, moment), moment
    return await _as_of(found, trust, now), now


async def _stamp(
    found: EmbeddedPdfSignature, stamp: EmbeddedPdfSignature, trust: Trust
) -> TimestampSignatureStatus:
    context = _context(found, trust.timestamp_roots, _token_time(stamp.signed_data))
    return await async_validate_pdf_timestamp(stamp, context)


async def _why(found: EmbeddedPdfSignature, trust: Trust) -> Distrust:
    """One of ours, if it would be believed in the middle of its certificate's own period."""
    validity = found.signer_cert["tbs_certificate"]["validity"]
    start, end = validity["not_before"].native, validity["not_after"].native
    then = await _as_of(found, trust, start + (end - start) / 2)
    return Distrust.PERIOD if then.trusted else Distrust.FOREIGN


def _revoked(signer: x509.Certificate, crls: tuple[bytes, ...], moment: datetime) -> bool:
    """Whether a present list names the certificate as revoked at that time or before."""
    for der in crls:
        listed = crl.CertificateList.load(der)["tbs_cert_list"]
        if listed["issuer"].dump() != signer.issuer.dump():
            continue
        rows = listed["revoked_certificates"]
        for row in rows if isinstance(rows, crl.RevokedCertificates) else ():
            if row["user_certificate"].native == signer.serial_number:
                return bool(row["revocation_date"].native <= moment)
    return False


async def _as_of(found: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        found,
        _context(found, trust.roots, moment),
        ts_validation_context=_context(found, trust.timestamp_roots, moment),
    )


def _context(found: EmbeddedPdfSignature, roots: tuple[bytes, ...], moment: datetime) -> ValidationContext:
    settings = {
        "trust_roots": [x509.Certificate.load(der) for der in roots],
        "allow_fetching": False,
        "moment": moment,
    }
    if "/DSS" in found.reader.root:
        return DocumentSecurityStore.read_dss(found.reader).as_validation_context(settings)
    return ValidationContext(**settings)


def _attached_token(found: EmbeddedPdfSignature) -> cms.SignedData | None:
    attributes = found.signer_info["unsigned_attrs"]
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None


def _token_time(token: cms.SignedData) -> datetime:
    moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return moment
