"""Is this file one of our papers, unchanged and in force? The same answer for the page and the command."""

from __future__ import annotations

import hashlib
from uuid import UUID

from kuaichu.desks.documents import certificates, checking
from kuaichu.desks.documents.checking import Distrust, Part
from kuaichu.desks.documents.models import EarlierFile, Paper
from kuaichu.desks.documents.signatures.alterations import compared
from kuaichu.kernel.objects import read
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.verdicts import Answer, Check, Judge, Seal, Sums, Verdict
from kuaichu.queries.verification import papers, told, trust

Changes = tuple[checking.Change, ...]
_JUDGED = {
    checking.Verdict.ALTERED: Answer.ALTERED,
    checking.Verdict.UNTRUSTED: Answer.NOT_OURS,
    checking.Verdict.KEY_NOT_VALID: Answer.KEY_NOT_VALID,
    checking.Verdict.UNSIGNED: Answer.NOT_OURS,
    checking.Verdict.UNREADABLE: Answer.UNREADABLE,
    checking.Verdict.TOO_LARGE: Answer.TOO_LARGE,
}


def by_file(pdf: bytes, judge: Judge) -> Verdict:
    """By the file itself. `judge` is where it is parsed; it never sees the database."""
    sums = _sums(pdf)
    if len(pdf) > checking.SIZE_LIMIT:
        return Verdict(Answer.TOO_LARGE, "file", sums=sums)
    exact, earlier = _issued_as(sums.sha256)
    report = judge(pdf, trust(logged=exact is not None))
    paper = exact or _sealed_paper(report)
    if paper is None:
        return stranger(report, sums, changes=_changes(report, pdf))
    known = earlier or paper
    sums = Sums(sums.sha256, sums.sm3, sums.size, known.file_sha256, known.file_sm3)
    found = told(paper, "file", _file_checks(report, paper, sums))
    answer = found.answer if sums.equal or found.answer is Answer.ALTERED else Answer.OTHER_BYTES
    return Verdict(
        answer, "file", found.why, found.paper, found.checks, found.places, sums, _seal(report, paper.city)
    )


def _issued_as(sha256: str) -> tuple[Paper | None, EarlierFile | None]:
    """The paper whose file this is, and the earlier file where a later revision has taken its place."""
    earlier = find_one(EarlierFile, file_sha256=sha256)
    found = papers().filter(pk=earlier.paper_id) if earlier else papers().filter(file_sha256=sha256)
    return found.first(), earlier


def by_roots(pdf: bytes, trust: checking.Trust, judge: Judge) -> Verdict:
    """Without a register: what the roots alone say of seal and bytes; in force or not, nobody can tell."""
    return _of_roots(judge(pdf, trust), _sums(pdf))


def _of_roots(report: checking.Report, sums: Sums) -> Verdict:
    return stranger(report, sums, changes=report.changes, sealed=True)


def _sums(pdf: bytes) -> Sums:
    return Sums(hashlib.sha256(pdf).hexdigest(), certificates.digest_sm3(pdf), len(pdf))


def _file_checks(report: checking.Report, paper: Paper, sums: Sums) -> tuple[Check, ...]:
    same = report.facts_sha256 == paper.facts_sha256
    readable = report.verdict is not checking.Verdict.UNREADABLE
    first = report.signatures[0] if report.signatures else None
    stamp = next((s.stamped_at for s in report.signatures if s.stamped_at is not None), None)
    return (
        Check.of("bytes", sums.equal, sums.sha256),
        Check.of("intact", all(s.intact and s.unchanged_since for s in report.signatures) if first else None),
        Check.of("trusted", _leads_to_root(report)),
        Check.of("covers", report.whole if first else None),
        Check.of("stamp", True if stamp else None),
        Check.of("embedded", same if readable else None, paper.facts_sha256),
    )


def _leads_to_root(report: checking.Report) -> bool | None:
    """Whether every certificate leads to a root; undecided where a broken signature ended the check."""
    strays = [s for s in report.signatures if not s.trusted]
    if any(s.intact for s in strays):
        return False
    return True if report.signatures and not strays else None


def _seal(report: checking.Report, city: str) -> Seal | None:
    signed = next((s for s in report.signatures if s.good), None)
    if signed is None:
        return None
    authority = certificates.timestamps(city).name
    own_root = certificates.seals(city).root is not None
    return Seal(signed.signer, signed.signed_at, signed.stamped_at, authority, own_root)


def _sealed_paper(report: checking.Report) -> Paper | None:
    """The paper whose facts a genuine file carries."""
    if report.verdict is not checking.Verdict.GENUINE or report.facts_sha256 is None:
        return None
    return papers().filter(facts_sha256=report.facts_sha256).exclude(file_sha256="").first()


def stranger(report: checking.Report, sums: Sums, *, changes: Changes = (), sealed: bool = False) -> Verdict:
    """A file that is none of the register's; `sealed`: there is no register to ask, only the roots."""
    genuine = Answer.SEALED if sealed else Answer.UNKNOWN
    answer = _JUDGED.get(report.verdict, genuine)
    checks: tuple[Check, ...] = ()
    if report.signatures:
        checks = (
            Check.of("intact", all(s.intact and s.unchanged_since for s in report.signatures)),
            Check.of("trusted", _leads_to_root(report)),
            Check.of("covers", report.whole),
        )
    return Verdict(
        answer,
        "file",
        _why(report, answer),
        checks=checks,
        sums=sums,
        claimed=_number_of(report),
        changes=changes,
    )


def _why(report: checking.Report, answer: Answer) -> str:
    """What makes the answer precise: why a key was not valid, else the verdict on the signatures."""
    if answer is Answer.UNKNOWN:
        return "signed"
    if answer is Answer.KEY_NOT_VALID:
        return "revoked" if any(s.distrust is Distrust.REVOKED for s in report.signatures) else "period"
    return report.verdict.value


def _changes(report: checking.Report, pdf: bytes) -> Changes:
    """What was altered; where in signed bytes, is told by the issued file they were made from."""
    if not any(change.part is Part.SIGNED for change in report.changes):
        return report.changes
    try:
        paper = papers().filter(pk=UUID(report.paper_id or "")).exclude(file_sha256="").first()
        place = compared(pdf, read(paper.file_sha256)) if paper is not None else None
    except (ValueError, NotFound):
        place = None
    return (place,) if place is not None else report.changes


def _number_of(report: checking.Report) -> str:
    """The number that a changed file sealed by us still claims; nothing of what a stranger's file claims."""
    ours = report.number is not None and any(s.trusted for s in report.signatures)
    return report.number if ours and report.number is not None and len(report.number) <= 64 else ""
