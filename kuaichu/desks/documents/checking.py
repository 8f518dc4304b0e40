"""Is this file one of our papers, unchanged? For the public verification page and the offline command.

A file is genuine when its first signature certifies it under one of our roots, every signature is intact,
valid and trusted with no change beyond what certification allows, and the last signature covers the whole
file (or the whole file's SHA-256 is known from the log). pyHanko alone accepts bytes appended after the end,
and other viewers call a white-out stamp "valid": hence the coverage rule.

`check` never raises. Parsing strangers' PDF files is attack surface all the same: call it in a worker
process with a limit of a few seconds of CPU and some 500 MB of memory (`resource.setrlimit`), because a small
file can unpack to a very large one; a killed worker means "unreadable".
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from kuaichu.desks.documents.attachments import embedded_facts, head_of

# Strangers' files name strangers: no certificate subject of an uploaded file goes to a log.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

SIZE_LIMIT = 5 * 1024 * 1024
REVISION_LIMIT = 12


class Verdict(StrEnum):
    """What the page says in one word."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNTRUSTED = "untrusted"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe: DER roots of seals and time stamps; `logged(sha256)` knows the log's whole files."""

    roots: tuple[bytes, ...]
    timestamp_roots: tuple[bytes, ...] = ()
    logged: Callable[[bytes], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `signed_at` is the claimed time, `stamped_at` that of a trusted time stamp, if any."""

    field: str
    signer: str
    intact: bool
    trusted: bool
    unchanged_since: bool
    covers_file: bool
    certifies: bool
    signed_at: datetime | None
    stamped_at: datetime | None

    @property
    def good(self) -> bool:
        """Intact, trusted, and followed by nothing that certification forbids."""
        return self.intact and self.trusted and self.unchanged_since


@dataclass(frozen=True, slots=True)
class Report:
    """The result. Hashes are hex; `number`, `kind` and `paper_id` come from the embedded facts."""

    verdict: Verdict
    file_sha256: str
    signatures: tuple[SignatureReport, ...] = ()
    facts_sha256: str | None = None
    kind: str | None = None
    number: str | None = None
    paper_id: str | None = None


def check(pdf: bytes, trust: Trust, *, now: datetime) -> Report:
    """Judge a file. `now` (aware) is when certificates without a time stamp must still be valid.

    Never raises for any bytes. Runs an event loop of its own: call it from a plain thread or process.
    """
    digest = hashlib.sha256(pdf)
    if len(pdf) > SIZE_LIMIT:
        return Report(Verdict.TOO_LARGE, digest.hexdigest())
    _refuse_inside_a_loop()
    try:
        return asyncio.run(_judged(pdf, trust, now, digest))
    except Exception:  # a hostile file may break the parser anywhere; the answer is the same
        return Report(Verdict.UNREADABLE, digest.hexdigest())


def _refuse_inside_a_loop() -> None:
    """A fault of the caller must not look like an unreadable file."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("call check() from a plain thread or process")


async def _judged(pdf: bytes, trust: Trust, now: datetime, digest: Any) -> Report:
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    if reader.encrypted or reader.xrefs.total_revisions > REVISION_LIMIT:
        return Report(Verdict.UNREADABLE, digest.hexdigest())
    facts = embedded_facts(reader)
    head = head_of(facts)
    signatures = tuple([await _signature(found, trust, now) for found in reader.embedded_regular_signatures])
    whole = trust.logged(digest.digest()) or await _stamped_whole(reader, trust)
    return Report(
        _verdict(signatures, whole),
        digest.hexdigest(),
        signatures,
        hashlib.sha256(facts).hexdigest() if facts is not None else None,
        head.get("kind"),
        head.get("number"),
        head.get("paper_id"),
    )


def _verdict(signatures: tuple[SignatureReport, ...], whole: bool) -> Verdict:
    if not signatures:
        return Verdict.UNSIGNED
    if not all(found.intact and found.unchanged_since for found in signatures):
        return Verdict.ALTERED
    if not (whole or any(found.covers_file for found in signatures)):
        return Verdict.ALTERED
    if not (signatures[0].certifies and all(found.trusted for found in signatures)):
        return Verdict.UNTRUSTED
    return Verdict.GENUINE


async def _signature(found: EmbeddedPdfSignature, trust: Trust, now: datetime) -> SignatureReport:
    status = await _status(found, trust, now)
    stamp = status.timestamp_validity
    return SignatureReport(
        field=str(found.field_name),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        unchanged_since=_unchanged(status),
        covers_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        certifies=found.docmdp_level is not None,
        signed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp is not None and stamp.intact and stamp.trusted else None,
    )


async def _status(found: EmbeddedPdfSignature, trust: Trust, now: datetime) -> PdfSignatureStatus:
    """As of the time that a trusted time stamp proves, with the status data of the file; otherwise as of now.

    So a paper stays genuine when the certificates of its day have long expired.
    """
    own = _attached_token(found)
    if own is not None:
        status = await _as_of(found, trust, _token_time(own))
        if status.timestamp_validity is not None and _good_stamp(status.timestamp_validity):
            return status
    for stamp in found.reader.embedded_timestamp_signatures:
        moment = _token_time(stamp.signed_data)
        if _good_stamp(
            await async_validate_pdf_timestamp(stamp, _context(found, trust.timestamp_roots, moment))
        ):
            return await _as_of(found, trust, moment)
    return await _as_of(found, trust, now)


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


def _good_stamp(status: TimestampSignatureStatus) -> bool:
    return bool(status.intact and status.valid and status.trusted)


def _unchanged(status: PdfSignatureStatus) -> bool:
    level = status.modification_level
    harmless = level is not None and level <= ModificationLevel.FORM_FILLING
    covered = status.coverage in {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
    return bool(harmless and covered and status.docmdp_ok is not False)


async def _stamped_whole(reader: PdfFileReader, trust: Trust) -> bool:
    """Whether a good document time stamp covers the whole file (what precedes it is judged by itself)."""
    for found in reader.embedded_timestamp_signatures[-1:]:
        context = _context(found, trust.timestamp_roots, _token_time(found.signed_data))
        status = await async_validate_pdf_timestamp(found, context)
        return _good_stamp(status) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return False
