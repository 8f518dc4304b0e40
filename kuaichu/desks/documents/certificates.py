"""Papers: numbered once, made outside any transaction, issued once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from kuaichu.desks.documents import qr, signing_keys
from kuaichu.desks.documents.keys.rings import KeyRing
from kuaichu.desks.documents.models import PARTIES, Paper
from kuaichu.desks.documents.numbering import NumberPattern
from kuaichu.desks.documents.papers.facts import Author, mask_plate, photos_of
from kuaichu.desks.documents.papers.facts import Paper as PaperFacts
from kuaichu.desks.documents.papers.kinds import KINDS
from kuaichu.desks.documents.ports import SealProvider, TimeStamper
from kuaichu.desks.documents.rendering import Assets, render
from kuaichu.desks.documents.rules import rules
from kuaichu.desks.documents.sealing import certify, prepare
from kuaichu.kernel import clock, publiclog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import city
from kuaichu.kernel.counters import following_number
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.objects import read, store
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import find_one, find_sure

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Numbered(Fact, name="documents.numbered"):
    """A paper got its number; its facts are frozen and logged."""

    paper_id: str
    kind: str
    number: str
    facts_sha256: str
    facts_leaf: int


@dataclass(frozen=True)
class Issued(Fact, name="documents.issued"):
    """A paper was sealed and logged: it is valid from now on."""

    paper_id: str
    kind: str
    number: str
    code: str
    file_sha256: str
    level: str
    file_leaf: int
    readers: str = PARTIES


@dataclass(frozen=True, slots=True)
class Head:
    """What a new paper is given before its facts are built."""

    paper_id: UUID
    number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed file: its object's hashes, size and the level of its signature."""

    sha256: str
    sm3: str
    size: int
    level: str


def number(
    actor: Actor,
    case_id: UUID,
    *,
    kind: str,
    basis_id: UUID,
    build: Callable[[Head], PaperFacts],
    readers: str = PARTIES,
) -> Paper:
    """The paper of this basis, numbered now or before; `build` makes its facts, which are put into the city's
    words and frozen. `readers` says for whom it is (models.Paper.read_by)."""
    with act(actor, "documents.number", case_id) as step:
        known = find_one(Paper, case_id=case_id, kind=str(kind), basis_id=basis_id)
        if known is not None:
            step.already()
            return known
        paper = Paper(
            case_id=case_id, city=actor.city, kind=kind, basis_id=basis_id, numbered_at=clock.now(),
            readers=readers,
        )  # fmt: skip
        paper.number = _number(actor.city, kind, paper.numbered_at)
        facts = rules(actor.city).worded(build(Head(paper.pk, paper.number, paper.numbered_at)))
        _freeze(paper, facts)
        paper.save(force_insert=True)
        step.record(
            Numbered(
                paper_id=str(paper.pk),
                kind=kind,
                number=paper.number,
                facts_sha256=paper.facts_sha256,
                facts_leaf=paper.facts_leaf,
            )
        )
    return paper


def _number(city_code: str, kind: str, moment: datetime) -> str:
    own, profile = rules(city_code), city(city_code).profile
    year = moment.astimezone(clock.CHINA).year
    text = own.number_pattern(kind)
    seq = following_number(f"paper/{city_code}/{kind}/{year}")
    return NumberPattern(text).number(abbr=profile.abbreviation, unit="", year=year, seq=seq)


def _freeze(paper: Paper, facts: PaperFacts) -> None:
    paper.facts = facts.to_json()
    paper.facts_sha256, paper.facts_sm3 = facts.sha256().hex(), facts.sm3().hex()
    content = {"facts_sha256": paper.facts_sha256, "facts_sm3": paper.facts_sm3}
    paper.facts_leaf = publiclog.append(paper.city, "facts", paper.pk, content)
    paper.code = qr.code(_code_key(), paper.number, facts.sha256())
    key = key_ring().current()
    paper.qr = qr.issue(_claims(paper, facts), host=_host(), key_id=key.key_id, sign=key.sign)


def _claims(paper: Paper, facts: PaperFacts) -> qr.Claims:
    plates: tuple[str, ...] = getattr(facts, "plates", ())
    grades: tuple[Any, ...] = getattr(facts, "grades", ())
    return qr.Claims(
        number=paper.number,
        kind=paper.kind,
        issued_at=facts.issued_at,
        plates=tuple(mask_plate(p) for p in plates),
        grades="".join(g.letter for g in grades),
        facts_hash=facts.sha256(),
        log_index=paper.facts_leaf,
    )


def _host() -> str:
    return urlsplit(settings.BASE_URL).netloc


def _code_key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"kuaichu.paper.code", hashlib.sha256).digest()


@cache
def key_ring() -> KeyRing:
    """The keys of this installation's QR codes."""
    return KeyRing(Path(settings.KEYS_DIR))


def keyset() -> signing_keys.Keyset:
    """The published keys that check QR codes and checkpoints."""
    return key_ring().keyset()


def checkpoint_signer() -> signing_keys.SigningKey:
    """The key that signs the log's checkpoints."""
    return key_ring().first()


def seals(city_code: str) -> SealProvider:
    """The city's seal provider."""
    config = {"directory": str(settings.KEYS_DIR / "seal"), **city(city_code).connector("seal")}
    made: SealProvider = adapter("seal", config)
    return made


def timestamps(city_code: str) -> TimeStamper:
    """The city's time-stamp authority."""
    config = {"directory": str(settings.KEYS_DIR / "timestamps"), **city(city_code).connector("timestamps")}
    made: TimeStamper = adapter("timestamps", config)
    return made


def make(paper: Paper, *, drawings: Mapping[str, bytes]) -> Made:
    """Render and seal a numbered paper and keep the file. No transaction may be open.

    Raises RenderRefused (MissingGlyph names the field), SealUnavailable.
    """
    facts = KINDS[paper.kind].from_json(bytes(paper.facts))
    photos = {one.sha256: read(one.sha256) for one in photos_of(facts)}
    assets = Assets(qr.svg(paper.qr, quiet=0), paper.code, f"{_host()}/v", drawings, photos)
    rendered = prepare(render(facts, timestamp=paper.numbered_at, assets=assets))
    unit = rules(paper.city).unit
    sealed = certify(
        rendered,
        identity=seals(paper.city).identity(paper.city, unit),
        timestamper=timestamps(paper.city),
        now=clock.now(),
        show_seal=facts.AUTHOR is Author.POLICE,
    )
    stored = store().put(sealed.pdf, MOST_BYTES)
    return Made(stored.sha256, digest_sm3(sealed.pdf), stored.size, str(sealed.level.value))


def digest_sm3(data: bytes) -> str:
    """SM3 (GB/T 32905) of a file, in hex."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def issue(actor: Actor, paper_id: UUID, made: Made) -> Paper:
    """Put a made file in force, once: the first one stands."""
    known = find_sure(Paper, pk=paper_id)
    with act(actor, "documents.issue", known.case_id) as step:
        paper = find_sure(Paper, pk=paper_id)
        if paper.status != Paper.Status.NUMBERED:
            step.already()
            return paper
        move(paper, Paper.Status.ISSUED)
        paper.file_sha256, paper.file_sm3, paper.file_size = made.sha256, made.sm3, made.size
        paper.level, paper.issued_at = made.level, clock.now()
        content = {"file_sha256": made.sha256, "file_sm3": made.sm3}
        paper.file_leaf = publiclog.append(paper.city, "file", paper.pk, content)
        paper.save()
        step.record(
            Issued(
                paper_id=str(paper.pk),
                kind=paper.kind,
                number=paper.number,
                code=paper.code,
                file_sha256=paper.file_sha256,
                level=paper.level,
                file_leaf=paper.file_leaf,
                readers=paper.readers,
            )
        )
    return paper
