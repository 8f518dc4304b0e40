"""The envelope of a signature (CMS SignedData, RFC 5652), written straight in DER (X.690).

A general library takes twenty times as long to encode the same few fields: what does not change from paper to
paper is encoded once. Readers (checking, verification, tests with other programs) use general libraries.
"""

from __future__ import annotations

from collections.abc import Iterable

INTEGER, OCTETS, SEQUENCE, SET = 0x02, 0x04, 0x30, 0x31
FIRST, SECOND = 0xA0, 0xA1
"""Context-specific constructed tags [0] and [1]."""

DATA = bytes.fromhex("06092a864886f70d010701")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
TIME_STAMP_TOKEN = bytes.fromhex("060b2a864886f70d010910020e")
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
SHA256 = bytes.fromhex("300d06096086480165030402010500")
"""The algorithm identifier, with its NULL parameters."""


def der(tag: int, *parts: bytes) -> bytes:
    """Tag, definite length, contents (X.690 §8.1.3, shortest form as DER asks)."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def integer(value: int) -> bytes:
    """An INTEGER."""
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def attribute(kind: bytes, value: bytes) -> bytes:
    """An attribute of one value; both as DER."""
    return der(SEQUENCE, kind, der(SET, value))


def signed_attributes(content_type: bytes, digest: bytes, *others: bytes) -> bytes:
    """What is signed: a SET of content type, digest of the content and `others` (X.690 §11.6: in order)."""
    own = (attribute(CONTENT_TYPE, content_type), attribute(MESSAGE_DIGEST, der(OCTETS, digest)))
    return der(SET, *sorted((*own, *others)))


def signer_info(
    sid: bytes, attributes: bytes, algorithm: bytes, signature: bytes, unsigned: Iterable[bytes] = ()
) -> bytes:
    """A SignerInfo (version 1, SHA-256) over `attributes` as `signed_attributes` made them."""
    beside = sorted(unsigned)
    return der(
        SEQUENCE,
        integer(1),
        sid,
        SHA256,
        bytes((FIRST,)) + attributes[1:],
        algorithm,
        der(OCTETS, signature),
        der(SECOND, *beside) if beside else b"",
    )


def content_info(version: int, encapsulated: bytes, certificates: Iterable[bytes], signer: bytes) -> bytes:
    """The ContentInfo of a SignedData with one signer; `certificates` as DER."""
    signed = der(
        SEQUENCE,
        integer(version),
        der(SET, SHA256),
        encapsulated,
        der(FIRST, *sorted(certificates)),
        der(SET, signer),
    )
    return der(SEQUENCE, SIGNED_DATA, der(FIRST, signed))
