"""Is this paper ours, unchanged and in force? By its anti-counterfeit code, its QR or its file.

For anyone: there is no viewer, so nothing is told that the masking table does not allow on the public page.
"""

from __future__ import annotations

import hashlib
import unicodedata

from django.db.models import QuerySet

from kuaichu.desks.documents import certificates, qr
from kuaichu.desks.documents.checking import Trust
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.ports import SealUnavailable
from kuaichu.desks.documents.rules import rules
from kuaichu.kernel.city import CityInvalid, cities
from kuaichu.queries import public_log
from kuaichu.queries.verdicts import (
    Answer,
    Check,
    State,
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
_SCANNED = {
    qr.Refused.FORMAT: Answer.UNREADABLE,
    qr.Refused.UNKNOWN_KEY: Answer.NOT_OURS,
    qr.Refused.SIGNATURE: Answer.ALTERED,
    qr.Refused.KEY_PERIOD: Answer.KEY_NOT_VALID,
}


def by_number() -> Verdict:
    """By the number alone: nothing. Numbers run on, so whoever counts them up would read the register."""
    return Verdict(Answer.CODE_NEEDED, "number")


def by_code(typed: str) -> Verdict:
    """By the anti-counterfeit code; a slip of one character or a swap is told before any lookup."""
    code = qr.read_code(unicodedata.normalize("NFKC", typed))
    if code is None:
        return Verdict(Answer.SLIP, "code")
    paper = papers().filter(code=code).first()
    return told(paper, "code") if paper is not None else Verdict(Answer.UNKNOWN, "code")


def by_qr(text: str) -> Verdict:
    """By the text of the QR, `HTTPS://HOST/V/<BASE32>`: its signature first, then the register."""
    try:
        claims = qr.verify(text, certificates.keyset())
    except qr.BadCode as bad:
        return Verdict(_SCANNED[bad.why], "qr", why=bad.why.value)
    checks: tuple[Check, ...] = (Check.of("qr_signature", True),)
    rows = list(papers().filter(number=claims.number, kind=claims.kind)[:8])
    if not rows:
        return Verdict(Answer.UNKNOWN, "qr", why="signed", checks=checks, claimed=claims.number)
    paper = next((row for row in rows if claims.matches(_digest(row))), None)
    same = paper is not None and paper.facts_leaf == claims.log_index
    checks += (Check.of("qr_facts", same, claims.facts_hash.hex()),)
    return told(paper or rows[0], "qr", checks)


def trust(*, logged: bool) -> Trust:
    """Whom this installation believes: the roots of its cities' seals and time stamps."""
    roots: set[bytes] = set()
    anchors: set[bytes] = set()
    lists: set[bytes] = set()
    for code in cities():
        try:
            roots.add(seal_root(code))
            lists.update(certificates.seals(code).lists())
            anchors.update(certificates.timestamps(code).anchors)
        except (CityInvalid, SealUnavailable):
            continue
    return Trust(tuple(sorted(roots)), tuple(sorted(anchors)), lambda _digest: logged, tuple(sorted(lists)))


def seal_root(city: str) -> bytes:
    """The root certificate (DER) a city's seals lead to. Raises SealUnavailable, CityInvalid."""
    seals = certificates.seals(city)
    return seals.root or seals.identity(city, rules(city).unit).chain[-1]


def papers() -> QuerySet[Paper]:
    """All papers, the newest first."""
    return Paper.objects.select_related("superseded_by").order_by("-numbered_at")


def told(paper: Paper, way: str, before: tuple[Check, ...] = ()) -> Verdict:
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


def _digest(paper: Paper) -> bytes:
    return hashlib.sha256(bytes(paper.facts)).digest()
