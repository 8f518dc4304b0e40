from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.documents.papers.agreement import Agreement
from kuaichu.desks.documents.papers.facts import BadFacts, Grade, mask_plate
from kuaichu.desks.documents.papers.summary_certificate import Closing, SummaryCertificate
from tests.desks.documents.samples import agreement, certificate


@pytest.mark.parametrize("facts", [certificate(), certificate(4), agreement(), agreement(10)])
def test_canonical_bytes_come_back_the_same(facts):
    data = facts.to_json()
    assert type(facts).from_json(data) == facts
    assert type(facts).from_json(data).to_json() == data
    loaded = json.loads(data)
    assert data == json.dumps(loaded, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert (loaded["kind"], loaded["schema"]) == (facts.KIND, facts.SCHEMA)


def test_digests_by_other_programs(tmp_path):
    facts = certificate()
    file = tmp_path / "facts.json"
    file.write_bytes(facts.to_json())
    assert facts.sha256() == hashlib.sha256(file.read_bytes()).digest()
    said = subprocess.run(
        ["openssl", "dgst", "-sm3", file], capture_output=True, check=True, text=True
    ).stdout
    assert said.split("= ")[1].strip() == facts.sm3().hex()


@given(
    st.text(max_size=30),
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.timezones()),
)
def test_any_text_and_any_zone_survive(text, moment):
    facts = certificate(weather=text, occurred_at=moment.replace(microsecond=0))
    again = SummaryCertificate.from_json(facts.to_json())
    assert again.weather == text
    assert again.occurred_at.timestamp() == facts.occurred_at.timestamp()


def test_the_same_moment_in_another_zone_is_the_same_fact():
    facts = certificate()
    assert replace(facts, occurred_at=facts.occurred_at.astimezone(UTC)).to_json() == facts.to_json()


def test_another_kind_is_refused():
    with pytest.raises(BadFacts):
        Agreement.from_json(certificate().to_json())
    with pytest.raises(BadFacts):
        SummaryCertificate.from_json(b"[1]")


def test_contradictions_are_refused():
    party = certificate().parties[0]
    bad = {
        "parties": (
            (),
            (replace(party, citations=()),),
            (replace(party, refusal="拒绝签名"),),
            (party,) * 11,
        ),
        "closing": (Closing.REFUSED_SIGNATURE,),
        "occurred_at": (datetime(2026, 5, 1),),
        "number": (" ",),
    }
    for name, values in bad.items():
        for value in values:
            with pytest.raises(BadFacts):
                certificate(**{name: value})
    with pytest.raises(BadFacts):
        agreement(knock_for_knock=True)  # one party full: not eligible
    with pytest.raises(BadFacts):
        agreement(printed_grades=(Grade.FULL, Grade.EQUAL))


def test_review_notice_names_both_offices():
    text = certificate().review_notice
    assert "三日内" in text
    assert "向滨州市公安局交通警察支队提出书面复核申请" in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("plate", "masked"),
    [
        ("鲁M12345", "鲁M1**45"),
        ("鲁M·A1234", "鲁MA**34"),
        ("鲁MD12345", "鲁MD***45"),
        ("", ""),
        ("鲁M", "**"),
    ],
)
def test_masked_plates(plate, masked):
    assert mask_plate(plate) == masked
