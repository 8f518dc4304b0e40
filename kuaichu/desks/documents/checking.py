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
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from kuaichu.desks.documents.attachments import embedded_facts, head_of
from kuaichu.desks.documents.signatures.alterations import Change, Part, changes_after
from kuaichu.desks.documents.signatures.validation import (
    Distrust,
    Trust,
    good_stamp,
    judged,
    stamped_whole,
)

__all__ = ["Change", "Distrust", "Part", "Report", "SignatureReport", "Trust", "Verdict", "check"]

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
    KEY_NOT_VALID = "key_not_valid"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `signed_at` is the claimed time, `stamped_at` that of a trusted time stamp, if any.

    `distrust`: why an intact signature is not believed.
    """

    field: str
    signer: str
    intact: bool
    trusted: bool
    unchanged_since: bool
    covers_file: bool
    certifies: bool
    signed_at: datetime | None
    stamped_at: datetime | None
    distrust: Distrust | None = None

    @property
    def good(self) -> bool:
        """Intact, trusted, and followed by nothing that certification forbids."""
        return self.intact and self.trusted and self.unchanged_since


@dataclass(frozen=True, slots=True)
class Report:
    """The result. Hashes are hex; `number`, `kind` and `paper_id` come from the embedded facts.

    `changes`: what was altered and where, as far as the file itself tells; empty unless it was.
    `whole`: a signature or a document time stamp covers the file to its last byte.
    """

    verdict: Verdict
    file_sha256: str
    signatures: tuple[SignatureReport, ...] = ()
    facts_sha256: str | None = None
    kind: str | None = None
    number: str | None = None
    paper_id: str | None = None
    changes: tuple[Change, ...] = ()
    whole: bool = False


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
    found = [(one, await judged(one, trust, now)) for one in reader.embedded_regular_signatures]
    signatures = tuple(_told(one, verdict.status, verdict.distrust) for one, verdict in found)
    whole = any(one.covers_file for one in signatures) or await stamped_whole(reader, trust)
    verdict = _verdict(signatures, whole or trust.logged(digest.digest()))
    changes: dict[Change, None] = {}
    if verdict is Verdict.ALTERED:
        for one, seen in found:
            if (
                not (seen.status.intact and seen.status.valid and _unchanged(seen.status))
                or one is found[-1][0]
            ):
                changes |= dict.fromkeys(changes_after(one, seen.status, len(pdf)))
    return Report(
        verdict,
        digest.hexdigest(),
        signatures,
        hashlib.sha256(facts).hexdigest() if facts is not None else None,
        head.get("kind"),
        head.get("number"),
        head.get("paper_id"),
        tuple(changes),
        whole,
    )


def _verdict(signatures: tuple[SignatureReport, ...], whole: bool) -> Verdict:
    if not signatures:
        return Verdict.UNSIGNED
    if not all(found.intact and found.unchanged_since for found in signatures):
        return Verdict.ALTERED
    if not whole:
        return Verdict.ALTERED
    if not signatures[0].certifies or any(found.distrust is Distrust.FOREIGN for found in signatures):
        return Verdict.UNTRUSTED
    return Verdict.GENUINE if all(found.trusted for found in signatures) else Verdict.KEY_NOT_VALID


def _told(
    found: EmbeddedPdfSignature, status: PdfSignatureStatus, distrust: Distrust | None
) -> SignatureReport:
    stamp = status.timestamp_validity
    return SignatureReport(
        field=str(found.field_name),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted) and distrust is None,
        unchanged_since=_unchanged(status),
        covers_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        certifies=found.docmdp_level is not None,
        signed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp is not None and good_stamp(stamp) else None,
        distrust=distrust,
    )


def _unchanged(status: PdfSignatureStatus) -> bool:
    level = status.modification_level
    harmless = level is not None and level <= ModificationLevel.FORM_FILLING
    covered = status.coverage in {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
    return bool(harmless and covered and status.docmdp_ok is not False)
