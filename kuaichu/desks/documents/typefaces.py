"""The fonts of the papers and which characters they can draw.

typst leaves out a glyph that no font has, or stops with a technical error in a PDF/A export. People have rare
names (㛃 䶮 𬭚), so `rendering` asks `Typefaces.missing` first and refuses readably.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

OWN_FOLDER = Path(__file__).parent / "fonts"
DEFAULT_BODY = "Noto Serif SC"
LAYOUT_CHARACTERS = "\n"


class Typefaces:
    """A set of font folders, loaded once and shared by all threads.

    `folders` are searched besides the project's own; `body` is the family papers are set in, for example a
    licensed 仿宋 of the police force. Noto Serif SC remains the fallback for what `body` lacks.
    Raises `ValueError` when no font of that family is found.
    """

    def __init__(self, folders: tuple[Path, ...] = (), body: str = DEFAULT_BODY) -> None:
        self.body = body
        self.fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in (OWN_FOLDER, *folders)],
        )
        if body not in self.fonts.families():
            raise ValueError(f"no font of the family {body!r} in the font folders")
        files = {
            font.path
            for font in self.fonts.fonts()
            if font.path and font.family in {body, DEFAULT_BODY} and font.weight < 600
        }
        self._drawable = frozenset[int]().union(*(codepoints(Path(file)) for file in files))

    def missing(self, text: str) -> str:
        """The characters of `text` that cannot be printed, each once, in order.

        Control and invisible format characters count as missing: a paper must not hold what nobody sees
        (a right-to-left override can turn a plate around).
        """
        return "".join(dict.fromkeys(char for char in text if not self._printable(char)))

    def _printable(self, char: str) -> bool:
        if char in LAYOUT_CHARACTERS:
            return True
        return ord(char) in self._drawable and unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"}


@cache
def standard() -> Typefaces:
    """The project's own fonts, loaded on first use (about 20 ms)."""
    return Typefaces()


@cache
def codepoints(font: Path) -> frozenset[int]:
    """The characters a TrueType or OpenType file maps to a glyph (cmap formats 4 and 12).

    Raises `ValueError` for a file without such a table.
    """
    data = font.read_bytes()
    if data[:4] == b"ttcf":
        raise ValueError("a font collection; unpack the face first")
    cmap = _table(data, b"cmap")
    found: set[int] = set()
    for offset in _subtables(cmap):
        found.update(_mapped(cmap[offset:]))
    if not found:
        raise ValueError("no readable character map")
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> bytes:
    count = struct.unpack_from(">H", data, 4)[0]
    for index in range(count):
        name, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return data[offset : offset + length]
    raise ValueError(f"no {tag.decode()} table")


def _subtables(cmap: bytes) -> Iterator[int]:
    count = struct.unpack_from(">H", cmap, 2)[0]
    seen = set()
    for index in range(count):
        offset = struct.unpack_from(">HHL", cmap, 4 + 8 * index)[2]
        if offset not in seen:
            seen.add(offset)
            yield offset


def _mapped(table: bytes) -> Iterator[int]:
    kind = struct.unpack_from(">H", table, 0)[0]
    if kind == 12:
        yield from _mapped_groups(table)
    elif kind == 4:
        yield from _mapped_segments(table)


def _mapped_groups(table: bytes) -> Iterator[int]:
    for index in range(struct.unpack_from(">L", table, 12)[0]):
        first, last, glyph = struct.unpack_from(">LLL", table, 16 + 12 * index)
        yield from range(first + (glyph == 0), last + 1)


def _mapped_segments(table: bytes) -> Iterator[int]:
    double = struct.unpack_from(">H", table, 6)[0]
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + double)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * double)
    base = 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", table, base)
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            if offsets[index] == 0:
                glyph = (code + deltas[index]) & 0xFFFF
            else:
                glyph = struct.unpack_from(
                    ">H", table, base + 2 * index + offsets[index] + 2 * (code - start)
                )[0]
            if glyph:
                yield code
