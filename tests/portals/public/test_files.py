"""Uploaded files: what we issued, what was changed, what is foreign, and what tries to hurt."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache

from kuaichu.connectors.seal.software import SoftwareSeals
from kuaichu.desks.documents import checking, rendering, sealing
from kuaichu.desks.documents.models import Paper
from kuaichu.portals.public import rates as limits
from kuaichu.queries.papering import file_verification
from kuaichu.queries.verdicts import Answer, State
from tests.desks.documents import samples
from tests.portals.public.conftest import PERSONAL

JSON = {"accept": "application/json"}
VECTORS = Path(__file__).parents[2] / "data" / "vectors" / "signatures"
pytestmark = pytest.mark.django_db


def states(answer: dict) -> dict[str, str]:
    return {check["name"]: check["state"] for check in answer["checks"]}


def test_the_issued_file_is_valid_by_both_hashes(issued, upload):
    answer = upload(issued.pdf, headers=JSON).json()
    assert answer["answer"] == "valid"
    assert set(states(answer).values()) == {"ok"}
    assert (
        answer["sums"]["sha256"] == answer["sums"]["issued_sha256"] == hashlib.sha256(issued.pdf).hexdigest()
    )
    assert answer["sums"]["sm3"] == answer["sums"]["issued_sm3"] == issued.paper.file_sm3
    assert answer["seal"]["authority"] == "local"


def test_the_page_names_the_local_time_stamp_and_nobody(issued, upload):
    html = upload(issued.pdf, headers={"accept-language": "en"}).content.decode()
    assert "verdict-ok" in html
    assert "proves nothing to others" in html
    assert "Electronic Signature Law" in html
    assert issued.paper.file_sha256 in html
    assert not [secret for secret in PERSONAL if secret in html]


def test_a_revoked_or_replaced_file_is_not_valid(issued, issue, upload, revoke, supersede):
    newer = issue()
    supersede(issued.paper.pk, newer.paper)
    assert upload(issued.pdf, headers=JSON).json()["answer"] == "superseded"
    revoke(newer.paper.pk, why="不实陈述")
    answer = upload(newer.pdf, headers=JSON).json()
    assert (answer["answer"], answer["paper"]["ended_why"]) == ("revoked", "不实陈述")


def test_one_changed_byte_anywhere_is_never_valid(issued):
    """Judged in this process, as the same function runs apart; 40 places over the whole file."""
    size, answers = len(issued.pdf), set()
    for place in range(3, size, size // 40):
        changed = bytearray(issued.pdf)
        changed[place] ^= 0x01
        found = file_verification.by_file(
            bytes(changed), lambda f, t: checking.check(f, t, now=datetime.now(UTC))
        )
        answers.add(found.answer)
        assert found.sums is not None
        assert not found.sums.equal
        chain = {check.name: check.state for check in found.checks}
        broken = chain.get("intact") is State.BAD
        assert not (broken and chain["trusted"] is State.BAD), (
            "a broken signature says nothing about its root"
        )
    assert answers <= {Answer.ALTERED, Answer.UNREADABLE, Answer.OTHER_BYTES, Answer.NOT_OURS}
    assert Answer.ALTERED in answers


def test_a_changed_byte_of_the_page_is_told(issued, upload):
    changed = bytearray(issued.pdf)
    changed[len(changed) // 3] ^= 0x01
    answer = upload(bytes(changed), headers=JSON).json()
    assert answer["answer"] in {"altered", "unreadable"}
    html = upload(bytes(changed)).content.decode()
    assert "verdict-ok" not in html


def test_appended_bytes_are_told(issued, upload):
    answer = upload(issued.pdf + b"\n% more\n", headers=JSON).json()
    assert (answer["answer"], states(answer)["covers"]) == ("altered", "bad")
    assert answer["claimed"] == issued.paper.number
    assert answer["paper"] is None


def test_a_second_sealing_of_the_same_facts_is_not_the_issued_file(issued, upload):
    """What is sealed but was not issued (a worker that died in between) is told apart."""
    other = issued.pdf
    Paper.objects.filter(pk=issued.paper.pk).update(file_sha256="1" * 64)
    answer = upload(other, headers=JSON).json()
    assert answer["answer"] == "altered"  # and the log does not know the hash the register now claims
    assert states(answer)["bytes"] == "bad"


def test_a_forger_with_a_seal_of_his_own_is_not_ours(issued, upload, tmp_path):
    facts = samples.certificate(paper_id=str(issued.paper.pk), number=issued.paper.number)
    page = rendering.render(facts, timestamp=samples.MOMENT, assets=samples.assets(facts, issued.paper.qr))
    seals = SoftwareSeals(tmp_path / "forger")
    from kuaichu.connectors.timestamps.local import LocalTimeStamper

    forged = sealing.certify(
        sealing.prepare(page),
        identity=seals.identity("yancheng", samples.UNIT),
        timestamper=LocalTimeStamper(tmp_path / "tsa"),
        now=datetime.now(UTC),
    )
    answer = upload(forged.pdf, headers=JSON).json()
    assert answer["answer"] == "not_ours"
    assert states(answer)["trusted"] == "bad"
    assert answer["seal"] is None
    assert answer["claimed"] == ""


def test_foreign_and_malformed_files_are_never_good(upload):
    seen = {}
    for path in sorted([*(VECTORS / "pdf").glob("*.pdf"), *(VECTORS / "malformed").glob("*.pdf")]):
        cache.clear()
        found = upload(path.read_bytes(), headers=JSON).json()
        seen[path.name] = found["answer"]
        assert "Signer" not in json.dumps(found), path.name
    assert set(seen.values()) <= {"altered", "not_ours", "unreadable"}
    assert {"not_ours", "unreadable"} <= set(seen.values())


def test_noise_and_other_formats_are_unreadable(upload):
    for content in (os.urandom(4000), b"%PDF-1.7\n" + os.urandom(4000), b"\x89PNG\r\n\x1a\n" + b"0" * 99):
        assert upload(content, headers=JSON).json()["answer"] in {"unreadable", "not_ours"}


def test_too_large_is_told_without_looking_inside(upload):
    answer = upload(b"%PDF-1.7\n" + b"0" * (checking.SIZE_LIMIT + 1), headers=JSON).json()
    assert (answer["answer"], answer["sums"]) == ("too_large", None)


def test_no_file_and_an_empty_file_ask_again(client, upload):
    assert client.post("/v/file").status_code == 422
    assert upload(b"").status_code == 422


def test_uploads_are_limited(upload):
    for _n in range(limits.UPLOADS.most):
        assert upload(b"").status_code == 422
    assert upload(b"").status_code == 429
