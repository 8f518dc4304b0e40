"""Photographs that come in pieces: announced, appended to, and kept as evidence when the last byte is there.

An upload is no fact of the accident yet, so nothing of it is in the journal; the photograph it becomes is.
A crash between the last byte and the photograph is made good by the next question about the upload.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from kuaichu.cases import evidence, files
from kuaichu.cases.evidence import SHOTS, Capture
from kuaichu.cases.models import Evidence, Upload
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import insist_granted
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.locks import writing
from kuaichu.kernel.partials import Partial, append, left_behind
from kuaichu.kernel.prepared import Prepared, amend, insert
from kuaichu.kernel.refusals import Invalid, NotFound, Upstream, WrongState

KEPT = timedelta(hours=48)
MOST_OPEN = 12
MOST_OPEN_BYTES = 96 * 1024 * 1024
_STRAY = timedelta(hours=1)

_ONE = Prepared(lambda pk, party_id: Upload.objects.filter(pk=pk, party_id=party_id), UUID, UUID)
_SAME = Prepared(
    lambda party_id, client_id: Upload.objects.filter(party_id=party_id, client_id=client_id), UUID, UUID
)
_EVIDENCE = Prepared(lambda pk: Evidence.objects.filter(pk=pk), UUID)


@dataclass(frozen=True, slots=True)
class Progress:
    """An upload as it stands: bytes on disk, and the photograph once it is whole and was taken."""

    upload: Upload
    offset: int
    evidence: Evidence | None


def announce(actor: Actor, case_id: UUID, capture: Capture, length: int, told: str = "") -> Progress:
    """Begin an upload of `length` bytes, or find the one begun under the same `client_id`.

    `told` is kept to be read back (the announcement as it came). Raises Invalid for an unknown kind of
    photograph, a length that cannot be or what was refused before, WrongState when the case takes no more,
    another file was announced under this id, or too much is unfinished.
    """
    insist_granted(actor, "cases.photograph", case_id)
    party = files.own_party(actor, case_id)
    _insist_usable(capture, length)
    arrived = evidence.known(case_id, capture.client_id)
    before = _SAME.first(party.pk, capture.client_id)
    if before is not None:
        return _begun(actor, case_id, before, length, arrived)
    if arrived is None:
        evidence.insist_room(files.case(case_id))
        _insist_quota(party.pk, length)
    elif arrived.party_id != party.pk or arrived.size != length:
        raise _another()
    now = clock.now()
    row = Upload(
        pk=new_id(), party=party, client_id=capture.client_id, length=length, created_at=now,
        expires_at=now + KEPT, evidence=arrived,
        metadata={"capture": msgspec.to_builtins(capture), "told": told},
    )  # fmt: skip
    try:
        with writing():
            insert(row)
    except IntegrityError:  # the same announcement at the same moment
        return announce(actor, case_id, capture, length, told)
    return Progress(row, length if arrived else 0, arrived)


def standing(actor: Actor, case_id: UUID, upload_id: UUID) -> Progress:
    """How far an upload is; what is whole but was not taken yet, after a crash, is taken now.

    Raises NotFound, WrongState (`upload_gone`) after its time, Invalid when it is whole and no photograph.
    """
    row = _own(actor, case_id, upload_id)
    partial = Partial(row.pk)
    if row.evidence_id is None and partial.size == row.length:
        with partial.held() as file:
            return _taken(actor, case_id, _own(actor, case_id, upload_id), file)
    return _progress(row)


def receive(
    actor: Actor, case_id: UUID, upload_id: UUID, *, offset: int, size: int, chunks: Iterable[bytes]
) -> Progress:
    """Append a piece of `size` bytes that begins at `offset`; the last one makes it a photograph.

    Raises what `standing` raises, WrongState (`offset_differs`) when `offset` is not where the file ends,
    Invalid (`too_large`) beyond the announced length.
    """
    row = _own(actor, case_id, upload_id)
    if row.evidence_id is not None:
        _insist_offset(offset, row.length)
        return _progress(row)
    with Partial(row.pk).held() as file:
        row = _own(actor, case_id, upload_id)  # whoever held the file before may have finished it
        if row.evidence_id is not None:
            _insist_offset(offset, row.length)
            return _progress(row)
        here = os.fstat(file.fileno()).st_size
        _insist_offset(offset, here)
        if offset + size > row.length:
            raise Invalid(_("More bytes came than were announced."), code="too_large")
        here = append(file, chunks) if size else here
        return _taken(actor, case_id, row, file) if here == row.length else Progress(row, here, None)


def terminate(actor: Actor, case_id: UUID, upload_id: UUID) -> None:
    """Give up an unfinished upload. Raises NotFound, WrongState when it has become evidence."""
    row = _own(actor, case_id, upload_id)
    with Partial(row.pk).held() as _file:
        row = _own(actor, case_id, upload_id)
        if row.evidence_id is not None:
            raise WrongState(_("This photograph is evidence now and stays."), code="kept")
        _forget(row)


def sweep() -> int:
    """Remove expired uploads and files that belong to none; how many. Photographs made of them stay."""
    now = clock.now()
    expired = list(Upload.objects.filter(expires_at__lte=now))
    for row in expired:
        _forget(row)
    strays = list(left_behind((now - _STRAY).timestamp()))
    wanted = set(Upload.objects.filter(pk__in=strays, evidence=None).values_list("pk", flat=True))
    for name in set(strays) - wanted:
        Partial(name).remove()
    return len(expired) + len(set(strays) - wanted)


def _insist_usable(capture: Capture, length: int) -> None:
    if capture.shot not in SHOTS:
        raise Invalid(
            _("This kind of photograph is unknown."), fields={"shot": _("Choose one of the kinds.")}
        )
    if not 0 < length <= settings.PHOTO_MAX_BYTES:
        most = settings.PHOTO_MAX_BYTES
        raise Invalid(_("A photograph has between 1 and %(most)d bytes.") % {"most": most}, code="too_large")


def _insist_quota(party_id: UUID, length: int) -> None:
    unfinished = Upload.objects.filter(party_id=party_id, evidence=None, expires_at__gt=clock.now())
    lengths = [row.length for row in unfinished if "refused" not in row.metadata]
    if len(lengths) >= MOST_OPEN or sum(lengths) + length > MOST_OPEN_BYTES:
        text = _("Too many photographs are half sent. Finish those first.")
        raise WrongState(text, code="too_many_uploads")


def _begun(actor: Actor, case_id: UUID, row: Upload, length: int, arrived: Evidence | None) -> Progress:
    """What a repeated announcement finds."""
    if row.length != length:
        raise _another()
    if row.evidence_id is None and arrived is not None:  # it came on another way meanwhile
        return _finished(row, arrived)
    if "refused" in row.metadata:
        text = _("This photograph was refused before. Please take it again.")
        raise Invalid(text, code=row.metadata["refused"], fields={"photo": text})
    if row.expires_at <= clock.now():
        row.expires_at = clock.now() + KEPT
        with writing():
            amend(row, "expires_at")
    return standing(actor, case_id, row.pk)


def _another() -> WrongState:
    return WrongState(_("Another photograph was sent under this number."), code="client_id_reused")


def _own(actor: Actor, case_id: UUID, upload_id: UUID) -> Upload:
    insist_granted(actor, "cases.photograph", case_id)
    row = _ONE.first(upload_id, files.own_party(actor, case_id).pk)
    if row is None:
        raise NotFound(_("There is no such upload; begin it again."))
    if "refused" in row.metadata or (row.evidence_id is None and row.expires_at <= clock.now()):
        raise WrongState(_("This upload has ended; begin it again."), code="upload_gone")
    return row


def _progress(row: Upload) -> Progress:
    if row.evidence_id is not None:
        return Progress(row, row.length, _EVIDENCE.first(row.evidence_id))
    return Progress(row, min(Partial(row.pk).size, row.length), None)


def _insist_offset(told: int, here: int) -> None:
    if told != here:
        raise WrongState(_("The file goes on at another place."), code="offset_differs")


def _taken(actor: Actor, case_id: UUID, row: Upload, file: BinaryIO) -> Progress:
    """Make a photograph of a file that is whole; a file that is none ends the upload."""
    if row.evidence_id is not None:
        return _progress(row)
    file.seek(0)
    capture = msgspec.convert(row.metadata["capture"], Capture)
    try:
        kept = evidence.photograph(actor, case_id, capture, file.read())
    except Upstream:
        raise
    except Invalid as refusal:
        # bytes that were damaged on the way may come again; what is no photograph may not
        _forget(row) if refusal.code == "hash_differs" else _refused(row, refusal.code)
        raise
    except WrongState as refusal:
        _refused(row, refusal.code)
        raise
    return _finished(row, kept)


def _finished(row: Upload, kept: Evidence) -> Progress:
    row.evidence = kept
    with writing():
        amend(row, "evidence")
    Partial(row.pk).remove()
    return Progress(row, row.length, kept)


def _refused(row: Upload, code: str) -> None:
    told: dict[str, Any] = {**row.metadata, "refused": code}
    row.metadata = told
    with writing():
        amend(row, "metadata")
    Partial(row.pk).remove()


def _forget(row: Upload) -> None:
    with writing():
        Upload.objects.filter(pk=row.pk).delete()
    Partial(row.pk).remove()
