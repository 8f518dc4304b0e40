from __future__ import annotations

import asyncio
import hashlib
import io
import re
import zlib
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from kuaichu.connectors.seal.software import SoftwareSeals
from kuaichu.connectors.timestamps.local import LocalTimeStamper
from kuaichu.desks.documents import attachments, sealing
from kuaichu.desks.documents.checking import SIZE_LIMIT, Change, Distrust, Part, Trust, Verdict, check
from kuaichu.desks.documents.signatures.alterations import compared
from tests.desks.documents import samples


def test_genuine_now_and_in_thirty_years(sealed, trust, now):
    facts = samples.certificate()
    for moment in (now, now + timedelta(days=11_000)):
        report = check(sealed.pdf, trust, now=moment)
        assert report.verdict is Verdict.GENUINE
        assert report.facts_sha256 == facts.sha256().hex()
        assert (report.number, report.kind, report.paper_id) == (facts.number, facts.KIND, facts.paper_id)
        assert report.file_sha256 == hashlib.sha256(sealed.pdf).hexdigest()
        (signature,) = report.signatures
        assert signature.good
        assert signature.certifies
        assert signature.covers_file
        assert signature.signer == samples.UNIT
        assert signature.stamped_at is not None


def increment(pdf: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def white_out(writer) -> None:
    from pyhanko.pdf_utils.generic import StreamObject

    cover = writer.add_object(StreamObject(stream_data=b"1 g 0 0 600 900 re f"))
    writer.add_stream_to_page(0, cover)


def other_facts(writer) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = names[1].get_object()["/EF"].raw_get("/F").get_object()
    stream._data = b'{"number":"other"}'
    stream._encoded_data = None
    writer.mark_update(names[1].get_object()["/EF"].raw_get("/F"))


@pytest.mark.parametrize(
    ("change", "part", "page"), [(white_out, Part.PAGE, 1), (other_facts, Part.FACTS, 0)]
)
def test_later_changes_are_told_and_where(sealed, trust, now, change, part, page):
    changed = increment(sealed.pdf, change)
    assert changed.startswith(sealed.pdf)
    report = check(changed, trust, now=now)
    assert report.verdict is Verdict.ALTERED
    assert Change(part, page, len(sealed.pdf)) in report.changes


def test_bytes_after_the_end_are_told_unless_the_log_knows_the_file(sealed, trust, now):
    longer = sealed.pdf + b"\n% more\n"
    report = check(longer, trust, now=now)
    assert report.verdict is Verdict.ALTERED
    assert report.changes == (Change(Part.AFTER_END, at=len(sealed.pdf)),)
    known = Trust(trust.roots, trust.timestamp_roots, {hashlib.sha256(longer).digest()}.__contains__)
    assert check(longer, known, now=now).verdict is Verdict.GENUINE


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_byte_is_never_genuine(sealed, trust, now, data):
    changed = bytearray(sealed.pdf)
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    report = check(bytes(changed), trust, now=now)
    if report.verdict is Verdict.GENUINE:  # only inside the signature's own zero padding or hex case
        assert checking_contents(bytes(changed)) == checking_contents(sealed.pdf)


def checking_contents(pdf: bytes) -> bytes:
    from tests.desks.documents.test_sealing import byte_range

    return byte_range(pdf)[0]


def test_a_foreign_authority_is_not_ours(prepared, tsa, trust, now, tmp_path):
    forger = SoftwareSeals(tmp_path)
    forged = sealing.certify(prepared, identity=forger.identity("1", samples.UNIT), timestamper=tsa, now=now)
    report = check(forged.pdf, trust, now=now)
    assert report.verdict is Verdict.UNTRUSTED
    assert report.signatures[0].distrust is Distrust.FOREIGN
    assert report.signatures[0].intact
    assert not report.signatures[0].good


def test_a_forged_receipt_spoils_the_verdict(sealed, tsa, trust, now, tmp_path):
    forger = SoftwareSeals(tmp_path).identity("1", samples.UNIT)
    added = sealing.countersign(
        sealed.pdf, field_name="Receipt2", identity=forger, timestamper=tsa, now=now, image=None
    )
    assert check(added.pdf, trust, now=now).verdict is Verdict.UNTRUSTED


def test_where_signed_bytes_were_changed_is_told_beside_the_issued_file(sealed):
    facts = re.search(rb"/Type\s*/EmbeddedFile\b", sealed.pdf).start()
    inside = sealed.pdf.index(b"stream", facts) + 20
    changed = bytearray(sealed.pdf)
    changed[inside] ^= 1
    assert compared(bytes(changed), sealed.pdf) == Change(Part.FACTS, at=inside)
    assert compared(sealed.pdf + b"x", sealed.pdf) == Change(Part.AFTER_END, at=len(sealed.pdf))
    assert compared(b"%PDF-1.7 something else", sealed.pdf) is None
    assert compared(b"", sealed.pdf) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_first_changed_byte_is_found(sealed, data):
    at = data.draw(st.integers(0, len(sealed.pdf) - 1))
    changed = bytearray(sealed.pdf)
    changed[at] ^= 0x20
    found = compared(bytes(changed), sealed.pdf)
    assert found is not None
    assert found.at == at


def test_a_key_that_was_lost_counts_from_its_loss(prepared, tmp_path, trust):
    """Stamped before: valid for ever. Stamped later, or never: the key was not valid any more."""
    clock = [datetime(2026, 5, 1, tzinfo=UTC)]
    seals = SoftwareSeals(tmp_path / "k", now=lambda: clock[0])
    tsa = LocalTimeStamper(tmp_path / "t", now=lambda: clock[0])
    unit = seals.identity("1", samples.UNIT)
    before = sealing.certify(prepared, identity=unit, timestamper=tsa, now=clock[0])
    unstamped = sealing.certify(prepared, identity=unit, timestamper=None, now=clock[0])
    clock[0] += timedelta(days=1)
    seals.revoke("1")
    clock[0] += timedelta(days=1)
    after = sealing.certify(prepared, identity=unit, timestamper=tsa, now=clock[0])
    known = Trust((seals.root,), tsa.anchors, crls=seals.lists())
    found = [check(one.pdf, known, now=clock[0]) for one in (before, unstamped, after)]
    assert [one.verdict for one in found] == [Verdict.GENUINE, Verdict.KEY_NOT_VALID, Verdict.KEY_NOT_VALID]
    assert [one.signatures[0].distrust for one in found] == [None, Distrust.REVOKED, Distrust.REVOKED]
    expired = check(unstamped.pdf, Trust((seals.root,), tsa.anchors), now=clock[0] + timedelta(days=4000))
    assert (expired.verdict, expired.signatures[0].distrust) == (Verdict.KEY_NOT_VALID, Distrust.PERIOD)


def test_unsigned_large_and_unreadable(prepared, trust, now):
    assert check(prepared, trust, now=now).verdict is Verdict.UNSIGNED
    assert check(bytes(SIZE_LIMIT + 1), trust, now=now).verdict is Verdict.TOO_LARGE
    assert check(b"", trust, now=now).verdict is Verdict.UNREADABLE


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_cut_and_mixed_files_get_an_answer(sealed, trust, now, data):
    start, end = sorted(
        data.draw(st.tuples(st.integers(0, len(sealed.pdf)), st.integers(0, len(sealed.pdf))))
    )
    mixed = sealed.pdf[:start] + data.draw(st.binary(max_size=40)) + sealed.pdf[end:]
    if mixed != sealed.pdf:
        assert check(mixed, trust, now=now).verdict is not Verdict.GENUINE


def test_a_bomb_as_facts_is_not_unpacked():
    with pikepdf.new() as document:
        document.add_blank_page()
        packed = zlib.compress(bytes(200 * 1024 * 1024), 9)
        spec = pikepdf.AttachedFileSpec(document, b"", filename="facts.json")
        document.attachments["facts.json"] = spec
        stream = document.attachments["facts.json"].obj.EF.F
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        out = io.BytesIO()
        document.save(out, compress_streams=False)
    assert len(out.getvalue()) < SIZE_LIMIT
    assert attachments.embedded_facts(PdfFileReader(io.BytesIO(out.getvalue()))) is None


def test_a_call_from_inside_a_loop_is_a_fault(sealed, trust, now):
    async def inside():
        return check(sealed.pdf, trust, now=now)

    with pytest.raises(RuntimeError):
        asyncio.run(inside())
