"""Facts to PDF: PDF/A-3a with PDF/UA-1 tags by typst, the facts embedded as `facts.json`.

Pure: the same facts, assets, fonts and timestamp give the same bytes. Texts go in as data and are never
parsed as markup. Thread-safe: each thread keeps its own compilers over the shared fonts.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import threading
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import typst

from kuaichu.desks.documents.papers.facts import PARTY_CODES, Paper, sketch_of
from kuaichu.desks.documents.typefaces import Typefaces, standard

PAPERS = Path(__file__).parent / "papers"
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
AIR = ("0", "1", "2")
"""Layout levels, roomy to tight; see papers/layout.typ."""
AIR_LIMITS = (1000, 1200)
"""Characters of facts beyond which the next level is the first one tried (measured)."""
DRAWING_LIMIT = 512 * 1024

_SVG = "{http://www.w3.org/2000/svg}"
_SVG_TAGS = {
    _SVG + tag
    for tag in [
        "svg",
        "g",
        "path",
        "line",
        "polyline",
        "polygon",
        "rect",
        "circle",
        "ellipse",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "marker",
    ]
}
_local = threading.local()


class RenderRefused(ValueError):
    """The paper cannot be made from this input; nothing in the text is personal data."""


class MissingGlyph(RenderRefused):
    """Characters that the fonts lack: `chars`, in the facts' `field`. Ask the person for another spelling
    or add a font (see fonts/README.md)."""

    def __init__(self, chars: str, field: str) -> None:
        super().__init__(f"{field}: {len(chars)} character(s) cannot be printed")
        self.chars = chars
        self.field = field


class BadDrawing(RenderRefused):
    """A drawing is not a plain SVG or PNG, or not the one whose hash the facts hold."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What is printed besides the facts.

    `qr`: SVG of the signed QR, "" for none; `code`: anti-counterfeit code; `check_at`: address of the
    verification page as printed; `drawings`: SVG or PNG bytes of drawn signatures by party code (甲…).
    """

    qr: str = ""
    code: str = ""
    check_at: str = ""
    drawings: Mapping[str, bytes] = field(default_factory=dict)


def render(
    facts: Paper, *, timestamp: datetime, assets: Assets | None = None, typefaces: Typefaces | None = None
) -> bytes:
    """The PDF of a paper, unsigned. `timestamp` becomes the document date (aware).

    A paper that would need a second page (besides the annex of a sketch) is set again with less air, then
    with smaller type.
    Raises `MissingGlyph`, `BadDrawing`, `RenderRefused`.
    """
    faces = typefaces or standard()
    given = assets or Assets()
    check_glyphs(facts, given, faces)
    check_drawings(facts, given)
    inputs = {
        "facts": facts.to_json().decode(),
        "assets": json.dumps(_plain_assets(given), ensure_ascii=False),
        "font": faces.body,
    }
    best = b""
    for level in AIR[_first_level(facts) :]:
        pdf = _compile(facts.KIND, faces, {**inputs, "level": level}, timestamp)
        if page_count(pdf) == 1 + bool(sketch_of(facts)):
            return pdf
        if not best or page_count(pdf) < page_count(best):
            best = pdf
    return best


def _first_level(facts: Paper) -> int:
    """Where to begin: long facts never fit the roomy layout, so trying it would only cost time."""
    length = sum(len(text) for path, text in facts.texts() if path != "sketch")
    return sum(length > limit for limit in AIR_LIMITS)


def check_glyphs(facts: Paper, assets: Assets, typefaces: Typefaces) -> None:
    """Raise `MissingGlyph` for the first text that cannot be printed."""
    printed = [*facts.texts(), ("assets.code", assets.code), ("assets.check_at", assets.check_at)]
    for path, text in printed:
        missing = typefaces.missing(text)
        if missing:
            raise MissingGlyph(missing, path)


def check_drawings(facts: Paper, assets: Assets) -> None:
    """Raise `BadDrawing` unless each signature has the SHA-256 of the facts and a sketch is plain shapes."""
    if sketch_of(facts):
        picture(sketch_of(facts).encode())
    for code, party in zip(PARTY_CODES, getattr(facts, "parties", ()), strict=False):
        drawn = assets.drawings.get(code)
        if (hashlib.sha256(drawn).hexdigest() if drawn is not None else "") != getattr(party, "drawing", ""):
            raise BadDrawing(f"drawings[{code}]: not the signature of the facts")


def page_count(pdf: bytes) -> int:
    """Pages of a PDF made by `render` (its page tree is one uncompressed node)."""
    found = re.search(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", pdf)
    if found is None:
        raise RenderRefused("no page tree")
    return int(found.group(1) or found.group(2))


def picture(data: bytes) -> str:
    """A drawing as an SVG text which typst may draw. Raises `BadDrawing`.

    Only plain shapes pass: no links, images, scripts, styles or entities; a PNG is wrapped as it is.
    """
    if len(data) > DRAWING_LIMIT:
        raise BadDrawing("drawing: too large")
    if _is_png(data):
        width, height = struct.unpack(">LL", data[16:24]) if len(data) >= 24 else (0, 0)
        if not (0 < width <= 4096 and 0 < height <= 4096):
            raise BadDrawing("drawing: unreasonable size")
        uri = "data:image/png;base64," + base64.b64encode(data).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<image width="{width}" height="{height}" href="{uri}"/></svg>'
        )
    _svg_root(data)
    return data.decode()


def drawing_png(data: bytes) -> bytes:
    """A drawing as PNG with a transparent ground, for a later receipt's field. Raises `BadDrawing`."""
    if _is_png(data):
        picture(data)
        return data
    page = (
        "#set page(width: 60mm, height: 22mm, margin: 0mm, fill: none)\n"
        '#image(bytes(sys.inputs.drawing), format: "svg", width: 100%, height: 100%, fit: "contain")'
    )
    try:
        image = typst.compile(
            page.encode(),
            format="png",
            ppi=200,
            sys_inputs={"drawing": picture(data)},
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise BadDrawing("drawing: cannot be drawn") from error
    if not isinstance(image, bytes):
        raise BadDrawing("drawing: cannot be drawn")
    return image


def _is_png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n\x1a\n")


def _svg_root(data: bytes) -> ET.Element:
    try:
        text = data.decode()
        if "<!" in text or "<?xml-" in text or len(data) > DRAWING_LIMIT:
            raise BadDrawing("drawing: declarations are not allowed")
        root = ET.fromstring(text)  # no declaration, so no entity can expand
    except (UnicodeDecodeError, ET.ParseError) as error:
        raise BadDrawing("drawing: neither SVG nor PNG") from error
    for element in root.iter():
        if element.tag not in _SVG_TAGS or any(_unsafe(name, text) for name, text in element.attrib.items()):
            raise BadDrawing("drawing: more than plain shapes")
    return root


def _unsafe(name: str, text: str) -> bool:
    return name.endswith("href") or name == "style" or ("url(" in text and not text.startswith("url(#"))


def _plain_assets(assets: Assets) -> dict[str, object]:
    return {
        "qr": assets.qr,
        "code": assets.code,
        "check_at": assets.check_at,
        "drawings": {code: picture(data) for code, data in assets.drawings.items()},
    }


def _compiler(kind: str, typefaces: Typefaces) -> typst.Compiler:
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
        pdf = _compiler(kind, typefaces).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=int(timestamp.timestamp())
        )
    except typst.TypstError as error:
        raise RenderRefused(f"{kind}: the template could not be set") from error
    if not isinstance(pdf, bytes):
        raise RenderRefused(f"{kind}: no PDF")
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"
