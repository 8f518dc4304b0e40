from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, date, datetime

import cbor2
import cwt
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.desks.documents import qr, rendering, sealing
from kuaichu.desks.documents.papers.facts import mask_plate
from kuaichu.desks.documents.qr import BadCode, Claims, Refused
from kuaichu.desks.documents.signing_keys import Keyset, PublishedKey, SigningKey, ed25519_key, locked
from tests.desks.documents import samples

HOST = "kc.binzhou.example"


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> SigningKey:
    path = tmp_path_factory.mktemp("keys") / "qr.key"
    with locked(path.parent):
        assert ed25519_key(path).public == ed25519_key(path).public
    assert path.stat().st_mode & 0o777 == 0o600
    return ed25519_key(path)


@pytest.fixture(scope="module")
def keys(key) -> Keyset:
    other = PublishedKey(SigningKey.from_pem(OTHER_PEM).public, date(2020, 1, 1))
    return Keyset((other, PublishedKey(key.public, date(2026, 1, 1), date(2026, 12, 31))))


OTHER_PEM = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
"""


def claims_of(facts, index: int = 41_233) -> Claims:
    return Claims(
        number=facts.number,
        kind="S",
        issued_at=facts.issued_at,
        plates=tuple(mask_plate(plate) for plate in facts.plates),
        grades="".join(grade.letter for grade in facts.grades),
        facts_hash=facts.sha256()[:16],
        log_index=index,
    )


CLAIMS = claims_of(samples.certificate())


def issued(key, claims=CLAIMS) -> str:
    return qr.issue(claims, host=HOST, key_id=key.key_id, sign=key.sign)


def test_round_trip(key, keys):
    claims = qr.verify(issued(key), keys)
    assert claims == CLAIMS
    assert claims.matches(samples.certificate().sha256())
    assert not claims.matches(samples.agreement().sha256())
    assert qr.verify(issued(key).lower(), keys) == CLAIMS  # some scanners lower the address
    assert Keyset.from_jwks(keys.jwks()) == keys


def test_small_enough_and_alphanumeric(key):
    code = segno.make(issued(key), error="m", boost_error=False)
    assert code.mode == "alphanumeric"
    assert code.version <= 13


def test_nothing_personal_inside(key):
    payload = qr.envelope(issued(key)).payload
    for party in samples.certificate().parties:
        for value in (party.name, party.document_no, party.phone, party.plate):
            assert value.encode() not in payload


def test_another_library_reads_it(key):
    message = base64.b32decode(pad(issued(key).rsplit("/", 1)[1]))
    jwk = {
        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key.key_id.hex(),
        "x": base64.urlsafe_b64encode(key.public).rstrip(b"=").decode(),
    }  # fmt: skip
    verifier = cwt.COSEKey.from_jwk(jwk | {"kid": key.key_id.decode("latin-1")})
    verifier._kid = key.key_id
    decoded = cwt.COSE.new(alg_auto_inclusion=False).decode(message, verifier)
    assert cbor2.loads(decoded)[2] == CLAIMS.number


def pad(text: str) -> str:
    return text + "=" * (-len(text) % 8)


def test_wrong_keys_periods_and_bytes(key, keys):
    stranger = SigningKey.from_pem(OTHER_PEM)
    for text, why in (
        (issued(key, replace(CLAIMS, issued_at=datetime(2027, 1, 1, tzinfo=UTC))), Refused.KEY_PERIOD),
        (qr.issue(CLAIMS, host=HOST, key_id=bytes(8), sign=key.sign), Refused.UNKNOWN_KEY),
        (qr.issue(CLAIMS, host=HOST, key_id=key.key_id, sign=stranger.sign), Refused.SIGNATURE),
        ("HTTPS://OTHER.EXAMPLE/X/ABC", Refused.FORMAT),
        ("HTTPS://A/V/" + "A" * 800, Refused.FORMAT),
        ("", Refused.FORMAT),
    ):
        with pytest.raises(BadCode) as caught:
            qr.verify(text, keys)
        assert caught.value.why is why
    with pytest.raises(ValueError):
        qr.issue(CLAIMS, host="bad host", key_id=key.key_id, sign=key.sign)


@settings(max_examples=200)
@given(st.data())
def test_one_flipped_bit_is_never_accepted(key, keys, data):
    prefix, body = issued(key).rsplit("/", 1)
    message = bytearray(base64.b32decode(pad(body)))
    message[data.draw(st.integers(0, len(message) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    text = f"{prefix}/{base64.b32encode(bytes(message)).decode().rstrip('=')}"
    try:
        assert (
            qr.verify(text, keys) == CLAIMS
        )  # only the unprotected, empty header or the tag's form may differ
    except BadCode:
        return
    assert qr.envelope(text) == qr.envelope(issued(key))


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(max_size=80),
        st.binary(max_size=200).map(lambda b: "HTTPS://A/V/" + base64.b32encode(b).decode().rstrip("=")),
    )
)
def test_hostile_texts_are_refused(keys, text):
    with pytest.raises(BadCode):
        qr.verify(text, keys)


@settings(max_examples=100)
@given(
    st.recursive(
        st.none() | st.integers() | st.binary(max_size=5) | st.text(max_size=5),
        lambda x: st.lists(x, max_size=4) | st.dictionaries(st.integers(-70_001, 9), x, max_size=4),
    )
)
def test_signed_nonsense_is_refused(key, keys, nonsense):
    protected = cbor2.dumps({1: -8, 4: key.key_id})
    payload = cbor2.dumps(nonsense)
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    message = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))
    with pytest.raises(BadCode):
        qr.verify("HTTPS://A/V/" + base64.b32encode(message).decode().rstrip("="), keys)


@pytest.mark.parametrize("facts", [samples.certificate(), samples.certificate(4), samples.agreement()])
def test_scanners_read_it_from_the_page(facts, key, keys, identity, now, run):
    text = issued(key, claims_of(facts))
    rendered = rendering.render(facts, timestamp=samples.MOMENT, assets=samples.assets(facts, text))
    done = sealing.certify(sealing.prepare(rendered), identity=identity, timestamper=None, now=now)
    for resolution in ("96", "150", "300"):
        run("pdftoppm", "-r", resolution, "-png", "-singlefile", "a.pdf", "a", **{"a.pdf": done.pdf})
        scanned = run("zbarimg", "--raw", "-q", "a.png").splitlines()[0]
        assert scanned == text, resolution
    assert qr.verify(text, keys).matches(facts.sha256())


SECRET = bytes(range(32))


def test_codes_belong_to_one_version_of_one_paper():
    facts = samples.certificate()
    code = qr.code(SECRET, facts.number, facts.sha256())
    assert len(code) == 14
    assert qr.read_code(code) == code
    assert qr.same_code(f" {code.lower().replace('-', ' ')} ", code)
    others = {
        qr.code(bytes(32), facts.number, facts.sha256()),
        qr.code(SECRET, facts.number + "1", facts.sha256()),
        qr.code(SECRET, facts.number, samples.certificate(weather="雨").sha256()),
    }
    assert code not in others
    assert len(others) == 3
    assert not any(qr.same_code(other, code) for other in others)
    with pytest.raises(ValueError):
        qr.code(b"short", "", b"")


@given(st.binary(min_size=32, max_size=32))
def test_slips_and_swaps_are_told(digest):
    bare = qr.code(SECRET, "1", digest).replace("-", "")
    for place in range(12):
        for char in qr.ALPHABET:
            if char != bare[place]:
                assert qr.read_code(bare[:place] + char + bare[place + 1 :]) is None
    for one in range(12):
        for two in range(one):
            if bare[one] != bare[two]:
                swapped = list(bare)
                swapped[one], swapped[two] = swapped[two], swapped[one]
                assert qr.read_code("".join(swapped)) is None


@given(st.text(max_size=20))
def test_typed_nonsense(text):
    assert qr.read_code(text) is None or qr.read_code(qr.read_code(text)) == qr.read_code(text)


def test_lookalikes_are_forgiven():
    assert qr.read_code("0000-0000-0000") == qr.read_code("OOOO oooo 0O0o") == "0000-0000-0000"
