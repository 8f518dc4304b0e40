"""Attachments: the facts embedded in a paper, read out of a file that may be hostile."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

FACTS_LIMIT = 1024 * 1024
FACTS_NAME = "facts.json"


def embedded_facts(reader: PdfFileReader) -> bytes | None:
    """The bytes of the attachment `facts.json`; None without one or beyond 1 MB."""
    tree = _entry(_entry(reader.root, "/Names"), "/EmbeddedFiles")
    waiting, seen = [tree], 0
    while waiting and seen < 64:
        node, seen = waiting.pop(), seen + 1
        pairs = list(_entry(node, "/Names") or ())
        for name, item in zip(pairs[::2], pairs[1::2], strict=False):
            if str(name) == FACTS_NAME:
                return _bounded(_entry(_entry(item, "/EF"), "/F"))
        waiting.extend(_entry(node, "/Kids") or ())
    return None


def _entry(holder: Any, key: str) -> Any:
    found = holder.get_object() if isinstance(holder, IndirectObject) else holder
    return found[key] if isinstance(found, DictionaryObject) and key in found else None


def _bounded(stream: Any) -> bytes | None:
    found = stream.get_object() if isinstance(stream, IndirectObject) else stream
    if not isinstance(found, StreamObject):
        return None
    data = bytes(found.encoded_data)
    if "/Filter" in found:
        if found["/Filter"] not in ("/FlateDecode", ["/FlateDecode"]):
            return None
        data = zlib.decompressobj().decompress(data, FACTS_LIMIT + 1)
    return data if len(data) <= FACTS_LIMIT else None


def head_of(facts: bytes | None) -> dict[str, str]:
    """Kind, number and id of the paper as its facts name them; empty when they are not readable."""
    if facts is None:
        return {}
    try:
        found = msgspec.json.decode(facts, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return {key: value for key in ("kind", "number", "paper_id") if isinstance(value := found.get(key), str)}
