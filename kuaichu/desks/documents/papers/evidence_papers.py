"""Electronic evidence: list, record of its extraction, certified copies, sheets of photographs.

电子数据清单 and 提取笔录 (ADM Art. 32), 证据复制件 (D146 Art. 65¶2: copies for parties carry the seal),
道路交通事故照片.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.case_paper import CasePaper, filled
from kuaichu.desks.documents.papers.facts import BadFacts, Photo

COPY_NOTES = (
    "本复制件与存档的证据材料核对一致；他人的证件号码、联系方式、面部和与本案无关的车辆号牌已经遮盖。",
    "证人要求保密的材料，以及涉及国家秘密、商业秘密和个人隐私的材料，依法不予复制。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicItem:
    """One file: its name and kind, where it came from, its digests (hex) and its size in bytes."""

    name: str
    source: str
    made_at: datetime | None
    received_at: datetime
    size: int
    sha256: str
    sm3: str

    def check(self, path: str) -> None:
        """Both digests are 64 hexadecimal digits."""
        if not all(re.fullmatch("[0-9a-f]{64}", digest) for digest in (self.sha256, self.sm3)):
            raise BadFacts(f"{path}: a digest of 64 hexadecimal digits")
        if self.size < 1:
            raise BadFacts(f"{path}.size: nothing in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Electronic(CasePaper):
    """What list and record share. `holder` handed the data over or uploaded them; `no_signature` says why the
    holder has not signed, "" when it has."""

    holder: str
    items: tuple[ElectronicItem, ...]
    no_signature: str = ""

    def check(self) -> None:
        """At least one sound item."""
        CasePaper.check(self)
        filled(self, "officers", "holder", "items")
        for index, item in enumerate(self.items):
            item.check(f"items[{index}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceList(Electronic):
    """电子数据清单."""

    KIND: ClassVar[str] = "evidence_list"
    TITLE: ClassVar[str] = "电子数据清单"

    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionRecord(Electronic):
    """电子数据提取笔录: when, where, by what, how; and why the original medium was not seized."""

    KIND: ClassVar[str] = "extraction_record"
    TITLE: ClassVar[str] = "电子数据提取笔录"

    began_at: datetime
    ended_at: datetime
    where: str
    reason: str
    method: str
    course: tuple[str, ...]
    witness: str = ""

    def check(self) -> None:
        """Reason, method and course are stated; it ended after it began."""
        Electronic.check(self)
        filled(self, "where", "reason", "method", "course")
        if self.ended_at < self.began_at:
            raise BadFacts("ended_at: before it began")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedText:
    """A text of the file as copied: what it is, and its lines with others' secrets masked already."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedCopy(CasePaper):
    """证据复制件 for one party. `applicant` asked for it; `masked` says what was covered and why."""

    KIND: ClassVar[str] = "certified_copy"
    TITLE: ClassVar[str] = "道路交通事故证据复制件"

    applicant: str
    purpose: str
    copied: tuple[CopiedText, ...] = ()
    photos: tuple[Photo, ...] = ()
    masked: str = ""
    notices: tuple[str, ...] = COPY_NOTES

    def check(self) -> None:
        """Somebody asked, and something is copied."""
        CasePaper.check(self)
        filled(self, "officers", "applicant", "purpose")
        if not self.copied and not self.photos:
            raise BadFacts("photos: nothing to copy")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSheet(CasePaper):
    """道路交通事故照片: the annex of photographs to a paper, six a page."""

    KIND: ClassVar[str] = "photo_sheet"
    TITLE: ClassVar[str] = "道路交通事故照片"

    regarding: str = ""
    photos: tuple[Photo, ...]

    def check(self) -> None:
        """At least one photograph."""
        CasePaper.check(self)
        filled(self, "photos")
