"""The translations: `messages.py check` | `update [fragment.po …]` | `compile`.

`check` fails unless every message of the program has a Chinese text with the same placeholders and nothing is
left over. `update` writes the catalogue anew from the program, the catalogue and the fragments given.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import extraction
from catalogues import Key, Message, compile_all, parse, render

PACKAGE = Path(__file__).resolve().parent.parent / "kuaichu"
LOCALE = PACKAGE / "locale"
CATALOGUE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = Message(
    "",
    [
        """Project-Id-Version: kuaichu
Language: zh_Hans
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=1; plural=0;
"""
    ],
)
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sdf]|%[sdfnh](?![a-z])|\{\w*\}")


def placeholders(text: str) -> list[str]:
    """What is filled in later, sorted."""
    return sorted(p for p in PLACEHOLDER.findall(text) if p != "%%")


def read(path: Path) -> dict[Key, Message]:
    """The entries of a catalogue by key; the first of a double one counts."""
    found: dict[Key, Message] = {}
    for message in parse(path.read_text(encoding="utf-8")) if path.exists() else []:
        if message.id and message.is_translated:
            first = found.setdefault(message.key, message)
            if first.texts != message.texts:
                print(f"{path.name}: two texts for {message.id!r}", file=sys.stderr)
    return found


def faults(wanted: dict[Key, Message], given: list[Message]) -> Iterator[str]:
    """What is wrong with a catalogue, one line each."""
    have = {m.key: m for m in given if m.id}
    if len(have) != sum(1 for m in given if m.id):
        yield "the catalogue holds a message twice"
    for key, message in wanted.items():
        entry = have.get(key)
        if entry is None or not entry.is_translated:
            yield f"not translated: {message.id!r} ({', '.join(c[3:] for c in message.comments)})"
            continue
        if bool(entry.plural) != bool(message.plural):
            yield f"plural differs: {message.id!r}"
        allowed = [placeholders(message.id), *([placeholders(message.plural)] if message.plural else [])]
        if any(placeholders(text) not in allowed for text in entry.texts):
            yield f"placeholders differ: {message.id!r}"
    for key in have.keys() - wanted.keys():
        yield f"no longer used: {key[1]!r}"


def check() -> int:
    """Print the faults; 1 if there are any."""
    given = parse(CATALOGUE.read_text(encoding="utf-8")) if CATALOGUE.exists() else []
    wanted = extraction.everything(PACKAGE)
    found = list(faults(wanted, given))
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"Translations: {len(wanted)} messages, {len(found)} faults.")
    return 1 if found else 0


def update(fragments: list[Path]) -> int:
    """Write the catalogue; 1 if something is still without a text."""
    known = read(CATALOGUE)
    for path in fragments:
        for key, message in read(path).items():
            if known.setdefault(key, message).texts != message.texts:
                print(f"{path.name}: the catalogue has another text for {message.id!r}", file=sys.stderr)
    wanted = extraction.everything(PACKAGE)
    for key, message in wanted.items():
        message.texts = known[key].texts if key in known else []
    for key in sorted(known.keys() - wanted.keys()):
        print(f"not used: {key[1]!r} = {known[key].texts[0]!r}", file=sys.stderr)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(wanted.values(), key=lambda m: (m.id.casefold(), m.key))
    CATALOGUE.write_text(render([HEADER, *ordered]), encoding="utf-8")
    missing = sum(1 for m in ordered if not m.is_translated)
    print(f"Catalogue written: {len(ordered)} messages, {missing} without a text.")
    return 1 if missing else 0


def main(arguments: list[str]) -> int:
    """Run one of the commands."""
    match arguments:
        case ["check"]:
            return check()
        case ["update", *fragments]:
            return update([Path(f) for f in fragments])
        case ["compile"]:
            print(f"{compile_all(LOCALE)} catalogues compiled.")
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
