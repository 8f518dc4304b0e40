"""A time-stamp authority of the installation's own, named *local*: for demo, tests and closed networks.

It proves the order of things to whoever trusts this machine and nothing to third parties; production uses
`http` with a recognised authority. Keys: `tsa.key` (PKCS #8 PEM, mode 0600) and `tsa.crt` in the directory.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.general import as_signing_certificate_v2

from kuaichu.desks.documents import signing_keys
from kuaichu.desks.documents.ports import TimeStampUnavailable
from kuaichu.desks.documents.signatures.envelope import (
    FIRST,
    OCTETS,
    SEQUENCE,
    SIGNING_CERTIFICATE_V2,
    TST_INFO,
    attribute,
    content_info,
    integer,
    signed_attributes,
    signer_info,
)
from kuaichu.desks.documents.signatures.envelope import der as der_of

POLICY = "2.25.308274157403190386520563264514011357341"
"""Policy identifier of local time stamps (a random UUID arc: no authority stands behind it)."""

_SIGNS_ONLY = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
_POLICY = core.ObjectIdentifier(POLICY).dump()
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
GENERALIZED_TIME = 0x18
_HASHES = {"sha256": 32, "sha384": 48, "sha512": 64}


def connect(config: Mapping[str, str]) -> LocalTimeStamper:
    """`directory`: where the key lives; created on first use."""
    return LocalTimeStamper(Path(config["directory"]))


class LocalTimeStamper:
    """ECDSA P-256 authority by RFC 3161; its self-signed certificate is its own trust anchor."""

    name = "local"

    def __init__(self, directory: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        with signing_keys.locked(directory):
            self._key = signing_keys.p256_key(directory / "tsa.key")
            der = signing_keys.stored(directory / "tsa.crt", self._self_signed)
        self._certificate = asn1_x509.Certificate.load(der)
        self.anchors = (der,)
        # what is the same in every answer, encoded once
        certified = as_signing_certificate_v2(self._certificate, "sha256")
        self._certified = attribute(SIGNING_CERTIFICATE_V2, certified.dump())
        serial = integer(self._certificate.serial_number)
        self._sid = der_of(SEQUENCE, self._certificate.issuer.dump(), serial)

    def answer(self, request: bytes) -> bytes:
        """DER TimeStampReq to DER TimeStampResp. Raises `TimeStampUnavailable` for an unreadable request."""
        try:
            asked = tsp.TimeStampReq.load(request, strict=True)
            imprint = asked["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            length = len(imprint["hashed_message"].native)
            nonce = asked["nonce"].native
        except (ValueError, TypeError, KeyError) as error:
            raise TimeStampUnavailable("unreadable request") from error
        if _HASHES.get(algorithm) != length:
            return bytes(
                tsp.TimeStampResp({"status": {"status": "rejection", "fail_info": {"bad_alg"}}}).dump()
            )
        return self._granted(imprint, nonce)

    def _granted(self, imprint: tsp.MessageImprint, nonce: int | None) -> bytes:
        """TSTInfo (RFC 3161 §2.4.2) of now, signed and granted."""
        moment = self._now().astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode()
        info = der_of(
            SEQUENCE,
            integer(1),
            _POLICY,
            imprint.dump(),
            integer(secrets.randbits(63)),
            der_of(GENERALIZED_TIME, moment),
            integer(nonce) if nonce is not None else b"",
        )
        return der_of(SEQUENCE, der_of(SEQUENCE, integer(0)), self._signed(info))

    def _signed(self, content: bytes) -> bytes:
        attributes = signed_attributes(TST_INFO, hashlib.sha256(content).digest(), self._certified)
        signature = self._key.sign(attributes, ec.ECDSA(hashes.SHA256()))
        return content_info(
            3,
            der_of(SEQUENCE, TST_INFO, der_of(FIRST, der_of(OCTETS, content))),
            [self.anchors[0]],
            signer_info(self._sid, attributes, _ECDSA_SHA256, signature),
        )

    def _self_signed(self) -> bytes:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kuaichu local time stamps")])
        start = self._now() - timedelta(days=1)
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        public = self._key.public_key()
        certificate = (
            x509.CertificateBuilder(name, name, public, x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=3650))
            .add_extension(usage, critical=True)
            .add_extension(_SIGNS_ONLY, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.DER)
