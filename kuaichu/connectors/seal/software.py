"""Seals kept in files: an authority of the installation's own and one certificate and key per police unit.

For demo, tests and pilots. Such a seal is a reliable signature only by agreement (Electronic Signature Law
Art. 13¶2); an official seal comes from the authority's seal system behind the same port. Unless
`production` is set, the word 测试 stands in the image.

Directory (0700, files 0600): `root.key`, `root.crt`, `root.crl`, `revoked` (serial, time), and for each
unit `units/<code>.key`, `.crt`, `.png`. The revocation list is renewed when half its life is over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kuaichu.desks.documents import signing_keys
from kuaichu.desks.documents.ports import SealIdentity, SealUnavailable
from kuaichu.desks.documents.typefaces import standard

SEAL_KIND = "道路交通事故处理专用章"
ROOT_NAME = "Kuaichu 测试根"
IMAGE_PPI = 300
ROOT_YEARS, UNIT_YEARS = 15, 3
CRL_LIFE = timedelta(days=14)
BACKDATED = timedelta(days=400)
"""Certificates begin earlier, so that replays and imported cases can be sealed with their own dates."""
DER = serialization.Encoding.DER

_TEMPLATE = Path(__file__).with_name("seal.typ")


def connect(config: Mapping[str, str]) -> SoftwareSeals:
    """`directory`: where keys live, made on first use; `production`: "1" leaves 测试 out of the image."""
    return SoftwareSeals(Path(config["directory"]), production=config.get("production") == "1")


class SoftwareSeals:
    """One demo authority and its units. Safe for several threads and processes."""

    def __init__(
        self,
        directory: Path,
        *,
        production: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._directory = directory
        self._production = production
        self._now = now
        self._open: dict[str, tuple[int, SealIdentity]] = {}
        self._fresh_until = datetime.min.replace(tzinfo=UTC)
        with signing_keys.locked(directory):
            (directory / "units").mkdir(mode=0o700, exist_ok=True)
            self._root_key = signing_keys.p256_key(directory / "root.key")
            self._root = signing_keys.stored(directory / "root.crt", self._root_certificate)
        self.root: bytes | None = self._root

    def identity(self, unit_code: str, unit_name: str) -> SealIdentity:
        """The unit's seal; made on first use. Raises `SealUnavailable` for a code that is no file name."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", unit_code):
            raise SealUnavailable("unit code")
        if self._now() >= self._fresh_until:
            self._open.clear()
        known = self._open.get(unit_code)
        if known is None or known[0] != self._stamp(unit_code):
            with signing_keys.locked(self._directory):
                opened = self._opened(unit_code, unit_name)
                known = self._open[unit_code] = (self._stamp(unit_code), opened)
        return known[1]

    def _stamp(self, unit_code: str) -> int:
        """Changes when another process has replaced the unit's key."""
        path = self._directory / "units" / f"{unit_code}.crt"
        return path.stat().st_mtime_ns if path.exists() else 0

    def rotate(self, unit_code: str, unit_name: str) -> str:
        """A new key and certificate for the unit from now on. The old key goes, its certificate stays."""
        old = self.identity(unit_code, unit_name).certificate
        unit = self._directory / "units" / unit_code
        with signing_keys.locked(self._directory):
            serial = x509.load_der_x509_certificate(old).serial_number
            signing_keys.keep(unit.with_name(f"{unit_code}-{serial:x}.crt"), old)
            unit.with_suffix(".key").unlink()
            key = signing_keys.p256_key(unit.with_suffix(".key"))
            made = self._unit_certificate(key, unit_code, unit_name, backdated=timedelta(0))
            signing_keys.keep(unit.with_suffix(".crt"), made)
        return hashlib.sha256(made).hexdigest()

    def lists(self) -> tuple[bytes, ...]:
        """The present list of revoked certificates, as the last process left it."""
        with signing_keys.locked(self._directory):
            return (self._current_list(),)

    def revoke(self, unit_code: str) -> None:
        """Put the unit's certificate on the list; its next identity is a new one."""
        unit = self._directory / "units" / unit_code
        with signing_keys.locked(self._directory):
            serial = x509.load_der_x509_certificate(unit.with_suffix(".crt").read_bytes()).serial_number
            listed = {serial: int(self._now().timestamp())} | self._revoked()
            lines = "".join(f"{number} {when}\n" for number, when in sorted(listed.items()))
            signing_keys.keep(self._directory / "revoked", lines.encode())
            signing_keys.keep(self._directory / "root.crl", self._list())
            for suffix in (".key", ".crt", ".png"):
                unit.with_suffix(suffix).unlink(missing_ok=True)
        self._open.clear()

    def _opened(self, code: str, name: str) -> SealIdentity:
        unit = self._directory / "units" / code
        key = signing_keys.p256_key(unit.with_suffix(".key"))
        certificate = signing_keys.stored(
            unit.with_suffix(".crt"), lambda: self._unit_certificate(key, code, name)
        )
        image = signing_keys.stored(unit.with_suffix(".png"), lambda: self._image(name))
        return SealIdentity(
            unit=name,
            certificate=certificate,
            chain=(self._root,),
            image=image,
            sign=partial(_sign, key),
            crls=(self._current_list(),),
        )

    def _image(self, name: str) -> bytes:
        return seal_image(name, test=not self._production)

    def _current_list(self) -> bytes:
        path = self._directory / "root.crl"
        if not path.exists() or self._now() >= _renewal(path.read_bytes()):
            signing_keys.keep(path, self._list())
        current = path.read_bytes()
        self._fresh_until = _renewal(current)
        return current

    def _revoked(self) -> dict[int, int]:
        """When (seconds of the epoch) each serial number was revoked."""
        path = self._directory / "revoked"
        lines = path.read_text().splitlines() if path.exists() else []
        return {int(serial): int(when) for serial, when in (line.split() for line in lines)}

    def _list(self) -> bytes:
        # A day back: a paper that waited to be sealed bears the time at which it was numbered.
        start = self._now() - timedelta(days=1)
        builder = x509.CertificateRevocationListBuilder(_name(ROOT_NAME)).last_update(start)
        builder = builder.next_update(start + CRL_LIFE)
        for serial, when in sorted(self._revoked().items()):
            moment = datetime.fromtimestamp(when, UTC)
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            builder = builder.add_revoked_certificate(entry)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._root_key.public_key())
        builder = builder.add_extension(issuer, critical=False)
        builder = builder.add_extension(x509.CRLNumber(int(self._now().timestamp())), critical=False)
        return builder.sign(self._root_key, hashes.SHA256()).public_bytes(DER)

    def _root_certificate(self) -> bytes:
        name = _name(ROOT_NAME)
        public = self._root_key.public_key()
        return (
            _builder(name, name, public, self._now() - BACKDATED, ROOT_YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(authority=True), critical=True)
            .sign(self._root_key, hashes.SHA256())
            .public_bytes(DER)
        )

    def _unit_certificate(
        self, key: ec.EllipticCurvePrivateKey, code: str, name: str, *, backdated: timedelta = BACKDATED
    ) -> bytes:
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._root_key.public_key())
        return (
            _builder(
                _name(ROOT_NAME), _name(name, code), key.public_key(), self._now() - backdated, UNIT_YEARS
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(authority=False), critical=True)
            .add_extension(issuer, critical=False)
            .sign(self._root_key, hashes.SHA256())
            .public_bytes(DER)
        )


def seal_image(name: str, *, test: bool, kind: str = SEAL_KIND) -> bytes:
    """The round red seal, 40 mm, as PNG with a transparent ground."""
    inputs = {"name": name, "kind": kind, "test": "1" if test else "0"}
    compiler = typst.Compiler(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=standard().fonts, ignore_system_fonts=True
    )
    image = compiler.compile(format="png", ppi=IMAGE_PPI, sys_inputs=inputs)
    if not isinstance(image, bytes):
        raise SealUnavailable("image")
    return image


def _renewal(crl: bytes) -> datetime:
    return x509.load_der_x509_crl(crl).last_update_utc + CRL_LIFE / 2


def _sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def _name(common: str, code: str = "") -> x509.Name:
    # X.520 limits a common name to 64 characters.
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ]
    if code:
        parts.insert(1, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, code))
    return x509.Name(parts)


def _builder(
    issuer: x509.Name, subject: x509.Name, public: ec.EllipticCurvePublicKey, start: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
