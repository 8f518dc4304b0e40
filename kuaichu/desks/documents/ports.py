"""What the desk needs from outside: a seal and a time stamp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


class SealUnavailable(Exception):
    """The seal system does not answer or refuses this unit; try again later."""


class KeysElsewhere(Exception):
    """Keys of seals are made and replaced in the seal system itself; the text says where."""


class TimeStampUnavailable(Exception):
    """The time-stamp authority does not answer; the paper is sealed at a lower level."""


@dataclass(frozen=True, slots=True, eq=False)
class SealIdentity:
    """What is needed to sign and seal for one police unit. Certificates, CRLs and OCSP answers are DER.

    `chain` runs from the issuing authority to the root (last). `sign(data)` returns the signature over
    `data` with SHA-256 by the certificate's key (ECDSA in DER, or RSA PKCS #1 v1.5): a key held open in
    memory, or a call to the customer's seal server. `image` is the seal as PNG.
    """

    unit: str
    certificate: bytes
    chain: tuple[bytes, ...]
    image: bytes
    sign: Callable[[bytes], bytes]
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


class SealProvider(Protocol):
    """The seals of police units; `connectors/seal/<name>.py`."""

    root: bytes | None
    """The root (DER) of a provider that is its own authority; None where a licensed one issues."""

    def lists(self) -> tuple[bytes, ...]:
        """The present lists of revoked certificates (DER). Raises `SealUnavailable`."""

    def rotate(self, unit_code: str, unit_name: str) -> str:
        """Replace the unit's key from now on; SHA-256 (hex) of the new certificate.

        Raises `KeysElsewhere` where keys are replaced in the seal system itself.
        """

    def identity(self, unit_code: str, unit_name: str) -> SealIdentity:
        """The unit's seal with status data fresh enough to embed. Raises `SealUnavailable`."""


class TimeStamper(Protocol):
    """A time-stamp authority by RFC 3161; `connectors/timestamps/<name>.py`."""

    name: str
    """How papers and pages call it; "local" proves nothing to third parties."""

    def __hash__(self) -> int:
        """One authority, one identity: what is known of it is kept per object."""

    anchors: tuple[bytes, ...]
    """Root certificates (DER) its tokens lead to."""

    def answer(self, request: bytes) -> bytes:
        """DER TimeStampReq to DER TimeStampResp. Raises `TimeStampUnavailable`."""


class WitnessBehind(Exception):
    """The witness has signed another size than was said; `size` is what it has."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class WitnessIdentity(Protocol):
    """A witness's name and raw Ed25519 public key."""

    @property
    def name(self) -> str:
        """As it signs."""

    @property
    def public(self) -> bytes:
        """32 bytes."""


class Witness(Protocol):
    """Somebody else who signs the log's checkpoints; `connectors/witness/<name>.py` gives a list of them."""

    def identity(self) -> WitnessIdentity:
        """Who it is. Raises Upstream."""

    def add(self, old: int, proof: Sequence[bytes], note: str, key: bytes) -> str:
        """Its signature lines. Raises Upstream, WitnessBehind."""
