"""The whole dossier of one claim or of many as one ZIP file, made while it is read: never whole in memory."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params.functions import Query
from ninja.responses import NinjaJSONEncoder

from kuaichu.cases import files as case_files
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.api.guards import ClaimsToken
from kuaichu.portals.api.insurers.claims import address, insurer_of
from kuaichu.portals.api.insurers.files import file_of
from kuaichu.portals.api.insurers.notice import notices
from kuaichu.queries import looks
from kuaichu.queries.packet import packet

MOST_CLAIMS = 50
router = Router(tags=["Insurers"], auth=ClaimsToken())
_ZIP = {
    "responses": {
        200: {
            "description": "A ZIP file; `SHA256SUMS` in it names every file (`sha256sum -c SHA256SUMS`)",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get(
    "/claims/{uuid:claim_id}/dossier",
    url_name="claim-dossier",
    summary="Fetch the whole dossier",
    openapi_extra=_ZIP,
)
def read_dossier(request: HttpRequest, claim_id: UUID) -> StreamingHttpResponse:
    """A ZIP file: packet and notice as JSON, sealed papers, frozen facts, copies of photographs, hashes."""
    claim = own_claim(insurer_of(request), claim_id)
    return _answer(request, [claim], f"{case_files.case(claim.case_id).number}.zip")


@router.get(
    "/dossiers", url_name="claim-dossiers", summary="Fetch the dossiers of many claims", openapi_extra=_ZIP
)
def read_dossiers(
    request: HttpRequest,
    claim_id: Annotated[list[UUID], Query(description="up to 50, each as `claim_id=…`", min_length=1)],
) -> StreamingHttpResponse:
    """The dossiers of up to 50 claims in one ZIP file, each in a folder named by case number and claim."""
    if len(claim_id) > MOST_CLAIMS:
        text = _("At most %(most)d claims at a time.") % {"most": MOST_CLAIMS}
        raise Invalid(text, fields={"claim_id": text})
    claims = [own_claim(insurer_of(request), one) for one in dict.fromkeys(claim_id)]
    return _answer(request, claims, "dossiers.zip")


def _answer(request: HttpRequest, claims: list[Claim], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_written(request, claims), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _written(request: HttpRequest, claims: list[Claim]) -> Iterator[bytes]:
    """The ZIP file in pieces: a piece leaves before the next file is read."""
    out, sums, now = _Outflow(), [], clock.now()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for claim in claims:
            folder = "" if len(claims) == 1 else f"{case_files.case(claim.case_id).number}-{claim.pk}/"
            for name, data in _files(request, claim):
                sums.append(f"{hashlib.sha256(data).hexdigest()}  {folder}{name}\n")
                archive.writestr(_entry(folder + name, now), data)
                yield out.taken()
        archive.writestr(_entry("SHA256SUMS", now), "".join(sums))
    yield out.taken()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.astimezone(clock.CHINA).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED if name.endswith((".jpg", ".pdf")) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _files(request: HttpRequest, claim: Claim) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, one after another. Reading is noted as it is for each file alone."""
    viewer = insurer_of(request)
    told = packet(viewer, claim.pk, lambda kind, key: address(request, claim.pk, kind, key))
    yield "packet.json", _json(told)
    looks.note(viewer, claim.case_id, "notice")
    yield "notice.json", _json({"notices": notices(claim)})
    for paper in told["documents"]:
        yield _file(viewer, claim, "papers", "paper", paper["id"])
        yield _file(viewer, claim, "facts", "facts", paper["id"])
    for number, photo in enumerate(told["photos"], start=1):
        name, data = _file(viewer, claim, "photographs", "photo", photo["id"])
        yield f"photographs/{number:02d}-{photo['shot']}-{name.rsplit('/', 1)[-1]}", data


def _file(viewer: Actor, claim: Claim, folder: str, kind: str, file_id: UUID) -> tuple[str, bytes]:
    data, _mime, name, _digest = file_of(viewer, claim, kind, file_id)
    looks.note(viewer, claim.case_id, f"file_{kind}")
    return f"{folder}/{name}", data


def _json(told: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told, enc_hook=NinjaJSONEncoder().default), indent=1)


class _Outflow(io.RawIOBase):
    """Where the archive writes to: what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """It only takes; it cannot be gone back in."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some bytes."""
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = bytes(self._held)
        self._held.clear()
        return piece
