"""The tus 1.0 protocol of resumable uploads (https://tus.io/protocols/resumable-upload), spoken by any door.

Core, creation, creation-with-upload, checksum, expiration and termination. Besides: when an upload is whole,
the answer bears the hashes the server computed (`X-Content-SHA256`, `X-Content-SM3`), and so does GET.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.utils.http import http_date
from django.utils.translation import gettext as _

from kuaichu.cases import uploads
from kuaichu.cases.models import Evidence
from kuaichu.cases.uploads import Progress
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, Refusal, WrongState
from kuaichu.portals.announcing import capture_of
from kuaichu.portals.answers import problem

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
ALGORITHMS = ("sha1", "sha256", "md5")
PIECE = "application/offset+octet-stream"
METHODS = ("OPTIONS", "POST", "HEAD", "GET", "PATCH", "DELETE")
_CHUNK = 64 * 1024
# what the protocol answers; any other refusal of a whole file is the file's own fault
_STATUS = {
    "offset_differs": 409,
    "upload_gone": 410,
    "too_large": 413,
    "media_type": 415,
    "upload_locked": 423,
    "too_many_uploads": 429,
    "checksum_differs": 460,
    "unreadable": 400,
    "kept": 403,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """One door of uploads: who stands there, of which case, where an upload is, what to tell of a photo."""

    actor: Actor
    case_id: UUID
    address: Callable[[UUID], str]
    said: Callable[[Evidence], dict[str, Any]]


def options() -> HttpResponse:
    """What this server can do."""
    return _answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": settings.PHOTO_MAX_BYTES,
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


def method_of(request: HttpRequest) -> str:
    """The method meant: `X-HTTP-Method-Override` counts where a client can only POST."""
    override = request.headers.get("X-HTTP-Method-Override", "").upper()
    meant = override if request.method == "POST" and override in METHODS else request.method
    return meant or ""


def spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Every answer names the version; another version is refused, refusals get the protocol's statuses."""

    @wraps(view)
    def speak(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        method = method_of(request)
        if method == "OPTIONS":
            return options()
        if method != "GET" and request.headers.get("Tus-Resumable") != VERSION:
            return _answer(412, {"Tus-Version": VERSION})
        try:
            answer = view(request, *args, **kwargs)
        except Refusal as refusal:
            answer = _refused(refusal)
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return speak


def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Answer POST to the collection: begin an upload, or find the one begun under the same `client_id`."""
    if method_of(request) != "POST":
        return _no_such_method("POST, OPTIONS")
    length = _number(request, "Upload-Length")
    told = request.headers.get("Upload-Metadata", "")
    found = uploads.announce(desk.actor, desk.case_id, capture_of(told), length, told)
    if request.content_type == PIECE and found.offset == 0 and _size(request):
        found = _received(request, desk, found.upload.pk, 0)
    answer = _state(201, found)
    answer["Location"] = desk.address(found.upload.pk)
    return answer


def go_on(request: HttpRequest, desk: Desk, upload_id: UUID) -> HttpResponse:
    """Answer HEAD, GET, PATCH and DELETE of one upload."""
    method = method_of(request)
    if method == "HEAD":
        return _head(uploads.standing(desk.actor, desk.case_id, upload_id))
    if method == "GET":
        return _told(desk, uploads.standing(desk.actor, desk.case_id, upload_id))
    if method == "PATCH":
        if request.content_type != PIECE:
            raise WrongState(_("Send the bytes as %(type)s.") % {"type": PIECE}, code="media_type")
        offset = _number(request, "Upload-Offset")
        return _state(204, _received(request, desk, upload_id, offset))
    if method == "DELETE":
        uploads.terminate(desk.actor, desk.case_id, upload_id)
        return _answer(204, {})
    return _no_such_method("HEAD, GET, PATCH, DELETE, OPTIONS")


def _received(request: HttpRequest, desk: Desk, upload_id: UUID, offset: int) -> Progress:
    checksum = request.headers.get("Upload-Checksum", "")
    if not checksum:
        chunks = _chunks(request)
        return uploads.receive(
            desk.actor, desk.case_id, upload_id, offset=offset, size=_size(request), chunks=chunks
        )
    with tempfile.SpooledTemporaryFile(max_size=512 * 1024) as piece:
        size = _checked(request, checksum, piece)
        chunks = iter(lambda: piece.read(_CHUNK), b"")
        return uploads.receive(desk.actor, desk.case_id, upload_id, offset=offset, size=size, chunks=chunks)


def _checked(request: HttpRequest, checksum: str, piece: Any) -> int:
    """Put the body aside and compare it with its checksum: nothing is kept before it is known to be right."""
    name, _space, encoded = checksum.partition(" ")
    if name not in ALGORITHMS:
        raise Invalid(_("This checksum is not known here."), code="unreadable")
    meant, algorithm = _decoded(encoded), hashlib.new(name, usedforsecurity=False)
    for chunk in _chunks(request):
        algorithm.update(chunk)
        piece.write(chunk)
    if not hmac.compare_digest(algorithm.digest(), meant):
        raise Invalid(_("This piece did not arrive as it was sent; send it again."), code="checksum_differs")
    size: int = piece.tell()
    piece.seek(0)
    return size


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    body: BinaryIO = request  # type: ignore[assignment]
    try:
        while chunk := body.read(_CHUNK):
            yield chunk
    except UnreadablePostError:  # the sender went away: what came before it is kept
        return


def _size(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _number(request: HttpRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise Invalid(_("The header %(name)s must be a number of bytes.") % {"name": name}, code="unreadable")
    return int(text)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(_("A checksum is written in base64."), code="unreadable") from None


def _head(found: Progress) -> HttpResponse:
    answer = _state(200, found)
    answer["Upload-Length"] = found.upload.length
    if told := found.upload.metadata.get("told"):
        answer["Upload-Metadata"] = told
    return answer


def _told(desk: Desk, found: Progress) -> HttpResponse:
    """The same as a document, with what the door says of the photograph."""
    body = {"offset": found.offset, "length": found.upload.length}
    if found.evidence is not None:
        body |= desk.said(found.evidence)
    return JsonResponse(body)


def _state(status: int, found: Progress) -> HttpResponse:
    answer = _answer(status, {"Upload-Offset": found.offset})
    if found.evidence is None:
        answer["Upload-Expires"] = http_date(found.upload.expires_at.timestamp())
    else:
        answer["X-Content-SHA256"] = found.evidence.sha256
        answer["X-Content-SM3"] = found.evidence.sm3
        answer["X-Evidence-Id"] = str(found.evidence.pk)
    return answer


def _refused(refusal: Refusal) -> HttpResponse:
    """409 means the offset alone in this protocol: every other refusal of a state gets 422 instead."""
    answer = problem(refusal)
    other = 422 if isinstance(refusal, WrongState) else refusal.status
    answer.status_code = _STATUS.get(refusal.code, other)
    if answer.status_code == 429:
        answer["Retry-After"] = "60"
    if answer.status_code == 460:
        answer.reason_phrase = "Checksum Mismatch"
    return answer


def _no_such_method(allowed: str) -> HttpResponse:
    return _answer(405, {"Allow": allowed})


def _answer(status: int, headers: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(status=status)
    del answer["Content-Type"]
    for name, value in {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers}.items():
        answer[name] = str(value)
    return answer
