"""What was changed in a signed file, and where: told from the file itself, and beside the issued one.

A broken digest says only *that* something in the signed bytes changed; where, is told by the issued file if
there is one. What was added after a signature is told by the file: each revision lists its objects.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from kuaichu.desks.documents.attachments import facts_entry

MOST_PAGES = 100
MOST_CHANGES = 12


class Part(StrEnum):
    """A part of a file that a reader can name."""

    PAGE = "page"
    NOTE = "note"
    FIELD = "field"
    FACTS = "facts"
    METADATA = "metadata"
    PICTURE = "picture"
    SEAL = "seal"
    STRUCTURE = "structure"
    SIGNED = "signed"
    RANGE = "range"
    AFTER_END = "after_end"


_BROKEN = (PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_TOLD_LAST = {Part.STRUCTURE, Part.METADATA}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the part, its page (from 1; 0 for none) and the byte where it begins (-1 for unknown)."""

    part: Part
    page: int = 0
    at: int = -1


def changes_after(found: EmbeddedPdfSignature, status: PdfSignatureStatus, size: int) -> list[Change]:
    """What makes this signature's file an altered one; empty when nothing does. `size` in bytes."""
    if not (status.intact and status.valid):
        return [Change(Part.SIGNED)]
    if status.coverage not in {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}:
        return [Change(Part.RANGE)]
    end = _covered_end(found)
    later = range(found.signed_revision + 1, found.reader.xrefs.total_revisions)
    if not later:
        return [Change(Part.AFTER_END, at=end)] if end < size else []
    try:
        known = _parts(found.reader)
    except _BROKEN:  # altered it is, also where nobody can say what
        known = {}
    touched = {
        known.get(ref.idnum, Change(Part.STRUCTURE))
        for revision in later
        for ref in found.reader.xrefs.explicit_refs_in_revision(revision)
    }
    return [Change(one.part, one.page, end) for one in _telling(touched)]


def _telling(touched: set[Change]) -> list[Change]:
    """What says something to a reader; the file's own bookkeeping only if there is nothing else."""
    plain = sorted(touched, key=lambda one: (one.part in _TOLD_LAST, one.page, one.part))
    said = [one for one in plain if one.part not in _TOLD_LAST]
    return (said or plain)[:MOST_CHANGES]


def _covered_end(found: EmbeddedPdfSignature) -> int:
    start, length = list(found.byte_range)[-2:]
    return int(start) + int(length)


def _parts(reader: PdfFileReader) -> dict[int, Change]:
    """Which object number is part of what, as the last revision has it."""
    parts: dict[int, Change] = {}
    for number, page in enumerate(itertools.islice(_pages(reader), MOST_PAGES), 1):
        held = page.get_object()
        for raw in _references(held, "/Resources"):
            parts.setdefault(raw.idnum, Change(Part.PAGE, number))
        for note in _references(held, "/Annots"):
            entry = note.get_object()
            field = isinstance(entry, DictionaryObject) and entry.get("/Subtype") == "/Widget"
            parts[note.idnum] = Change(Part.FIELD if field else Part.NOTE, number)
        for raw in (page, *_references(held, "/Contents")):
            parts[raw.idnum] = Change(Part.PAGE, number)
    for raw in facts_entry(reader):
        parts[raw.idnum] = Change(Part.FACTS)
    for raw in _references(reader.root, "/Metadata"):
        parts[raw.idnum] = Change(Part.METADATA)
    return parts


def _pages(reader: PdfFileReader) -> Iterator[IndirectObject]:
    """The pages in order; a tree that leads in a circle ends by the number of its nodes."""
    waiting = _references(reader.root, "/Pages")
    for _visit in range(4 * MOST_PAGES):
        if not waiting:
            return
        node = waiting.pop(0)
        held = node.get_object()
        if not isinstance(held, DictionaryObject):
            continue
        if "/Kids" in held:
            waiting[:0] = _references(held, "/Kids")
        else:
            yield node


def _references(holder: Any, key: str) -> list[IndirectObject]:
    """The references under a key: one, or those of an array or a dictionary, at most 400."""
    if not isinstance(holder, DictionaryObject) or key not in holder:
        return []
    raw = holder.raw_get(key)
    found = [raw] if isinstance(raw, IndirectObject) else []
    held = raw.get_object() if isinstance(raw, IndirectObject) else raw
    if isinstance(held, list):
        found += [one for one in list(held)[:400] if isinstance(one, IndirectObject)]
    elif isinstance(held, DictionaryObject) and key == "/Resources":
        for name in list(held)[:20]:
            found += _references(held, name)
            inner = held[name]
            if isinstance(inner, DictionaryObject):
                found += [
                    one for one in map(inner.raw_get, list(inner)[:50]) if isinstance(one, IndirectObject)
                ]
    return found


def compared(given: bytes, issued: bytes) -> Change | None:
    """Where a file first differs from the issued one it was made from; None when it was not made from it."""
    most = min(len(given), len(issued))
    head = _common(given, issued)
    tail = _common(given[: head - 1 if head else None : -1], issued[: head - 1 if head else None : -1])
    if most == 0 or head + tail < 0.9 * len(issued):
        return None
    if head == len(issued):
        return Change(Part.AFTER_END, at=head)
    return Change(_part_at(issued, head), at=head)


def _common(one: bytes, other: bytes) -> int:
    """Length of the common beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


_OBJECT = re.compile(rb"(?:^|[\r\n])\d+ \d+ obj\b")


def _part_at(pdf: bytes, place: int) -> Part:
    """Which part of an intact file of ours stands at that byte."""
    start = pdf.rfind(b" obj", 0, place + 1)
    head = pdf[max(start, 0) : start + 600].partition(b"stream")[0] if start >= 0 else b""
    end = pdf.find(b"endobj", max(start, 0))
    if not _OBJECT.search(pdf[max(start - 12, 0) : start + 5]) or not start <= place < end:
        return Part.STRUCTURE
    names = (
        (rb"/ByteRange", Part.SEAL),
        (rb"/EmbeddedFile\b", Part.FACTS),
        (rb"/Metadata\b", Part.METADATA),
        (rb"/Subtype\s*/Image", Part.PICTURE),
        (rb"/(ObjStm|XRef|Length1|FontFile\d?|CIDFont\w*)\b", Part.STRUCTURE),
        (rb"/Widget\b", Part.FIELD),
    )
    for name, part in names:
        if re.search(name, head):
            return part
    return Part.PAGE if b"/Filter" in head or b"/Length" in head else Part.STRUCTURE
