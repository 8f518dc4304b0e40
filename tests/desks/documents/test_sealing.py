from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from datetime import timedelta

import page
import pikepdf
import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image

from kuaichu.connectors.seal import software
from kuaichu.desks.documents import rendering, sealing
from kuaichu.desks.documents.checking import Verdict, check
from kuaichu.desks.documents.ports import SealUnavailable, TimeStampUnavailable
from kuaichu.desks.documents.sealing import Level, NoSuchField, certify
from tests.desks.documents.samples import DRAWN, MOMENT, UNIT, agreement, assets, certificate


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


@pytest.fixture
def pdfsig(run, seals, tmp_path):
    """pdfsig with our root as the only authority."""
    run("certutil", "-N", "-d", "sql:.", "--empty-password")
    run(
        "certutil",
        "-A",
        "-d",
        "sql:.",
        "-n",
        "root",
        "-t",
        "CT,C,C",
        "-a",
        "-i",
        "root.pem",
        **{"root.pem": pem(seals.root)},
    )
    return lambda pdf: run("pdfsig", "-nssdir", "sql:.", "a.pdf", ok=False, **{"a.pdf": pdf})


def test_prepare_is_reproducible_and_leaves_no_links(prepared):
    facts = certificate()
    rendered = rendering.render(facts, timestamp=MOMENT, assets=assets(facts))
    assert sealing.prepare(rendered) == sealing.prepare(rendered)
    with pikepdf.open(io.BytesIO(prepared)) as document:
        fields = {str(field["/T"]): field for field in document.Root.AcroForm.Fields}
        assert set(fields) == {"Seal", "Receipt2", "Timestamp"}  # the first party has signed already
        assert all(field["/TU"] and field["/Subtype"] == "/Widget" for field in fields.values())
        assert not [link for link in document.pages[0].Annots if link["/Subtype"] == "/Link"]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_archival_and_accessible_before_and_after(prepared, sealed, profile):
    for pdf in (prepared, sealed.pdf):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_pdfsig_and_qpdf_accept_it(sealed, pdfsig, run):
    assert sealed.level is Level.LT
    assert sealed.lowered_by == ()
    said = pdfsig(sealed.pdf)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Certificate is Trusted." in said
    assert UNIT in said
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", "a.pdf")


def test_agreement_with_pdfsig_where_it_is_right(sealed, prepared, pdfsig, trust, now, tsa, tmp_path):
    """Its words are right of digest, chain and coverage; "valid" alone is not enough (see appended bytes)."""
    forger = software.SoftwareSeals(tmp_path / "forger").identity("1", UNIT)
    forged = certify(prepared, identity=forger, timestamper=tsa, now=now).pdf
    broken = bytearray(sealed.pdf)
    broken[len(broken) // 3] ^= 1
    for pdf in (sealed.pdf, bytes(broken), forged, sealed.pdf + b"\n% more\n"):
        said = pdfsig(pdf)
        theirs = all(
            w in said for w in ("Signature is Valid.", "Certificate is Trusted.", "Total document signed")
        )
        theirs = theirs and "Not total document signed" not in said
        assert theirs == (check(pdf, trust, now=now).verdict is Verdict.GENUINE), said


def test_pdfsig_rejects_one_changed_byte(sealed, pdfsig):
    for place in (900, len(sealed.pdf) // 3):
        changed = bytearray(sealed.pdf)
        changed[place] ^= 1
        assert "Signature is Valid." not in pdfsig(bytes(changed))


def test_openssl_accepts_the_cms_and_rejects_another(sealed, seals, run):
    covered, container = byte_range(sealed.pdf)
    files = {"data": covered, "cms": container, "root.pem": pem(seals.root)}
    command = [
        "openssl",
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        "cms",
        "-content",
        "data",
        "-binary",
        "-CAfile",
        "root.pem",
        "-purpose",
        "any",
        "-out",
        "o",
    ]
    assert "successful" in run(*command, **files)
    assert "successful" not in run(*command, ok=False, data=covered + b" ")


def byte_range(pdf: bytes) -> tuple[bytes, bytes]:
    a, b, c, d = (int(x) for x in re.search(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)", pdf).groups())
    container = bytes.fromhex(pdf[a + b + 1 : c - 1].decode())
    return pdf[a : a + b] + pdf[c : c + d], cms.ContentInfo.load(container).dump()


def test_status_data_are_inside(sealed):
    with pikepdf.open(io.BytesIO(sealed.pdf)) as document:
        assert len(document.Root.DSS.CRLs) == 1
        assert len(document.Root.DSS.Certs) >= 2
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2


def test_seal_is_drawn(sealed, run, tmp_path):
    def red(pdf: bytes) -> int:
        run("pdftoppm", "-r", "50", "-png", "-singlefile", "a.pdf", "a", **{"a.pdf": pdf})
        pixels = Image.open(tmp_path / "a.png").convert("RGB")
        return sum(r > 150 and g < 110 and b < 110 for r, g, b in pixels.get_flattened_data())

    assert red(sealed.pdf) > 300


class Away:
    name = "away"
    anchors: tuple[bytes, ...] = ()

    def answer(self, request: bytes) -> bytes:
        raise TimeStampUnavailable("closed")


def test_an_outage_lowers_the_level_and_a_stamp_can_follow(prepared, identity, tsa, trust, now):
    lower = certify(prepared, identity=identity, timestamper=Away(), now=now)
    assert (lower.level, lower.lowered_by) == (Level.B, ("timestamp",))
    assert check(lower.pdf, trust, now=now).verdict is Verdict.GENUINE
    assert check(lower.pdf, trust, now=now + timedelta(days=9000)).verdict is Verdict.KEY_NOT_VALID
    stamped = sealing.add_timestamp(lower.pdf, timestamper=tsa)
    assert check(stamped, trust, now=now + timedelta(days=9000)).verdict is Verdict.GENUINE
    assert page.validate_pdf_bytes(stamped, profile="ua1").is_compliant
    with pytest.raises(NoSuchField):
        sealing.add_timestamp(stamped, timestamper=tsa)
    with pytest.raises(TimeStampUnavailable):
        sealing.add_timestamp(lower.pdf, timestamper=Away())


def test_missing_status_data_lower_the_level(prepared, identity, tsa, trust, now):
    lower = certify(prepared, identity=replace(identity, crls=()), timestamper=tsa, now=now)
    assert (lower.level, lower.lowered_by) == (Level.T, ("status",))
    assert check(lower.pdf, trust, now=now).verdict is Verdict.GENUINE
    lowest = certify(prepared, identity=replace(identity, crls=()), timestamper=None, now=now)
    assert (lowest.level, lowest.lowered_by) == (Level.B, ("timestamp", "status"))


def test_a_receipt_later(sealed, identity, tsa, trust, now, pdfsig):
    order = {"identity": identity, "timestamper": tsa, "now": now, "image": rendering.drawing_png(DRAWN)}
    received = sealing.countersign(sealed.pdf, field_name="Receipt2", **order)
    assert received.level is Level.LT
    report = check(received.pdf, trust, now=now)
    assert report.verdict is Verdict.GENUINE
    assert [found.field for found in report.signatures] == ["Seal", "Receipt2"]
    assert pdfsig(received.pdf).count("Signature is Valid.") == 2
    assert page.validate_pdf_bytes(received.pdf, profile="ua1").is_compliant
    with pytest.raises(NoSuchField):
        sealing.countersign(received.pdf, field_name="Receipt2", **order)
    with pytest.raises(NoSuchField):
        certify(sealed.pdf, identity=identity, timestamper=tsa, now=now)


def test_agreements_are_sealed_without_an_image(identity, tsa, trust, now):
    facts = agreement()
    pdf = sealing.prepare(rendering.render(facts, timestamp=MOMENT, assets=assets(facts)))
    done = certify(pdf, identity=identity, timestamper=tsa, now=now, show_seal=False)
    assert done.level is Level.LT
    assert check(done.pdf, trust, now=now).facts_sha256 == facts.sha256().hex()
    assert page.validate_pdf_bytes(done.pdf, profile="3a").is_compliant
    assert page.validate_pdf_bytes(done.pdf, profile="ua1").is_compliant


def test_a_revoked_or_expired_seal_is_refused(tmp_path, prepared, tsa, now):
    seals = software.SoftwareSeals(tmp_path, now=lambda: now)
    old = seals.identity("1", "甲大队")
    seals.revoke("1")
    new = seals.identity("1", "甲大队")
    assert new.certificate != old.certificate
    with pytest.raises(SealUnavailable):
        certify(
            prepared, identity=replace(old, crls=new.crls), timestamper=tsa, now=now + timedelta(minutes=2)
        )
    with pytest.raises(SealUnavailable):
        certify(prepared, identity=new, timestamper=None, now=now + timedelta(days=5000))
    assert certify(prepared, identity=new, timestamper=tsa, now=now).level is Level.LT


def test_a_paper_may_wait_before_it_is_sealed(tmp_path, prepared, tsa, now):
    fresh = software.SoftwareSeals(tmp_path).identity("1", "甲大队")
    for days, level in ((-0.9, Level.LT), (-30, Level.T), (12, Level.LT), (30, Level.T)):
        moment = now + timedelta(days=days)
        assert certify(prepared, identity=fresh, timestamper=tsa, now=moment).level is level


def test_container_is_not_rewritten_by_xmp(prepared, sealed):
    def xmp(pdf: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return document.Root.Metadata.read_bytes()

    assert base64.b64encode(xmp(prepared)) == base64.b64encode(xmp(sealed.pdf))
