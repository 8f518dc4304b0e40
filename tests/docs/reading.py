"""The documents as their tests read them: headings, links, tables, code."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """Fenced code: its language, the file it is (``file=…`` behind the language), its text."""

    language: str
    file: str
    text: str


@dataclass(frozen=True)
class Document:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @functools.cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @functools.cached_property
    def prose(self) -> str:
        """The text without fenced code."""
        return FENCE.sub("", self.text)

    @functools.cached_property
    def blocks(self) -> list[Block]:
        found = []
        for match in FENCE.finditer(self.text):
            language, _, rest = match["info"].partition(" ")
            found.append(Block(language, rest.removeprefix("file=").strip(), match["body"]))
        return found

    def block(self, file: str) -> str:
        """The code that is this file."""
        [found] = [one.text for one in self.blocks if one.file == file]
        return found

    @property
    def spans(self) -> list[str]:
        return SPAN.findall(self.prose)

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.prose)

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(len(marks), words.strip()) for marks, words in HEADING.findall(self.prose)]

    @property
    def anchors(self) -> set[str]:
        return {anchor(words) for _level, words in self.headings}

    def rows(self, after: str = "") -> list[list[str]]:
        """The cells of the rows of the first table after these words, without its head."""
        lines = self.prose[self.prose.index(after) :].splitlines()
        start = next(n for n, line in enumerate(lines) if line.startswith("|--"))
        found = []
        for line in lines[start + 1 :]:
            if not line.startswith("|"):
                break
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
        return [[cell.strip(" |") for cell in row] for row in found]

    def section(self, title: str) -> str:
        """What stands below a heading, up to the next one of its level."""
        level = next(n for n, words in self.headings if words == title)
        body = self.text.split(f"\n{'#' * level} {title}\n", 1)[1]
        return re.split(rf"^#{{1,{level}}} ", body, maxsplit=1, flags=re.MULTILINE)[0]


def anchor(words: str) -> str:
    """The address of a heading, as code hosts make it."""
    kept = [c for c in words.lower() if unicodedata.category(c)[0] in "LN" or c in " -_"]
    return "".join(kept).replace(" ", "-")


def documents() -> list[Document]:
    """All documents of the project itself, without those beside carried data."""
    paths = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    return [Document(path) for path in paths]


def document(name: str) -> Document:
    return Document(ROOT / name)
