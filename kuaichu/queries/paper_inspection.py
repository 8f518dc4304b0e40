"""Whether the papers kept are whole and genuine: part of what `kuaichu verify` proves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from kuaichu.desks.documents.checking import Verdict, check
from kuaichu.desks.documents.models import EarlierFile, Paper
from kuaichu.kernel import clock
from kuaichu.kernel.models import LogLeaf
from kuaichu.kernel.objects import read, store
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.inspection import Finding, hashes_of
from kuaichu.queries.public_log import stands_for
from kuaichu.queries.verification import trust

SAMPLE = 25
Leaves = dict[tuple[str, int], LogLeaf]


def the_papers(*, all_signatures: bool = False) -> Finding:
    """File = row = log leaf, facts = row = log leaf, numbers and codes once each, one of a kind in force.

    The signatures of the newest SAMPLE papers are checked, of all when asked for.
    """
    found = Finding("papers 文书")
    leaves = {(leaf.log, leaf.index): leaf for leaf in LogLeaf.objects.iterator(chunk_size=2000)}
    earlier: dict[UUID, list[EarlierFile]] = {}
    for row in EarlierFile.objects.order_by("file_leaf"):
        earlier.setdefault(row.paper_id, []).append(row)
    for paper in Paper.objects.order_by("numbered_at").iterator(chunk_size=200):
        found.checked += 1
        faults = _faults(paper, earlier.get(paper.pk, []), leaves)
        found.wrong += [f"paper {paper.number}: {fault}" for fault in faults]
    found.wrong += list(_repeated())
    newest = Paper.objects.exclude(file_sha256="").order_by("-numbered_at")
    signed = list(newest if all_signatures else newest[:SAMPLE])
    found.wrong += [f"paper {p.number}: {fault}" for p in signed if (fault := _signature_fault(p))]
    found.notes.append(f"signatures checked: {len(signed)}")
    return found


def _faults(paper: Paper, earlier: list[EarlierFile], leaves: Leaves) -> Iterator[str]:
    if hashlib.sha256(bytes(paper.facts)).hexdigest() != paper.facts_sha256:
        yield "its facts were changed"
    if not _logged(paper, leaves, paper.facts_leaf, "facts_sha256", paper.facts_sha256):
        yield "its facts are not as logged"
    if paper.status == Paper.Status.NUMBERED:
        return
    versions: list[Paper | EarlierFile] = [paper, *earlier]
    for one in versions:
        if not _logged(paper, leaves, one.file_leaf, "file_sha256", one.file_sha256):
            yield "its file is not as logged"
        try:
            with store().open(one.file_sha256) as file:
                if hashes_of(file) != (one.file_sha256, one.file_sm3, one.file_size):
                    yield "its file was changed"
        except NotFound:
            yield "its file is missing"


def _logged(paper: Paper, leaves: Leaves, index: int | None, field: str, digest: str) -> bool:
    leaf = leaves.get((paper.city, -1 if index is None else index))
    return leaf is not None and stands_for(leaf, paper) and leaf.content.get(field) == digest


def _repeated() -> Iterator[str]:
    rows = list(Paper.objects.values_list("city", "kind", "number", "code", "case_id", "basis_id", "status"))
    numbers = Counter((city, kind, number) for city, kind, number, *_ in rows)
    codes = Counter(row[3] for row in rows)
    alive = Counter(
        (row[4], row[1]) for row in rows if row[6] in (Paper.Status.NUMBERED, Paper.Status.ISSUED)
    )
    yield from (f"number {key[2]} was given {n} times" for key, n in numbers.items() if n > 1)
    yield from (f"a code was given {n} times" for n in codes.values() if n > 1)
    yield from (
        f"case {key[0]} has {n} papers in force of kind {key[1]}" for key, n in alive.items() if n > 1
    )


def _signature_fault(paper: Paper) -> str:
    try:
        report = check(read(paper.file_sha256), trust(logged=False), now=clock.now())
    except NotFound:
        return "its file is missing"
    if report.verdict != Verdict.GENUINE:
        return f"its signature is {report.verdict.value}"
    if report.number != paper.number or report.facts_sha256 != paper.facts_sha256:
        return "the facts inside the file are others"
    return ""
