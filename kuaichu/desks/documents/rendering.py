"""Facts to PDF: PDF/A-3a with PDF/UA-1 tags by typst, the facts embedded as `facts.json`.

Pure: the same facts, assets, fonts and timestamp give the same bytes. Texts go in as data and are never
parsed as markup. Thread-safe: each thread keeps its own compilers over the shared fonts.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import typst

from kuaichu.desks.documents.papers.facts import PARTY_CODES, Paper, annex_pages, photos_of, sketch_of
from kuaichu.desks.documents.papers.pictures import (
    BadDrawing,
    RenderRefused,
    drawing_png,
    photograph,
    picture,
)
from kuaichu.desks.documents.typefaces import Typefaces, standard

__all__ = [
    "Assets", "BadDrawing", "MissingGlyph", "RenderRefused", "check_drawings", "check_glyphs", "compiler",
    "drawing_png", "page_count", "render",
]  # fmt: skip

PAPERS = Path(__file__).parent / "papers"
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
AIR = ("0", "1", "2")
"""Layout levels, roomy to tight; see papers/layout.typ."""
AIR_LIMITS = (1000, 1200)
"""Characters of facts beyond which the next level is the first one tried (measured)."""

_local = threading.local()


class MissingGlyph(RenderRefused):
    """Characters that the fonts lack: `chars`, in the facts' `field`. Ask the person for another spelling
    or add a font (see fonts/README.md)."""

    def __init__(self, chars: str, field: str) -> None:
        super().__init__(f"{field}: {len(chars)} character(s) cannot be printed")
        self.chars = chars
        self.field = field


@dataclass(frozen=True, slots=True)
class Assets:
    """What is printed besides the facts.

    `qr`: SVG of the signed QR, "" for none; `code`: anti-counterfeit code; `check_at`: address of the
    verification page as printed; `drawings`: SVG or PNG bytes of drawn signatures by party code (甲…);
    `photos`: JPEG bytes by their SHA-256 (hex).
    """

    qr: str = ""
    code: str = ""
    check_at: str = ""
    drawings: Mapping[str, bytes] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)


def render(
    facts: Paper, *, timestamp: datetime, assets: Assets | None = None, typefaces: Typefaces | None = None
) -> bytes:
    """The PDF of a paper, unsigned. `timestamp` becomes the document date (aware).

    A paper that would need a second page (besides the annexes of sketch and photographs) is set again with
    less air, then with smaller type.
    Raises `MissingGlyph`, `BadDrawing`, `RenderRefused`.
    """
    faces = typefaces or standard()
    given = assets or Assets()
    check_glyphs(facts, given, faces)
    check_drawings(facts, given)
    inputs = {
        "facts": facts.to_json().decode(),
        "schema": facts.schema().decode(),
        "assets": json.dumps(_plain_assets(given), ensure_ascii=False),
        "font": faces.body,
    }
    best = b""
    for level in AIR[_first_level(facts) :]:
        pdf = _compile(facts.KIND, faces, {**inputs, "level": level}, timestamp)
        if page_count(pdf) == 1 + annex_pages(facts):
            return pdf
        if not best or page_count(pdf) < page_count(best):
            best = pdf
    return best


def _first_level(facts: Paper) -> int:
    """Where to begin: long facts never fit the roomy layout, so trying it would only cost time."""
    length = sum(len(text) for path, text in facts.texts() if not path.startswith(("sketch", "photos")))
    return sum(length > limit for limit in AIR_LIMITS)


def check_glyphs(facts: Paper, assets: Assets, typefaces: Typefaces) -> None:
    """Raise `MissingGlyph` for the first text that cannot be printed."""
    printed = [*facts.texts(), ("assets.code", assets.code), ("assets.check_at", assets.check_at)]
    for path, text in printed:
        missing = typefaces.missing(text)
        if missing:
            raise MissingGlyph(missing, path)


def check_drawings(facts: Paper, assets: Assets) -> None:
    """Raise `BadDrawing` unless signatures and photographs have the SHA-256 of the facts, and a sketch is
    plain shapes."""
    if sketch_of(facts):
        picture(sketch_of(facts).encode())
    for code, party in zip(PARTY_CODES, getattr(facts, "parties", ()), strict=False):
        drawn = assets.drawings.get(code)
        if (hashlib.sha256(drawn).hexdigest() if drawn is not None else "") != getattr(party, "drawing", ""):
            raise BadDrawing(f"drawings[{code}]: not the signature of the facts")
    for shot in photos_of(facts):
        given = assets.photos.get(shot.sha256)
        if given is None or hashlib.sha256(given).hexdigest() != shot.sha256:
            raise BadDrawing("photos: not the photograph of the facts")


def page_count(pdf: bytes) -> int:
    """Pages of a PDF made by `render` (its page tree is one uncompressed node)."""
    found = re.search(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", pdf)
    if found is None:
        raise RenderRefused("no page tree")
    return int(found.group(1) or found.group(2))


def _plain_assets(assets: Assets) -> dict[str, object]:
    return {
        "qr": assets.qr,
        "code": assets.code,
        "check_at": assets.check_at,
        "drawings": {code: picture(data) for code, data in assets.drawings.items()},
        "photos": {digest: photograph(data) for digest, data in assets.photos.items()},
    }


def compiler(kind: str, typefaces: Typefaces) -> typst.Compiler:
    """This thread's own compiler of a template in papers/."""
    kept: dict[tuple[str, int], typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    key = (kind, id(typefaces))
    if key not in kept:
        kept[key] = typst.Compiler(
            str(PAPERS / f"{kind}.typ"),
            root=str(PAPERS),
            font_paths=typefaces.fonts,
            ignore_system_fonts=True,
        )
    return kept[key]


def _compile(kind: str, typefaces: Typefaces, inputs: dict[str, str], timestamp: datetime) -> bytes:
    try:
        pdf = compiler(kind, typefaces).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=int(timestamp.timestamp())
        )
    except typst.TypstError as error:
        raise RenderRefused(f"{kind}: the template could not be set") from error
    if not isinstance(pdf, bytes):
        raise RenderRefused(f"{kind}: no PDF")
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"
