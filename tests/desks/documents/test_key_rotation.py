"""Keys are replaced: new ones count from their day, old papers stay valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from kuaichu.__main__ import main
from kuaichu.connectors.seal import software
from kuaichu.desks.documents import qr, sealing
from kuaichu.desks.documents.checking import Trust, Verdict, check
from kuaichu.desks.documents.keys.rings import KeyRing
from kuaichu.desks.documents.keys.rotations import Kind, rotate
from kuaichu.desks.documents.qr import BadCode, Refused
from kuaichu.kernel import clock
from kuaichu.kernel.models import Entry, LogLeaf
from kuaichu.kernel.refusals import Invalid, NotAllowed
from kuaichu.people.roles import system, visitor
from tests.desks.documents.samples import UNIT
from tests.desks.documents.test_qr import CLAIMS


def test_a_replaced_seal_signs_from_its_day_and_the_old_papers_stay_valid(tmp_path, prepared, tsa, now):
    seals = software.SoftwareSeals(tmp_path, now=lambda: now)
    beside = software.SoftwareSeals(tmp_path, now=lambda: now)  # another process
    old = sealing.certify(prepared, identity=beside.identity("1", UNIT), timestamper=tsa, now=now)
    name = seals.rotate("1", UNIT)
    for provider in (seals, beside):
        identity = provider.identity("1", UNIT)
        assert hashes_of(identity.certificate) == name, "both use the new one at once"
    later = now + timedelta(seconds=2)
    new = sealing.certify(prepared, identity=beside.identity("1", UNIT), timestamper=tsa, now=later)
    trust = Trust((seals.root,), tsa.anchors, crls=seals.lists())
    for paper in (old, new):
        assert check(paper.pdf, trust, now=later).verdict is Verdict.GENUINE
    born = x509.load_der_x509_certificate(identity.certificate).not_valid_before_utc
    assert born >= now - timedelta(minutes=5)
    assert len(list((tmp_path / "units").glob("1-*.crt"))) == 1
    assert not list((tmp_path / "units").glob("1-*.key"))


def hashes_of(certificate: bytes) -> str:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(certificate)
    return digest.finalize().hex()


def coded(ring: KeyRing, day: date) -> str:
    key = ring.current()
    at = datetime(day.year, day.month, day.day, 12, tzinfo=clock.CHINA)
    return qr.issue(replace(CLAIMS, issued_at=at), host="a.example", key_id=key.key_id, sign=key.sign)


def test_a_new_qr_key_counts_from_its_day_and_old_codes_stay_valid(tmp_path):
    ring, beside = KeyRing(tmp_path), KeyRing(tmp_path)
    before = coded(ring, date(2026, 5, 1))
    stolen = ring.current()
    new = ring.rotate(date(2026, 6, 1))
    assert beside.current().key_id == new.key_id, "another process notices"
    after = coded(beside, date(2026, 6, 2))
    for text in (before, after, coded(beside, date(2026, 6, 1))):
        qr.verify(text, KeyRing(tmp_path).keyset())
    at = datetime(2026, 6, 2, tzinfo=clock.CHINA)
    forged = qr.issue(replace(CLAIMS, issued_at=at), host="a.example", key_id=stolen.key_id, sign=stolen.sign)
    with pytest.raises(BadCode) as bad:
        qr.verify(forged, ring.keyset())
    assert bad.value.why is Refused.KEY_PERIOD
    assert ring.first().key_id == stolen.key_id, "the log keeps the key its witnesses know"
    with pytest.raises(ValueError, match="began later"):
        ring.rotate(date(2026, 5, 1))
    third = ring.rotate(date(2026, 7, 1))
    assert [key.key_id for key in ring.keyset().keys] == [stolen.key_id, new.key_id, third.key_id]
    assert sorted(path.name for path in tmp_path.glob("*.pem")) == ["qr-3.pem", "qr.pem"]


@pytest.mark.django_db
def test_a_rotation_stands_in_the_public_log(monkeypatch, tmp_path, capsys):
    ring = KeyRing(tmp_path)
    monkeypatch.setattr("kuaichu.desks.documents.certificates.key_ring", lambda: ring)
    with pytest.raises(NotAllowed):
        rotate(visitor("yancheng"), Kind.QR)
    name = rotate(system("yancheng"), Kind.QR)
    leaf = LogLeaf.objects.get(kind="key")
    assert leaf.content == {"what": "qr", "key": name, "valid_from": clock.today().isoformat()}
    assert Entry.objects.filter(kind="documents.key_rotated").count() == 1
    with pytest.raises(Invalid):
        rotate(system("yancheng"), Kind.QR, day=date(2026, 1, 1))
    assert main(["keys", "rotate", "seal"]) == 0
    assert len(capsys.readouterr().out.strip()) == 64
    assert main(["keys", "list"]) == 0
    assert capsys.readouterr().out.count("\n") == 2
    assert main(["keys", "rotate", "qr", "--city", "nowhere"]) == 1
