"""Whether everything kept is whole: what `kuaichu verify` proves. Reads all cities, sees no personal data."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db.models import Count

from kuaichu.cases.models import Case, Evidence, Recording
from kuaichu.desks.claims.ledger import checking
from kuaichu.desks.claims.ledger.postings import digest_of, lines_of
from kuaichu.desks.claims.models import Payout
from kuaichu.desks.claims.positions import transfers_of
from kuaichu.desks.documents import anchors
from kuaichu.kernel import journal, publiclog
from kuaichu.kernel.models import Delivery, Entry, LogLeaf
from kuaichu.kernel.objects import store
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries.next_steps import next_step

CHUNK = 1 << 18


@dataclass
class Finding:
    """One subject: how many were checked, what is wrong, and what somebody should know."""

    subject: str
    checked: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def the_journal() -> Finding:
    """Each stream's chain of hashes; everything due refers to an entry that is there."""
    found = Finding("journal 日志")
    entries = Entry.objects.order_by("stream", "seq").iterator(chunk_size=2000)
    for _stream, rows in groupby(entries, key=lambda e: e.stream):
        listed = list(rows)
        found.checked += len(listed)
        found.wrong += journal.check_stream(listed)
    dangling = Delivery.objects.exclude(entry_id__in=Entry.objects.values("id")).count()
    if dangling:
        found.wrong.append(f"{dangling} deliveries refer to no entry")
    return found


def the_evidence(hear: Callable[[Evidence, str], None] | None = None) -> Finding:
    """The bytes of every photograph against the hashes of its row (SHA-256, SM3) and of its journal entry.

    `hear` is told of each one, and what is wrong with its file ("" for nothing).
    """
    found = Finding("evidence 证据")
    told = _photographed()
    for row in Evidence.objects.order_by("id").iterator(chunk_size=500):
        found.checked += 1
        fault = "" if "erased" in row.remarks else _file_fault(row.sha256, row.sm3, row.size)
        if fault:
            found.wrong.append(f"evidence {row.pk}: {fault}")
        if hear is not None and "erased" not in row.remarks:
            hear(row, fault)
        if told.get(str(row.pk)) != (row.sha256, row.sm3):
            found.wrong.append(f"evidence {row.pk}: row and journal differ")
    if len(told) != found.checked:
        found.wrong.append(f"{len(told)} photographs in the journal, {found.checked} rows")
    return found


def the_recordings() -> Finding:
    """The bytes of every sound recording against the hashes of its row and of its journal entry."""
    found = Finding("recordings 录音")
    rows = Entry.objects.filter(kind="cases.spoken").values_list("payload", flat=True).iterator()
    told = {p["recording_id"]: (p["sha256"], p["sm3"]) for p in rows if p}
    for row in Recording.objects.order_by("id").iterator(chunk_size=500):
        found.checked += 1
        if fault := _file_fault(row.sha256, row.sm3, row.size):
            found.wrong.append(f"recording {row.pk}: {fault}")
        if told.get(str(row.pk)) != (row.sha256, row.sm3):
            found.wrong.append(f"recording {row.pk}: row and journal differ")
    return found


def _photographed() -> dict[str, tuple[str, str]]:
    rows = Entry.objects.filter(kind="cases.photographed").values_list("payload", flat=True).iterator()
    return {p["evidence_id"]: (p["sha256"], p["sm3"]) for p in rows if p}


def _file_fault(sha256: str, sm3: str, size: int) -> str:
    try:
        with store().open(sha256) as file:
            seen = hashes_of(file)
    except NotFound:
        return "its file is missing"
    return "" if seen == (sha256, sm3, size) else "its file was changed"


def hashes_of(file: BinaryIO) -> tuple[str, str, int]:
    """SHA-256 and SM3 (hex) and the size of a file, read in pieces."""
    first, second, size = hashlib.sha256(), Hash(SM3()), 0
    while chunk := file.read(CHUNK):
        first.update(chunk)
        second.update(chunk)
        size += len(chunk)
    return first.hexdigest(), second.finalize().hex(), size


def the_public_log() -> Finding:
    """Every city's log: each leaf against its node, the tree against its leaves."""
    found = Finding("public log 公开日志")
    for log in LogLeaf.objects.values_list("log", flat=True).distinct().order_by("log"):
        found.wrong += publiclog.check(log) + anchors.faults(log)
        found.checked += LogLeaf.objects.filter(log=log).count()
    return found


def the_ledger() -> Finding:
    """Every money fact has one posting and every posting balances; payouts are booked as they were paid, none
    twice.
    """
    found = Finding("ledger 账目")
    found.wrong += checking.faults()
    told = _paid_facts()
    times: Counter[tuple[object, ...]] = Counter()
    for payout in Payout.objects.order_by("ordered_at").iterator(chunk_size=1000):
        found.checked += 1
        facts = told.get(str(payout.pk), [])
        found.wrong += [f"payout {payout.pk}: {fault}" for fault in _ledger_faults(payout, facts)]
        if payout.status != Payout.Status.STOPPED:
            times[payout.calculation_id, payout.claim_id, payout.to_label, payout.kind, payout.for_lien] += 1
    found.wrong += [f"claim {key[1]}: {n} payouts to {key[2]}" for key, n in times.items() if n > 1]
    return found


def _paid_facts() -> dict[str, list[str]]:
    """The digests of what was booked, by payout, as the journal tells it."""
    found: dict[str, list[str]] = {}
    for payload in Entry.objects.filter(kind="claims.paid").values_list("payload", flat=True).iterator():
        if payload:
            found.setdefault(payload["payout_id"], []).append(payload.get("posting", ""))
    return found


def _ledger_faults(payout: Payout, facts: list[str]) -> Iterator[str]:
    paid = payout.status == Payout.Status.PAID
    if sum(line["fen"] for line in payout.lines) != payout.fen:
        yield "its lines do not add up"
    if paid != bool(payout.receipt and payout.paid_at):
        yield "paid without receipt, or receipt without payment"
    if len(facts) != paid:
        yield "not exactly one fact of payment" if paid else "a fact of payment, but it is not paid"
    elif paid and facts[0] not in ("", digest_of(lines_of(transfers_of(payout)))):
        yield "the ledger and the payout differ"


def what_is_due() -> Finding:
    """What waits for a person because it failed too often, and what is tried again: notes, no faults."""
    found = Finding("due 待办")
    found.checked = Delivery.objects.count()
    for row in Delivery.objects.filter(held=True).order_by("run_at"):
        found.notes.append(f"held: {row.handler} of case {row.case_id}: {row.last_error}")
    trying = (
        Delivery.objects.filter(held=False, attempts__gt=3).values_list("handler").annotate(n=Count("id"))
    )
    found.notes += [f"tried again: {handler} ×{n}" for handler, n in trying]
    return found


def the_cases() -> Finding:
    """Every case has ended, or something is due, or it is known who must act."""
    found = Finding("cases 案件")
    due = set(Delivery.objects.filter(held=False, lane="").values_list("case_id", flat=True))
    ended = (Case.Status.CLOSED, Case.Status.HANDED_OVER, Case.Status.WITHDRAWN)
    for case in Case.objects.order_by("opened_at").iterator(chunk_size=500):
        found.checked += 1
        if case.status in ended or case.pk in due:
            continue
        if next_step(case).who in ("", "nobody", "system"):
            found.wrong.append(f"case {case.number}: nothing is due and nobody is to act")
    return found


CHECKS: tuple[Callable[[], Finding], ...] = (
    the_journal, the_evidence, the_recordings, the_public_log, the_ledger, what_is_due, the_cases,
)  # fmt: skip
