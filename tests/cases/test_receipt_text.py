"""What a receipt says survives any way it travels; nothing altered or hostile passes for one."""

from __future__ import annotations

import base64
import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.cases import receipt_text
from kuaichu.desks.documents.signing_keys import PublishedKey
from kuaichu.kernel.cose import Envelope
from tests.cases.test_receipts import KEY

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
PHOTOS = st.builds(
    receipt_text.Photo,
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    letter=st.sampled_from(sorted(receipt_text.SHOTS)),
    received_at=MOMENTS,
    taken_at=st.none() | MOMENTS,
)
STATEMENTS = st.builds(
    receipt_text.Statement,
    case_number=st.from_regex(r"[0-9]{19}", fullmatch=True),
    number=st.integers(1, 40),
    issued_at=MOMENTS,
    cell=st.none() | st.tuples(st.integers(-9000, 9000), st.integers(-18000, 18000)),
    photos=st.lists(PHOTOS, min_size=1, max_size=40).map(tuple),
    before=st.just("") | st.binary(min_size=32, max_size=32).map(bytes.hex),
)


class TestTravelling:
    @settings(max_examples=60, deadline=None)
    @given(STATEMENTS, st.randoms(use_true_random=False))
    def test_frames_come_together_in_any_order(
        self, said: receipt_text.Statement, roll: random.Random
    ) -> None:
        text = receipt_text.sealed(said, key_id=KEY.key_id, sign=KEY.sign)
        assert receipt_text.opened(text)[0] == said
        frames = receipt_text.frames(text, "kc.example")
        roll.shuffle(frames)
        assert receipt_text.text_of(frames) == text
        assert receipt_text.text_of(["\n".join(frames).lower()]) == text
        if len(frames) > 1:
            with pytest.raises(receipt_text.BadReceipt):
                receipt_text.text_of(frames[1:])

    def test_three_photographs_fit_one_code_any_camera_opens(self) -> None:
        now = datetime(2026, 5, 1, tzinfo=UTC)
        photos = tuple(receipt_text.Photo("ab" * 32, letter, now, now) for letter in "FRC")
        said = receipt_text.Statement("3209002026050100012", 1, now, (3337, 12015), photos, "")
        frames = receipt_text.frames(
            receipt_text.sealed(said, key_id=KEY.key_id, sign=KEY.sign), "kc.example"
        )
        assert len(frames) == 1
        assert frames[0].startswith("HTTPS://KC.EXAMPLE/R/")

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_one_changed_bit_is_never_ours(self, data: st.DataObject) -> None:
        now = datetime(2026, 5, 1, tzinfo=UTC)
        photos = (receipt_text.Photo("ab" * 32, "F", now, None),)
        said = receipt_text.Statement("3209002026050100012", 1, now, None, photos, "")
        message = bytearray(
            receipt_text.as_bytes(receipt_text.sealed(said, key_id=KEY.key_id, sign=KEY.sign))
        )
        place = data.draw(st.integers(0, len(message) * 8 - 1))
        message[place // 8] ^= 1 << place % 8
        try:
            found, envelope = receipt_text.opened(receipt_text.as_text(bytes(message)))
        except receipt_text.BadReceipt:
            return
        assert not ours(envelope) or found == said

    @settings(max_examples=200, deadline=None)
    @given(st.binary(max_size=300))
    def test_hostile_bytes_are_only_refused(self, data: bytes) -> None:
        with pytest.raises(receipt_text.BadReceipt):
            receipt_text.opened(base64.b32encode(data).decode().rstrip("="))


def ours(envelope: Envelope) -> bool:
    """Whether an envelope is signed by the key of these tests."""
    own = PublishedKey(KEY.public, date(2025, 1, 1))
    return envelope.key_id == own.key_id and own.verifies(envelope.signature, envelope.signed)
