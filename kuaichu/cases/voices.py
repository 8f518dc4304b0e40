"""Own words as sound: a party may say what happened instead of writing it. People listen, no machine does."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.collecting import insist_open
from kuaichu.cases.models import Party, Recording
from kuaichu.cases.parties import reopen
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act, insist_granted
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.objects import store
from kuaichu.kernel.prepared import find, find_one, insert
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

MOST_SECONDS: Final = 120
MOST_BYTES: Final = 4 * 1024 * 1024
MOST_RECORDINGS: Final = 3
_HEAD = 16 * 1024
_MOVING = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG", b"vide", b"theora")


@dataclass(frozen=True)
class Spoken(Fact, name="cases.spoken"):
    """A party said in its own words what happened; the recording was kept. `reopened` as with statements."""

    party_id: str
    recording_id: str
    sha256: str
    sm3: str
    size: int
    reopened: bool = False


@dataclass(frozen=True)
class Unspoken(Fact, name="cases.unspoken"):
    """A party took a recording back before confirming its part."""

    party_id: str
    recording_id: str


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sender says about a recording; `seconds` as the phone measured it."""

    client_id: UUID
    sha256: str = ""
    seconds: float | None = None


def container_of(data: bytes) -> str:
    """The media type by the container's own marks: Ogg, WebM or MP4 with sound only, else an empty text."""
    head = data[:_HEAD]
    if any(mark in head for mark in _MOVING):
        return ""
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "audio/webm"
    return "audio/mp4" if head[4:8] == b"ftyp" else ""


def speak(actor: Actor, case_id: UUID, voice: Voice, data: bytes) -> Recording:
    """Keep a recording in one's own part. The same `client_id` is kept once, whatever is sent again.

    Raises Invalid when it is no sound recording, too long, or arrived incomplete (its hash differs), and
    WrongState when the report is complete or there are enough of them.
    """
    insist_granted(actor, "cases.speak", case_id)
    party = files.own_party(actor, case_id)
    known = find_one(Recording, party_id=party.pk, client_id=voice.client_id)
    if known is not None:
        return _again(known, voice)
    mime = _checked(voice, data)
    stored = store().put(data, MOST_BYTES)
    with act(actor, "cases.speak", case_id) as step:
        insist_open(step, files.case(case_id))
        party = files.own_party(actor, case_id)
        known = find_one(Recording, party_id=party.pk, client_id=voice.client_id)
        if known is not None:
            step.already()
            return _again(known, voice)
        step.insist(
            len(recordings_of(party)) < MOST_RECORDINGS,
            _("There are already %(count)d recordings. Delete one first.") % {"count": MOST_RECORDINGS},
            otherwise=WrongState,
            code="too_many_recordings",
        )
        row = Recording(
            party=party,
            client_id=voice.client_id,
            sha256=stored.sha256,
            sm3=stored.sm3,
            size=stored.size,
            mime=mime,
            seconds=voice.seconds,
            received_at=clock.now(),
        )
        insert(row)
        reopened = reopen(party)
        party.save(update_fields=["status"])
        step.record(Spoken(str(party.pk), str(row.pk), row.sha256, row.sm3, row.size, reopened))
    return row


def _again(known: Recording, voice: Voice) -> Recording:
    if voice.sha256 and voice.sha256.lower() != known.sha256:
        raise WrongState(_("Another recording was sent under this number."), code="client_id_reused")
    return known


def _checked(voice: Voice, data: bytes) -> str:
    """The recording's media type; raises Invalid at `voice`."""
    text, code = "", ""
    if voice.sha256 and voice.sha256.lower() != hashlib.sha256(data).hexdigest():
        text, code = _("The recording did not arrive whole. Send it again."), "hash_differs"
    elif len(data) > MOST_BYTES:
        text, code = _("This recording is too large. Two minutes are enough."), "too_large"
    elif voice.seconds is not None and not (
        0 < voice.seconds <= MOST_SECONDS + 5 and math.isfinite(voice.seconds)
    ):
        text, code = _("A recording may last two minutes at most."), "too_long"
    elif not container_of(data):
        text, code = _("This is no sound recording we can keep."), "no_sound"
    if text:
        raise Invalid(text, code=code, fields={"voice": text})
    return container_of(data)


def unspeak(actor: Actor, case_id: UUID, recording_id: UUID) -> None:
    """Take a recording back while one's own part is not confirmed; its bytes are dropped if nobody else's.

    The journal keeps that there was one, and its hash. Raises NotFound, and WrongState once confirmed.
    """
    with act(actor, "cases.unspeak", case_id) as step:
        insist_open(step, files.case(case_id))
        party = files.own_party(actor, case_id)
        row = find_one(Recording, pk=recording_id, party_id=party.pk)
        if row is None:
            raise NotFound(_("There is no such recording in your part."))
        step.insist(
            party.status != Party.Status.CONFIRMED,
            _("You have confirmed your part; the recording belongs to it now."),
            otherwise=WrongState,
        )
        digest = row.sha256
        row.delete()
        step.record(Unspoken(str(party.pk), str(recording_id)))
    if not Recording.objects.filter(sha256=digest).exists():
        store().remove(digest)


def recordings_of(party: Party) -> list[Recording]:
    """A party's recordings, oldest first."""
    return find(Recording, "received_at", party_id=party.pk)
