"""Whether every evidence receipt is whole: signature, chain, journal, and the photographs it names."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from kuaichu.cases import receipt_text
from kuaichu.cases.models import Case, Evidence, Receipt
from kuaichu.desks.documents.certificates import keyset
from kuaichu.desks.documents.signing_keys import Keyset
from kuaichu.kernel.models import Entry
from kuaichu.queries.inspection import Finding


def the_receipts() -> Finding:
    """Each receipt against its signature, the one before it, its fact in the journal, and the evidence."""
    found = Finding("receipts 证据回执")
    keys = keyset()
    facts = _digests()
    before: dict[UUID, Receipt] = {}
    for row in Receipt.objects.select_related("case").order_by("case", "number").iterator(chunk_size=200):
        found.checked += 1
        faults = _faults(row, before.get(row.case_id), keys, facts)
        found.wrong += [f"receipt {row.number} of case {row.case.number}: {fault}" for fault in faults]
        before[row.case_id] = row
    if len(facts) != found.checked:
        found.wrong.append(f"{len(facts)} receipts in the journal, {found.checked} rows")
    unsealed = Case.objects.filter(sealed_at__isnull=False).exclude(pk__in=before)
    found.wrong += [f"case {case.number}: sealed without a receipt" for case in unsealed]
    return found


def _digests() -> dict[str, str]:
    rows = Entry.objects.filter(kind="cases.sealed").values_list("payload", flat=True).iterator()
    return {str(p["receipt_id"]): str(p["digest"]) for p in rows if p}


def _faults(row: Receipt, last: Receipt | None, keys: Keyset, facts: dict[str, str]) -> Iterator[str]:
    try:
        said, envelope = receipt_text.opened(row.sealed)
    except receipt_text.BadReceipt:
        yield "cannot be read"
        return
    key = keys.find(envelope.key_id)
    if key is None or not key.verifies(envelope.signature, envelope.signed):
        yield "its signature is wrong"
    if facts.get(str(row.pk)) != receipt_text.digest(row.sealed):
        yield "row and journal differ"
    if (said.case_number, said.number) != (row.case.number, row.number):
        yield "it is of another case or number"
    expected = (last.number + 1, receipt_text.digest(last.sealed)) if last else (1, "")
    if (said.number, said.before) != expected:
        yield "it does not follow the one before it"
    yield from _photo_faults(row, said)


def _photo_faults(row: Receipt, said: receipt_text.Statement) -> Iterator[str]:
    sums = {str(pk): digest for pk, digest in _evidence(row.case_id)}
    named = [(str(one["evidence_id"]), str(one["sha256"])) for one in row.entries]
    if [digest for _, digest in named] != [photo.sha256 for photo in said.photos]:
        yield "its list of photographs differs from what is signed"
    for evidence_id, digest in named:
        if sums.get(evidence_id) != digest:
            yield f"evidence {evidence_id} is missing or has another hash"


def _evidence(case_id: UUID) -> list[tuple[UUID, str]]:
    return list(Evidence.objects.filter(case_id=case_id).values_list("pk", "sha256"))
