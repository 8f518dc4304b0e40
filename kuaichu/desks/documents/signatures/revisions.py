"""Later revisions of a paper in force: a time stamp made good, a party's receipt. What was signed stays.

A revision adds bytes behind the sealed ones (ISO 32000 incremental update) and gives the paper a new file.
The file before stays kept and valid: the verification page knows both. Like a paper, it is made outside any
transaction.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from uuid import UUID, uuid5

from pyhanko.pdf_utils.reader import PdfFileReader

from kuaichu.desks.documents.certificates import MOST_BYTES, Made, digest_sm3, seals, timestamps
from kuaichu.desks.documents.models import EarlierFile, Paper
from kuaichu.desks.documents.rendering import drawing_png
from kuaichu.desks.documents.rules import rules
from kuaichu.desks.documents.sealing import Level, NoSuchField, Sealed, add_timestamp, countersign
from kuaichu.kernel import clock, publiclog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.objects import read, store
from kuaichu.kernel.prepared import find_sure

STAMP = "timestamp"
RECEIPT = "receipt"


@dataclass(frozen=True)
class Revised(Fact, name="documents.revised"):
    """A paper has one more revision: `why` is timestamp or receipt, `field` the one that was filled."""

    paper_id: str
    why: str
    field: str
    file_sha256: str
    level: str
    file_leaf: int


@dataclass(frozen=True, slots=True)
class Revision:
    """A file made from the file `of`; it counts only while that one is still the paper's newest."""

    of: str
    made: Made
    why: str
    field: str


def stamped(paper: Paper) -> Revision | None:
    """The paper with the time stamp it lacked; None when it needs none any more. No transaction may be open.

    Raises TimeStampUnavailable: then it stays due.
    """
    if paper.level != Level.B:
        return None
    before = read(paper.file_sha256)
    try:
        pdf = add_timestamp(before, timestamper=timestamps(paper.city))
    except NoSuchField:
        return None
    level = Level.LT if _has_status(before) else Level.T
    return Revision(paper.file_sha256, _kept(Sealed(pdf, level)), STAMP, "Timestamp")


def receipted(paper: Paper, *, place: int, drawing: bytes | None) -> Revision | None:
    """The paper with the receipt of the party at `place` (from 1) in its field; None if it has no empty one.

    `drawing` is the drawn signature as SVG. The unit signs as witness that the party acknowledged.
    Raises SealUnavailable.
    """
    name = f"Receipt{place}"
    try:
        sealed = countersign(
            read(paper.file_sha256),
            field_name=name,
            identity=seals(paper.city).identity(paper.city, rules(paper.city).unit),
            timestamper=timestamps(paper.city),
            now=clock.now(),
            image=drawing_png(drawing) if drawing is not None else None,
            reason="当事人签收",
        )
    except NoSuchField:
        return None
    lower = paper.level if paper.level != Level.LT else sealed.level
    return Revision(paper.file_sha256, _kept(Sealed(sealed.pdf, Level(lower))), RECEIPT, name)


def revise(actor: Actor, paper_id: UUID, new: Revision) -> Paper:
    """Make the new file the paper's. Nothing happens when another revision came first: then make it again."""
    known = find_sure(Paper, pk=paper_id)
    with act(actor, "documents.revise", known.case_id) as step:
        paper = find_sure(Paper, pk=paper_id)
        if paper.file_sha256 != new.of:
            step.already()
            return paper
        _keep_earlier(paper, new.why)
        made = new.made
        paper.file_sha256, paper.file_sm3, paper.file_size = made.sha256, made.sm3, made.size
        paper.level = made.level
        content = {"paper": str(paper.pk), "file_sha256": made.sha256, "file_sm3": made.sm3}
        paper.file_leaf = publiclog.append(paper.city, "revision", uuid5(paper.pk, made.sha256), content)
        paper.save()
        step.record(
            Revised(
                paper_id=str(paper.pk),
                why=new.why,
                field=new.field,
                file_sha256=made.sha256,
                level=made.level,
                file_leaf=paper.file_leaf,
            )
        )
    return paper


def _keep_earlier(paper: Paper, why: str) -> None:
    assert paper.file_leaf is not None, "only an issued paper has revisions"
    EarlierFile(
        paper=paper,
        file_sha256=paper.file_sha256,
        file_sm3=paper.file_sm3,
        file_size=paper.file_size,
        file_leaf=paper.file_leaf,
        level=paper.level,
        replaced_at=clock.now(),
        replaced_by=why,
    ).save()


def _kept(sealed: Sealed) -> Made:
    stored = store().put(sealed.pdf, MOST_BYTES)
    return Made(stored.sha256, digest_sm3(sealed.pdf), stored.size, str(sealed.level.value))


def _has_status(pdf: bytes) -> bool:
    return "/DSS" in PdfFileReader(io.BytesIO(pdf), strict=False).root
