"""The envelope of a signature, written directly, is what a general library writes and reads."""

from __future__ import annotations

import hashlib

import pytest
from asn1crypto import cms, core
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.documents.signatures import envelope

SIZES = st.sampled_from([0, 1, 127, 128, 255, 256, 65535, 65536, 70_000])


@given(SIZES | st.integers(0, 400))
def test_lengths_are_written_in_their_shortest_form(size: int) -> None:
    data = b"x" * size
    assert (
        envelope.der(envelope.OCTETS, data[: size // 2], data[size // 2 :]) == core.OctetString(data).dump()
    )


@given(st.integers(0, 2**64) | st.integers(2**127, 2**160))
def test_integers(value: int) -> None:
    assert envelope.integer(value) == core.Integer(value).dump()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("content_type", envelope.CONTENT_TYPE),
        ("message_digest", envelope.MESSAGE_DIGEST),
        ("signing_certificate_v2", envelope.SIGNING_CERTIFICATE_V2),
        ("signature_time_stamp_token", envelope.TIME_STAMP_TOKEN),
    ],
)
def test_names_of_attributes(name: str, written: bytes) -> None:
    assert cms.CMSAttributeType(name).dump() == written


@pytest.mark.parametrize(
    ("name", "written"),
    [("data", envelope.DATA), ("signed_data", envelope.SIGNED_DATA), ("tst_info", envelope.TST_INFO)],
)
def test_names_of_contents(name: str, written: bytes) -> None:
    assert cms.ContentType(name).dump() == written


@given(st.binary(max_size=300))
def test_what_is_signed_is_a_set_in_order(content: bytes) -> None:
    digest = hashlib.sha256(content).digest()
    own = cms.CMSAttributes(
        [
            {"type": "message_digest", "values": [digest]},
            {"type": "content_type", "values": ["tst_info"]},
        ]
    )
    assert envelope.signed_attributes(envelope.TST_INFO, digest) == own.dump()


@given(st.binary(min_size=1, max_size=300), st.booleans())
def test_a_general_library_reads_all_of_it(content: bytes, stamped: bool) -> None:
    digest = hashlib.sha256(content).digest()
    attributes = envelope.signed_attributes(envelope.DATA, digest)
    name = envelope.der(envelope.SEQUENCE, envelope.der(envelope.SEQUENCE), envelope.integer(7))
    algorithm = cms.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()
    token = envelope.attribute(envelope.TIME_STAMP_TOKEN, envelope.der(envelope.SEQUENCE))
    signer = envelope.signer_info(name, attributes, algorithm, b"signature", [token] if stamped else [])
    inside = envelope.der(
        envelope.SEQUENCE, envelope.DATA, envelope.der(envelope.FIRST, envelope.der(envelope.OCTETS, content))
    )
    read = cms.ContentInfo.load(envelope.content_info(1, inside, [], signer), strict=True)
    signed = read["content"]
    (who,) = signed["signer_infos"]
    assert (read["content_type"].native, signed["version"].native) == ("signed_data", "v1")
    assert signed["encap_content_info"]["content"].native == content
    assert signed["digest_algorithms"][0]["algorithm"].native == "sha256"
    assert who["sid"].chosen["serial_number"].native == 7
    assert who["signed_attrs"].untag().dump() == attributes
    assert who["signature"].native == b"signature"
    assert len(who["unsigned_attrs"]) == (1 if stamped else 0)
