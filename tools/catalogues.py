"""Read, write and compile gettext catalogues (`.po`, `.mo`) without GNU gettext. Standard library only.

The formats: GNU gettext manual, chapters "The Format of PO Files" and "The Format of GNU MO Files".
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

CONTEXT = "\x04"  # between a context and its message, in compiled catalogues
PLURAL = "\x00"  # between singular and plural
MAGIC = 0x950412DE
Key = tuple[str, str]  # context (mostly empty), message


@dataclass(slots=True)
class Message:
    """One entry of a catalogue. `texts` holds one translation, or one for each plural form."""

    id: str
    texts: list[str] = field(default_factory=list)
    context: str = ""
    plural: str = ""
    fuzzy: bool = False
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What is looked up."""
        return self.context, self.id

    @property
    def is_translated(self) -> bool:
        """Whether it has all its texts and nobody has doubts about them."""
        return bool(self.texts) and all(self.texts) and not self.fuzzy


KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*("(?:[^"\\]|\\.)*")\s*$')


def parse(text: str) -> list[Message]:
    """The entries of a `.po` text, in order. Raises ValueError with the line that is not understood."""
    found: list[Message] = []
    for block in re.split(r"\n\s*\n", text):
        message = _parse_block(block)
        if message is not None:
            found.append(message)
    return found


def _parse_block(block: str) -> Message | None:
    message = Message("")
    last, seen = "", False
    for line in (raw.strip() for raw in block.splitlines()):
        if not line or line.startswith("#~"):
            continue
        if line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
            message.comments += [line] if line.startswith(("#.", "# ")) else []
            continue
        if match := KEYWORD.match(line):
            last, seen = match[1], True
            if last == "msgstr":
                message.texts.append("")
            value = match[3]
        elif line.startswith('"') and seen:
            value = line
        else:
            raise ValueError(f"not understood: {line}")
        _add(message, last, ast.literal_eval(value))
    return message if seen else None


def _add(message: Message, keyword: str, value: str) -> None:
    match keyword:
        case "msgctxt":
            message.context += value
        case "msgid":
            message.id += value
        case "msgid_plural":
            message.plural += value
        case _:
            message.texts[-1] += value


def quoted(text: str) -> str:
    """A string as a catalogue writes it; long ones line by line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"{escaped}"'
    parts = [f'"{line}\\n"' for line in lines[:-1]] + ([f'"{lines[-1]}"'] if lines[-1] else [])
    return "\n".join(['""', *parts])


def render(messages: Iterable[Message]) -> str:
    """A `.po` text."""
    return "\n\n".join("\n".join(_lines(m)) for m in messages) + "\n"


def _lines(message: Message) -> list[str]:
    lines = [*message.comments, *(["#, fuzzy"] if message.fuzzy else [])]
    lines += [f"msgctxt {quoted(message.context)}"] if message.context else []
    lines += [f"msgid {quoted(message.id)}"]
    if not message.plural:
        return [*lines, f"msgstr {quoted(message.texts[0] if message.texts else '')}"]
    lines += [f"msgid_plural {quoted(message.plural)}"]
    return lines + [f"msgstr[{i}] {quoted(t)}" for i, t in enumerate(message.texts or [""])]


def compiled(messages: Iterable[Message]) -> bytes:
    """The `.mo` bytes of what is translated, sorted as the format demands, without a hash table."""
    pairs = sorted((_compiled_id(m), PLURAL.join(m.texts).encode()) for m in messages if m.is_translated)
    count = len(pairs)
    start = 28 + 16 * count
    body = bytearray()
    ids: list[int] = []
    texts: list[int] = []
    for index, table in ((0, ids), (1, texts)):
        for pair in pairs:
            table += [len(pair[index]), start + len(body)]
            body += pair[index] + b"\0"
    header = struct.pack("<7I", MAGIC, 0, count, 28, 28 + 8 * count, 0, start)
    return header + struct.pack(f"<{4 * count}I", *ids, *texts) + bytes(body)


def _compiled_id(message: Message) -> bytes:
    context = message.context + CONTEXT if message.context else ""
    return (context + message.id + (PLURAL + message.plural if message.plural else "")).encode()


def compile_all(locale: Path) -> int:
    """Compile each catalogue below `locale` that is newer than its compiled form; how many that were."""
    done = 0
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            partial = target.with_suffix(".mo.part")
            partial.write_bytes(compiled(parse(source.read_text(encoding="utf-8"))))
            partial.replace(target)
            done += 1
    return done
