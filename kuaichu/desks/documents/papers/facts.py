"""What all paper kinds share: frozen facts, their canonical bytes and their digests.

A paper is a frozen dataclass of facts and a typst template of the same name. The canonical JSON of the
facts (sorted keys, UTF-8, no spaces) is embedded in the PDF, hashed into the QR and into the log, so that
the same facts always give the same bytes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, ClassVar, Self

import msgspec
from cryptography.hazmat.primitives.hashes import SM3, Hash

from kuaichu.kernel.canonical import canonical

CHINA = timezone(timedelta(hours=8))
"""The printed time of every paper: China has one time zone and no summer time since 1991."""

PARTY_CODES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")
"""Codes by the order of the vehicles at the scene, from front to back or from left to right."""


PHOTOS_A_PAGE = 6


class BadFacts(ValueError):
    """The facts cannot make this paper; the text names the field, never its value."""


class Author(StrEnum):
    """Whose paper it is. Only a paper of the police shows the unit's seal; on every other one the seal is the
    proof of when it was made and that nothing was changed, and stays without an image."""

    POLICE = "police"
    PARTIES = "parties"
    INSURER = "insurer"
    COMMITTEE = "committee"
    PROVIDER = "provider"


class Grade(StrEnum):
    """Liability grade (D146 Art. 60); the value is the machine code, the template prints the Chinese."""

    FULL = "FULL"
    PRIMARY = "PRIMARY"
    EQUAL = "EQUAL"
    SECONDARY = "SECONDARY"
    NONE = "NONE"

    @property
    def letter(self) -> str:
        """One letter for the QR: F, P, E, S, N."""
        return self.value[0]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photograph as printed: `sha256` (hex) of the picture's own bytes, `original_sha256` of the evidence
    it was made from; `caption` says what it shows and `source` who took it, when and how."""

    sha256: str
    original_sha256: str
    caption: str
    source: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The facts of one paper. Subclasses set `KIND` (also the template's name) and `SCHEMA`.

    `TITLE` is the name as it is printed; `AUTHOR` says whose paper it is.
    """

    KIND: ClassVar[str]
    SCHEMA: ClassVar[int]
    TITLE: ClassVar[str] = ""
    AUTHOR: ClassVar[Author] = Author.POLICE

    paper_id: str
    number: str
    issued_at: datetime

    def __post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Raise `BadFacts` when the facts contradict themselves; subclasses add their own rules."""
        for path, value in walk(self):
            if isinstance(value, datetime) and value.tzinfo is None:
                raise BadFacts(f"{path}: a time without a time zone")
        if not self.number.strip():
            raise BadFacts("number: empty")

    def to_json(self) -> bytes:
        """Canonical bytes: kind, schema and every field; times as they are printed (UTC+8)."""
        return canonical({"kind": self.KIND, "schema": self.SCHEMA, **_plain(self)})

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The facts of canonical bytes. Raises `BadFacts` for another kind or schema, or a wrong shape."""
        try:
            head = msgspec.json.decode(data, type=dict[str, Any])
            if (head.get("kind"), head.get("schema")) != (cls.KIND, cls.SCHEMA):
                raise BadFacts("kind or schema: not this paper")
            return msgspec.json.decode(data, type=cls)
        except msgspec.MsgspecError as error:
            raise BadFacts("facts: wrong shape") from error

    @classmethod
    def schema(cls) -> bytes:
        """The JSON Schema (2020-12) of the canonical bytes, itself canonical; embedded beside the facts."""
        if cls.KIND not in _SCHEMAS:
            _SCHEMAS[cls.KIND] = _schema(cls)
        return _SCHEMAS[cls.KIND]

    def sha256(self) -> bytes:
        """SHA-256 of the canonical bytes (32 bytes)."""
        return hashlib.sha256(self.to_json()).digest()

    def sm3(self) -> bytes:
        """SM3 (GB/T 32905) of the canonical bytes (32 bytes)."""
        digest = Hash(SM3())
        digest.update(self.to_json())
        return digest.finalize()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of the facts with its path, e.g. `("parties[0].name", "陈䶮")`."""
        return ((path, value) for path, value in walk(self) if isinstance(value, str))


_SCHEMAS: dict[str, bytes] = {}


def _schema(kind: type[Paper]) -> bytes:
    made = msgspec.json.schema(kind)
    name = str(made["$ref"]).removeprefix("#/$defs/")
    own = made["$defs"].pop(name)
    own["properties"] |= {"kind": {"const": kind.KIND}, "schema": {"const": kind.SCHEMA}}
    own["required"] = sorted([*own.get("required", ()), "kind", "schema"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.TITLE}
    return canonical({**own, **head, "$defs": made["$defs"]})


def sketch_of(facts: Paper) -> str:
    """The sketch among the facts, which stands on an annex page of its own; "" for none."""
    return str(getattr(facts, "sketch", ""))


def photos_of(facts: Paper) -> tuple[Photo, ...]:
    """The photographs of the facts, which stand on annex pages of six; empty for none."""
    found: tuple[Photo, ...] = getattr(facts, "photos", ())
    return found


def annex_pages(facts: Paper) -> int:
    """How many pages sketch and photographs take behind the paper itself."""
    return bool(sketch_of(facts)) + -(-len(photos_of(facts)) // PHOTOS_A_PAGE)


def mask_plate(plate: str) -> str:
    """A plate as the public page may show it: 鲁M12345 → 鲁M1**45 (masking table of the public page)."""
    bare = re.sub(r"[\s·•]", "", plate)
    if len(bare) < 5:
        return "*" * len(bare)
    return f"{bare[:3]}{'*' * (len(bare) - 5)}{bare[-2:]}"


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of a dataclass with their paths."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from walk(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, f"{path}[{index}]")
    else:
        yield path, value


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value
