"""Attachments: the facts embedded in a paper, read out of a file that may be hostile."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import msgspec
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

FACTS_LIMIT = 1024 * 1024
FACTS_NAME = "facts.json"


def embedded_facts(reader: PdfFileReader) -> bytes | None:
    """The bytes of the attachment `facts.json`; None without one or beyond 1 MB."""
    for item in _items(reader):
        return _bounded(_entry(_entry(item, "/EF"), "/F"))
    return None


def facts_entry(reader: PdfFileReader) -> list[IndirectObject]:
    """The references that make up the attachment `facts.json`: its entry and its stream."""
    for item in _items(reader):
        inner = _entry(item, "/EF")
        stream = inner.raw_get("/F") if isinstance(inner, DictionaryObject) and "/F" in inner else None
        return [one for one in (item, stream) if isinstance(one, IndirectObject)]
    return []


def _items(reader: PdfFileReader) -> Iterator[Any]:
    """The entries named `facts.json`, of at most 64 nodes of the tree."""
    waiting, seen = [_entry(_entry(reader.root, "/Names"), "/EmbeddedFiles")], 0
    while waiting and seen < 64:
        node, seen = waiting.pop(), seen + 1
        pairs = list(_entry(node, "/Names") or ())
        for name, item in zip(pairs[::2], pairs[1::2], strict=False):
            if str(name) == FACTS_NAME:
                yield item
        waiting.extend(_entry(node, "/Kids") or ())


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
