"""Is this paper ours, unchanged and in force? By its anti-counterfeit code, its QR or its file.

For anyone: there is no viewer, so nothing is told that the masking table does not allow on the public page.
"""

from __future__ import annotations

import hashlib
import unicodedata

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db.models import QuerySet

from kuaichu.desks.documents import certificates, checking, qr
from kuaichu.desks.documents.checking import Trust
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.ports import SealUnavailable
from kuaichu.desks.documents.rules import rules
from kuaichu.kernel.city import CityInvalid, cities
from kuaichu.queries import public_log
from kuaichu.queries.verdicts import (
    Answer,
    Check,
    Judge,
    Seal,
    State,
    Sums,
    Verdict,
    facts_of,
    public_paper,
)

_STANDING = {
    Paper.Status.NUMBERED: Answer.MAKING,
    Paper.Status.ISSUED: Answer.VALID,
    Paper.Status.SUPERSEDED: Answer.SUPERSEDED,
    Paper.Status.REVOKED: Answer.REVOKED,
}
_JUDGED = {
    checking.Verdict.ALTERED: Answer.ALTERED,
    checking.Verdict.UNTRUSTED: Answer.NOT_OURS,
    checking.Verdict.UNSIGNED: Answer.NOT_OURS,
    checking.Verdict.UNREADABLE: Answer.UNREADABLE,
    checking.Verdict.TOO_LARGE: Answer.TOO_LARGE,
}
_SCANNED = {
    qr.Refused.FORMAT: Answer.UNREADABLE,
    qr.Refused.UNKNOWN_KEY: Answer.NOT_OURS,
    qr.Refused.SIGNATURE: Answer.ALTERED,
    qr.Refused.KEY_PERIOD: Answer.ALTERED,
}


def by_number() -> Verdict:
    """By the number alone: nothing. Numbers run on, so whoever counts them up would read the register."""
    return Verdict(Answer.CODE_NEEDED, "number")


def by_code(typed: str) -> Verdict:
    """By the anti-counterfeit code; a slip of one character or a swap is told before any lookup."""
    code = qr.read_code(unicodedata.normalize("NFKC", typed))
    if code is None:
        return Verdict(Answer.SLIP, "code")
    paper = _papers().filter(code=code).first()
    return _told(paper, "code") if paper is not None else Verdict(Answer.UNKNOWN, "code")


def by_qr(text: str) -> Verdict:
    """By the text of the QR, `HTTPS://HOST/V/<BASE32>`: its signature first, then the register."""
    try:
        claims = qr.verify(text, certificates.keyset())
    except qr.BadCode as bad:
        return Verdict(_SCANNED[bad.why], "qr", why=bad.why.value)
    checks: tuple[Check, ...] = (Check.of("qr_signature", True),)
    rows = list(_papers().filter(number=claims.number, kind=claims.kind)[:8])
    if not rows:
        return Verdict(Answer.UNKNOWN, "qr", why="signed", checks=checks, claimed=claims.number)
    paper = next((row for row in rows if claims.matches(_digest(row))), None)
    same = paper is not None and paper.facts_leaf == claims.log_index
    checks += (Check.of("qr_facts", same, claims.facts_hash.hex()),)
    return _told(paper or rows[0], "qr", checks)


def by_file(pdf: bytes, judge: Judge) -> Verdict:
    """By the file itself. `judge` is where it is parsed; it never sees the database."""
    sums = Sums(hashlib.sha256(pdf).hexdigest(), _sm3(pdf), len(pdf))
    if len(pdf) > checking.SIZE_LIMIT:
        return Verdict(Answer.TOO_LARGE, "file", sums=sums)
    exact = _papers().filter(file_sha256=sums.sha256).first()
    report = judge(pdf, trust(logged=exact is not None))
    paper = exact or _sealed_paper(report)
    if paper is None:
        return _stranger(report, sums)
    sums = Sums(sums.sha256, sums.sm3, sums.size, paper.file_sha256, paper.file_sm3)
    told = _told(paper, "file", _file_checks(report, paper, sums))
    answer = told.answer if sums.equal or told.answer is Answer.ALTERED else Answer.OTHER_BYTES
    return Verdict(
        answer, "file", told.why, told.paper, told.checks, told.places, sums, _seal(report, paper.city)
    )


def trust(*, logged: bool) -> Trust:
    """Whom this installation believes: the roots of its cities' seals and time stamps."""
    roots: set[bytes] = set()
    anchors: set[bytes] = set()
    for code in cities():
        try:
            roots.add(seal_root(code))
            anchors.update(certificates.timestamps(code).anchors)
        except (CityInvalid, SealUnavailable):
            continue
    return Trust(tuple(sorted(roots)), tuple(sorted(anchors)), lambda _digest: logged)


def seal_root(city: str) -> bytes:
    """The root certificate (DER) a city's seals lead to. Raises SealUnavailable, CityInvalid."""
    seals = certificates.seals(city)
    own = getattr(seals, "root", None)
    return own if isinstance(own, bytes) else seals.identity(city, rules(city).unit).chain[-1]


def _papers() -> QuerySet[Paper]:
    return Paper.objects.select_related("superseded_by").order_by("-numbered_at")


def _told(paper: Paper, way: str, before: tuple[Check, ...] = ()) -> Verdict:
    """The answer for a paper of the register; a register that contradicts its own log is not believed."""
    digest = _digest(paper).hex()
    facts, places = facts_of(paper), public_log.places(paper, digest)
    wanted = {"facts": paper.facts_leaf} | ({"file": paper.file_leaf} if paper.file_leaf is not None else {})
    checks = (*before, Check.of("facts", facts is not None and digest == paper.facts_sha256, digest))
    for kind, index in wanted.items():
        place = places.get(kind)
        good = place is not None and place.agrees and place.proven and place.index == index
        checks += (Check.of(f"log_{kind}", good, str(index)),)
    answer = _STANDING[Paper.Status(paper.status)]
    sound = all(check.state is not State.BAD for check in checks)
    checks += (Check.of("status", None if answer is Answer.MAKING else answer is Answer.VALID),)
    shown, found = public_paper(paper, facts), tuple(places.values())
    if not sound:
        return Verdict(Answer.ALTERED, way, "register", shown, checks, found)
    return Verdict(answer, way, "", shown, checks, found)


def _file_checks(report: checking.Report, paper: Paper, sums: Sums) -> tuple[Check, ...]:
    same = report.facts_sha256 == paper.facts_sha256
    readable = report.verdict is not checking.Verdict.UNREADABLE
    first = report.signatures[0] if report.signatures else None
    stamp = next((s.stamped_at for s in report.signatures if s.stamped_at is not None), None)
    return (
        Check.of("bytes", sums.equal, sums.sha256),
        Check.of("intact", all(s.intact and s.unchanged_since for s in report.signatures) if first else None),
        Check.of("trusted", _leads_to_root(report)),
        Check.of("covers", any(s.covers_file for s in report.signatures) if first else None),
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
    own_root = isinstance(getattr(certificates.seals(city), "root", None), bytes)
    return Seal(signed.signer, signed.signed_at, signed.stamped_at, authority, own_root)


def _sealed_paper(report: checking.Report) -> Paper | None:
    """The paper whose facts a genuine file carries."""
    if report.verdict is not checking.Verdict.GENUINE or report.facts_sha256 is None:
        return None
    return _papers().filter(facts_sha256=report.facts_sha256).exclude(file_sha256="").first()


def _stranger(report: checking.Report, sums: Sums) -> Verdict:
    """A file that is none of the register's."""
    answer = _JUDGED.get(report.verdict, Answer.UNKNOWN)
    first = report.signatures[0] if report.signatures else None
    checks: tuple[Check, ...] = ()
    if first is not None:
        checks = (
            Check.of("intact", all(s.intact and s.unchanged_since for s in report.signatures)),
            Check.of("trusted", _leads_to_root(report)),
            Check.of("covers", any(s.covers_file for s in report.signatures)),
        )
    why = "signed" if answer is Answer.UNKNOWN else report.verdict.value
    return Verdict(answer, "file", why, checks=checks, sums=sums, claimed=_number_of(report))


def _number_of(report: checking.Report) -> str:
    """The number that a changed file sealed by us still claims; nothing of what a stranger's file claims."""
    ours = report.number is not None and any(s.trusted for s in report.signatures)
    return report.number if ours and report.number is not None and len(report.number) <= 64 else ""


def _digest(paper: Paper) -> bytes:
    return hashlib.sha256(bytes(paper.facts)).digest()


def _sm3(data: bytes) -> str:
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()
