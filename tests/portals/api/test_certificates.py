"""Certificates of partners' systems: off by default; where one is asked for, none and another are refused."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from kuaichu.commands import partners as command
from kuaichu.people.models import Client
from kuaichu.portals.api.certificates import fingerprint
from tests.portals.api.test_insurers import CLAIMS

pytestmark = pytest.mark.django_db
HEADER = "Client-Cert"


def certificate(name: str) -> x509.Certificate:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    return made.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())


def forms(one: x509.Certificate) -> list[str]:
    der = base64.b64encode(one.public_bytes(Encoding.DER)).decode()
    print_ = one.fingerprint(hashes.SHA256()).hex()
    return [f":{der}:", quote(one.public_bytes(Encoding.PEM).decode()), print_, print_.upper()]


@pytest.fixture
def own() -> x509.Certificate:
    return certificate("claims.huaihai.example")


def bind(one: x509.Certificate) -> None:
    Client.objects.filter(organisation__code="HUAIHAI").update(
        certificate_sha256=one.fingerprint(hashes.SHA256()).hex()
    )


def code_of(api, shown: str = "") -> str:
    answer = api.get(CLAIMS, **({"client_cert": shown} if shown else {}))
    return "" if answer.status_code == 200 else f"{answer.status_code} {answer.json()['code']}"


def test_it_is_off_by_default(huaihai, own):
    assert code_of(huaihai) == ""
    assert code_of(huaihai, forms(own)[0]) == ""


def test_the_own_certificate_opens_in_each_form(huaihai, own, settings):
    settings.CLIENT_CERTIFICATE_HEADER = HEADER
    bind(own)
    assert {code_of(huaihai, form) for form in forms(own)} == {""}


def test_no_certificate_another_and_an_unbound_client_are_refused(huaihai, taihu, own, settings):
    settings.CLIENT_CERTIFICATE_HEADER = HEADER
    bind(own)
    assert code_of(huaihai) == "403 certificate_missing"
    assert code_of(huaihai, forms(certificate("another"))[0]) == "403 certificate_differs"
    assert code_of(taihu, forms(own)[0]) == "403 certificate_unbound"


@pytest.mark.parametrize("junk", ["junk", ":AAAA:", "%00", "-----BEGIN CERTIFICATE-----", "é"])
def test_a_header_that_cannot_be_read_is_refused(huaihai, own, settings, junk):
    settings.CLIENT_CERTIFICATE_HEADER = HEADER
    bind(own)
    assert code_of(huaihai, junk) == "422 certificate_unreadable"


def test_a_bound_client_is_refused_where_the_proxy_hands_nothing_on(huaihai, own):
    """Somebody switched the header off: what was promised is not silently dropped."""
    bind(own)
    assert code_of(huaihai, forms(own)[0]) == "403 certificate_missing"


def test_the_command_binds_and_unbinds(partners, own, tmp_path, capsys):
    import argparse

    file = tmp_path / "own.pem"
    file.write_bytes(own.public_bytes(Encoding.PEM))
    options = argparse.Namespace(webhook=None, bind=f"huaihai={file}", unbind=None)
    assert command.run(options) == 0
    bound = Client.objects.get(organisation__code="HUAIHAI").certificate_sha256
    assert bound == fingerprint(file.read_text()) == own.fingerprint(hashes.SHA256()).hex()
    assert bound[:16] in capsys.readouterr().out
    assert command.run(argparse.Namespace(webhook=None, bind=None, unbind="huaihai")) == 0
    assert Client.objects.get(organisation__code="HUAIHAI").certificate_sha256 == ""
    for wrong in ("nobody=" + str(file), "huaihai=" + str(tmp_path / "none")):
        assert command.run(argparse.Namespace(webhook=None, bind=wrong, unbind=None)) == 1
