"""Keys in a device (PKCS #11, with SoftHSM 2) and keys that are replaced."""

from __future__ import annotations

import glob
import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import NameOID

from kuaichu.connectors.seal import pkcs11, software
from kuaichu.desks.documents import sealing
from kuaichu.desks.documents.checking import Trust, Verdict, check
from kuaichu.desks.documents.ports import KeysElsewhere, SealUnavailable
from tests.conftest import NOT_INSTALLED
from tests.desks.documents.samples import UNIT

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/*/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/*.so",
)
LABEL, TOKEN, PIN = "yancheng", "papers", "12345678"


@dataclass(frozen=True)
class Device:
    """A token with one key, and the folder beside it."""

    seals: pkcs11.DeviceSeals
    root: bytes
    folder: Path
    module: str


def find_module() -> str:
    """The library of SoftHSM 2."""
    found = [path for pattern in MODULES for path in glob.glob(pattern)]
    if not found or not shutil.which("softhsm2-util"):
        pytest.skip(f"needs softhsm2, {NOT_INSTALLED}")
    return found[0]


@pytest.fixture(scope="session")
def device(tmp_path_factory: pytest.TempPathFactory) -> Device:
    """A P-256 key made inside the token, certified by an authority of the test's own."""
    import pkcs11 as api
    from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

    module, folder = find_module(), tmp_path_factory.mktemp("hsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    command = [
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        TOKEN,
        "--pin",
        PIN,
        "--so-pin",
        "87654321",
    ]
    subprocess.run(command, check=True, capture_output=True)
    with api.lib(module).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        curve = {api.Attribute.EC_PARAMS: encode_named_curve_parameters("1.2.840.10045.3.1.7")}
        parameters = session.create_domain_parameters(api.KeyType.EC, curve, local=True)
        public, _private = parameters.generate_keypair(store=True, label=LABEL)
        made = load_der_public_key(encode_ec_public_key(public))
    root = _certified(folder, made)
    (folder / "pin").write_text(PIN + "\n")
    (folder / f"{LABEL}.png").write_bytes(software.seal_image(UNIT, test=True))
    config = {"module": module, "token": TOKEN, "pin_file": str(folder / "pin"), "directory": str(folder)}
    return Device(pkcs11.connect(config), root, folder, module)


def _certified(folder: Path, public: ec.EllipticCurvePublicKey) -> bytes:
    authority, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of a test")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, UNIT)])

    def builder(name: x509.Name, key: ec.EllipticCurvePublicKey, *, ca: bool) -> x509.CertificateBuilder:
        start = x509.CertificateBuilder(issuer, name, key, x509.random_serial_number())
        usage = x509.KeyUsage(
            digital_signature=not ca, content_commitment=not ca, key_encipherment=False,
            data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        dated = start.not_valid_before(now - timedelta(days=2)).not_valid_after(now + timedelta(days=900))
        based = dated.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        return based.add_extension(usage, critical=True)

    root = builder(issuer, authority.public_key(), ca=True).sign(authority, hashes.SHA256())
    leaf = builder(subject, public, ca=False).sign(authority, hashes.SHA256())
    pem = [one.public_bytes(Encoding.PEM) for one in (leaf, root)]
    (folder / f"{LABEL}.pem").write_bytes(b"".join(pem))
    listed = x509.CertificateRevocationListBuilder(issuer).last_update(now - timedelta(days=1))
    listed = listed.next_update(now + timedelta(days=30))
    (folder / "root.crl").write_bytes(listed.sign(authority, hashes.SHA256()).public_bytes(Encoding.PEM))
    return root.public_bytes(Encoding.DER)


def test_a_paper_sealed_by_the_device_is_genuine(device, prepared, tsa, now):
    identity = device.seals.identity(LABEL, UNIT)
    sealed = sealing.certify(prepared, identity=identity, timestamper=tsa, now=now)
    assert sealed.level is sealing.Level.LT
    trust = Trust((device.root,), tsa.anchors, crls=device.seals.lists())
    report = check(sealed.pdf, trust, now=now + timedelta(days=5000))
    assert report.verdict is Verdict.GENUINE
    assert report.signatures[0].signer == UNIT


def test_the_key_cannot_leave_the_device(device):
    import pkcs11 as api

    session = device.seals._opened()
    key = session.get_key(object_class=api.ObjectClass.PRIVATE_KEY, label=LABEL)
    assert key[api.Attribute.SENSITIVE]
    assert not key[api.Attribute.EXTRACTABLE]
    with pytest.raises(KeysElsewhere):
        device.seals.rotate(LABEL, UNIT)


def test_a_lost_session_is_opened_again(device):
    identity = device.seals.identity(LABEL, UNIT)
    first = identity.sign(b"a")
    device.seals._session.close()
    public = x509.load_der_x509_certificate(identity.certificate).public_key()
    for data, value in ((b"a", first), (b"b", identity.sign(b"b"))):
        public.verify(value, data, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("what", ["pin", "token", "key", "module", "unit", "code", "list"])
def test_what_is_missing_means_unavailable(device, what, tmp_path):
    folder = tmp_path / "hsm"
    folder.mkdir()
    for name in (f"{LABEL}.pem", f"{LABEL}.png", "root.crl", "pin"):
        shutil.copy(device.folder / name, folder / name)
    other = "other" if what == "key" else LABEL
    if what == "pin":
        (folder / "pin").write_text("00000000")
    if what == "key":
        for suffix in (".pem", ".png"):
            shutil.copy(folder / f"{LABEL}{suffix}", folder / f"other{suffix}")
    if what == "list":
        (folder / "root.crl").write_bytes(b"nothing")
    code = {"unit": "nobody", "code": "../x"}.get(what, other)
    seals = pkcs11.DeviceSeals(
        str(tmp_path / "no.so") if what == "module" else device.module,
        "nowhere" if what == "token" else TOKEN,
        folder / "pin",
        folder,
    )
    device.seals._close()  # one login at a time in one process
    with pytest.raises(SealUnavailable):
        seals.identity(code, UNIT).sign(b"data")


def test_the_image_of_a_seal_is_a_picture(device):
    from PIL import Image

    assert Image.open(io.BytesIO(device.seals.identity(LABEL, UNIT).image)).format == "PNG"
