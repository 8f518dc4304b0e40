"""Files nobody here wrote: signed ones with their answer sheet, broken ones, and hostile descriptions."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pikepdf
import pytest

from kuaichu.desks.documents.checking import Verdict, check

VECTORS = Path(__file__).parents[2] / "data" / "vectors" / "signatures"
EXPECTED = json.loads((VECTORS / "expected.json").read_text())
# an envelope that is no DER, an encrypted file, a signature over an enclosed text instead of the file
UNREADABLE = {
    "coverage_base.pdf",
    "signed-encrypted-pubkey-with-catalog-ref.pdf",
    "pdf-sig-with-econtent.pdf",
}


def with_xmp(xml: bytes) -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.Metadata = document.make_stream(
            xml, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("file", sorted((VECTORS / "hostile_xml").glob("*.xml")), ids=lambda file: file.stem)
def test_hostile_descriptions_get_an_answer(file, trust, now):
    """As the metadata of a file, and by themselves: never read, so nothing is unpacked or fetched."""
    start = time.process_time()
    assert check(with_xmp(file.read_bytes()), trust, now=now).verdict is Verdict.UNSIGNED
    assert check(file.read_bytes(), trust, now=now).verdict is Verdict.UNREADABLE
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_signed_vectors_agree_with_their_answer_sheet(name, trust, now):
    report = check((VECTORS / "pdf" / name).read_bytes(), trust, now=now)
    answers = [found for found in EXPECTED[name]["signatures"] if found["type"] == "/Sig"]
    assert report.verdict is not Verdict.GENUINE
    if any(found["diff"] == "SuspiciousModification" for found in answers):
        assert report.verdict is Verdict.ALTERED
    if report.verdict is Verdict.UNREADABLE:
        assert name in UNREADABLE
    else:
        for mine, theirs in zip(report.signatures, answers, strict=True):
            assert mine.intact == bool(theirs["intact"] and theirs["valid"])
            assert mine.covers_file == (theirs["coverage"] == "ENTIRE_FILE")
            assert mine.unchanged_since == (
                theirs["diff"] != "SuspiciousModification" and theirs["docmdp_ok"] is not False
            )
            assert mine.field == theirs["field"]
    assert bool(report.changes) == (report.verdict is Verdict.ALTERED)


def test_every_readable_vector_was_judged(trust, now):
    verdicts = {
        name: check((VECTORS / "pdf" / name).read_bytes(), trust, now=now).verdict for name in EXPECTED
    }
    assert len(verdicts) == 23
    assert {name for name, verdict in verdicts.items() if verdict is Verdict.UNREADABLE} == UNREADABLE


@pytest.mark.parametrize("file", sorted((VECTORS / "malformed").glob("*.pdf")), ids=lambda file: file.stem)
def test_malformed_files_get_an_answer(file, trust, now):
    assert check(file.read_bytes(), trust, now=now).verdict in {Verdict.UNREADABLE, Verdict.UNSIGNED}
