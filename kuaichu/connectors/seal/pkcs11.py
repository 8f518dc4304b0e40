"""Seals whose keys live in a cryptographic device, over PKCS #11; nothing but the device ever has the key.

A folder holds what the device does not: for each unit `<unit>.pem` (its certificate, then the chain to the
root) and `<unit>.png` (the image of the seal), and `*.crl`, the present lists of revoked certificates, which
whoever runs the authority puts there. The key in the device has the unit's code as its label. Tested with
SoftHSM 2.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11.exceptions import PKCS11Error

from kuaichu.desks.documents.ports import KeysElsewhere, SealIdentity, SealUnavailable

_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def connect(config: Mapping[str, str]) -> DeviceSeals:
    """`module`: the device's library; `token`: its label; `pin_file`: holds the PIN; `directory`."""
    return DeviceSeals(config["module"], config["token"], Path(config["pin_file"]), Path(config["directory"]))


class DeviceSeals:
    """The seals of one token. One session, one signature at a time; a lost session is opened again."""

    root: bytes | None = None

    def __init__(self, module: str, token: str, pin_file: Path, directory: Path) -> None:
        self._module, self._token, self._pin_file = module, token, pin_file
        self._directory = directory
        self._lock = threading.Lock()
        self._session: Any = None

    def identity(self, unit_code: str, unit_name: str) -> SealIdentity:
        """The unit's seal; raises `SealUnavailable` without certificate, image, token or key."""
        if not _CODE.fullmatch(unit_code):
            raise SealUnavailable("unit code")
        try:
            chain = x509.load_pem_x509_certificates((self._directory / f"{unit_code}.pem").read_bytes())
            image = (self._directory / f"{unit_code}.png").read_bytes()
        except (OSError, ValueError) as error:
            raise SealUnavailable("certificate or image") from error
        own, *others = [one.public_bytes(Encoding.DER) for one in chain]
        curve = isinstance(chain[0].public_key(), ec.EllipticCurvePublicKey)
        return SealIdentity(
            unit=unit_name,
            certificate=own,
            chain=tuple(others),
            image=image,
            sign=partial(self._signed, unit_code, curve),
            crls=self.lists(),
        )

    def lists(self) -> tuple[bytes, ...]:
        """The lists of the folder."""
        return tuple(_der(path) for path in sorted(self._directory.glob("*.crl")))

    def rotate(self, unit_code: str, unit_name: str) -> str:
        """Keys are made in the device, and their certificates put into the folder by whoever runs it."""
        raise KeysElsewhere(
            f"the key of {unit_name} lives in a device: make the new one there, under the label {unit_code}, "
            "and put its certificate into the folder"
        )

    def _signed(self, label: str, curve: bool, data: bytes) -> bytes:
        """ECDSA with SHA-256 in DER, or RSA PKCS #1 v1.5 with SHA-256."""
        with self._lock:
            try:
                return self._once(label, curve, data)
            except PKCS11Error:
                self._close()
            try:
                return self._once(label, curve, data)
            except PKCS11Error as error:
                self._close()
                raise SealUnavailable(f"device: {type(error).__name__}") from error

    def _once(self, label: str, curve: bool, data: bytes) -> bytes:
        session = self._opened()
        key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
        if not curve:
            return bytes(key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
        raw = bytes(key.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA))
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))

    def _opened(self) -> Any:
        if self._session is None:
            try:
                pin = self._pin_file.read_text().strip()
                token = pkcs11.lib(self._module).get_token(token_label=self._token)
            except (OSError, RuntimeError) as error:
                raise SealUnavailable("device or PIN file") from error
            self._session = token.open(user_pin=pin)
        return self._session

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except PKCS11Error:
                return


def _der(path: Path) -> bytes:
    """A list as DER, from PEM or DER. Raises `SealUnavailable`."""
    try:
        data = path.read_bytes()
        pem = data.lstrip().startswith(b"-----")
        found = x509.load_pem_x509_crl(data) if pem else x509.load_der_x509_crl(data)
    except (OSError, ValueError) as error:
        raise SealUnavailable("list of revoked certificates") from error
    return found.public_bytes(Encoding.DER)
