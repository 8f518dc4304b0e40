"""The verification page: every answer by number, code and QR, nothing personal on it, and its limits."""

from __future__ import annotations

import base64
import re

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuaichu.desks.documents import certificates, qr, signing_keys
from kuaichu.desks.documents.models import Paper
from kuaichu.kernel.models import LogLeaf
from kuaichu.queries import verification
from kuaichu.queries.verdicts import Answer
from tests.portals.public.conftest import PERSONAL, number_one

JSON = {"accept": "application/json"}
pytestmark = pytest.mark.django_db


def told(client, q: str) -> dict:
    return client.get("/v/", {"q": q}, headers=JSON).json()


def checks(answer: dict) -> dict[str, str]:
    return {check["name"]: check["state"] for check in answer["checks"]}


def body_of(paper: Paper) -> str:
    return paper.qr.split("/V/")[1]


def test_valid_by_code_and_qr(client, issued):
    paper = issued.paper
    for q, way in ((paper.code, "code"), (paper.qr, "qr")):
        answer = told(client, q)
        assert (answer["answer"], answer["way"]) == ("valid", way)
        assert set(checks(answer).values()) == {"ok"}
        assert {"facts", "log_facts", "log_file", "status"} <= set(checks(answer))
        assert [(p["plate"], p["grade"]) for p in answer["paper"]["parties"]] == [
            ("鲁MA**34", "FULL"), ("鲁MD***45", "NONE"),
        ]  # fmt: skip
        assert [p["index"] for p in answer["places"]] == [paper.facts_leaf, paper.file_leaf]
        assert all(p["proven"] and p["agrees"] for p in answer["places"])


@pytest.mark.parametrize("way", ["code", "qr"])
def test_the_page_says_valid_and_names_nobody(client, issued, way):
    page = client.get("/v/", {"q": getattr(issued.paper, way)}, headers={"accept-language": "en"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "verdict-ok" in html
    assert re.search(r"<h1>\s*Valid\s*</h1>", html)
    assert issued.paper.number in html
    assert "full liability" in html
    bare = html.replace(issued.paper.qr, "")
    assert not [secret for secret in PERSONAL if secret in bare]


def test_scanning_opens_the_answer_in_either_case(client, issued):
    body = body_of(issued.paper)
    for path in (f"/V/{body}", f"/v/{body.lower()}", f"/v/{body}", f"/V/{body}/"):
        assert client.get(path, headers=JSON).json()["answer"] == "valid"
    assert client.get("/V/").headers["Location"] == "/v/"
    assert client.get("/V").headers["Location"] == "/v/"


@pytest.mark.parametrize(
    "write",
    [
        lambda n: n,
        lambda n: n.replace("〔", "[").replace("〕", "]"),
        lambda n: n.replace("〔", "（").replace("〕", "）"),
        " ".join,
        lambda n: n.replace("第", "第000"),
        lambda n: n.removesuffix("号"),
        lambda n: n.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    ],
)
def test_a_number_alone_shows_nothing_and_asks_for_the_code(client, issued, write, django_assert_num_queries):
    with django_assert_num_queries(0):
        known = told(client, write(issued.paper.number))
    assert (known["answer"], known["paper"], known["checks"], known["claimed"]) == (
        "code_needed",
        None,
        [],
        "",
    )
    assert known == told(client, "盐公交远简认〔2026〕第999999号"), "the same whether there is one or not"
    html = client.get("/v/", {"q": issued.paper.number}).content.decode()
    assert "verdict-ok" not in html
    assert "鲁M" not in html


def test_codes_are_read_as_people_type_them(client, issued):
    code = issued.paper.code
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", code.replace("0", "O")):
        assert told(client, typed)["answer"] == "valid"


def test_a_slip_in_the_code_is_told_before_any_lookup(client, issued, django_assert_num_queries):
    code = issued.paper.code
    wrong = ("7" if code[0] != "7" else "8") + code[1:]
    with django_assert_num_queries(0):
        answer = told(client, wrong)
    assert answer["answer"] == "slip"
    assert told(client, code[:-1])["answer"] == "slip"


def test_what_was_never_issued(client, issued):
    other = qr.code(b"another key of the forger", issued.paper.number, b"facts")
    assert told(client, other)["answer"] == "unknown"


def test_a_numbered_paper_is_not_yet_issued(client):
    answer = told(client, number_one().code)
    assert answer["answer"] == "making"
    assert checks(answer)["status"] == "open"


def test_revoked_says_when_and_why_without_persons(client, issued, revoke):
    why = "当事人陈䶮（13805431234，371602199003070017）驾驶鲁MA1234提供虚假照片"
    revoke(issued.paper.pk, why=why)
    for q in (issued.paper.code, issued.paper.qr):
        assert told(client, q)["answer"] == "revoked"
    html = client.get("/v/", {"q": issued.paper.code}, headers={"accept-language": "en"}).content.decode()
    assert "verdict-bad" in html
    assert "提供虚假照片" in html
    assert "Revoked" in html
    assert not [secret for secret in PERSONAL if secret in html]


def test_superseded_names_the_newer_paper(client, issued, issue, supersede):
    newer = issue().paper
    supersede(issued.paper.pk, newer)
    answer = told(client, issued.paper.code)
    assert answer["answer"] == "superseded"
    assert answer["paper"]["successor"] == newer.number
    html = client.get("/v/", {"q": issued.paper.code}).content.decode()
    assert "verdict-warn" in html
    assert newer.number in html
    assert told(client, newer.code)["answer"] == "valid"


def test_a_register_that_contradicts_the_log_is_not_believed(client, issued):
    changed = bytes(issued.paper.facts).replace(b"EQUAL", b"NONE ").replace("追尾".encode(), "侧碰".encode())
    assert changed != bytes(issued.paper.facts)
    Paper.objects.filter(pk=issued.paper.pk).update(facts=changed)
    answer = told(client, issued.paper.code)
    assert (answer["answer"], answer["why"]) == ("altered", "register")
    assert checks(answer)["facts"] == checks(answer)["log_facts"] == "bad"


def test_a_changed_leaf_is_not_proven(client, issued):
    leaf = LogLeaf.objects.get(subject=issued.paper.pk, kind="file")
    leaf.content = {**leaf.content, "file_sm3": "0" * 64}
    leaf.save()
    answer = told(client, issued.paper.code)
    assert answer["answer"] == "altered"
    assert checks(answer)["log_file"] == "bad"


def test_a_missing_leaf_is_not_proven(client, issued):
    LogLeaf.objects.filter(subject=issued.paper.pk, kind="facts").delete()
    assert checks(told(client, issued.paper.code))["log_facts"] == "bad"


def test_no_flipped_byte_of_the_qr_is_ever_good(issued):
    body = body_of(issued.paper)
    message = base64.b32decode(body + "=" * (-len(body) % 8))
    answers = set()
    for place in range(len(message)):
        flipped = bytearray(message)
        flipped[place] ^= 0x01
        text = f"HTTPS://HOST/V/{base64.b32encode(bytes(flipped)).decode().rstrip('=')}"
        answers.add(verification.by_qr(text).answer)
    assert answers <= {Answer.ALTERED, Answer.NOT_OURS, Answer.UNREADABLE}
    assert Answer.ALTERED in answers


def test_a_qr_of_another_key_is_not_ours(client, issued):
    own = signing_keys.SigningKey(Ed25519PrivateKey.generate())
    claims = qr.verify(issued.paper.qr, certificates.keyset())
    forged = qr.issue(claims, host="a.example", key_id=own.key_id, sign=own.sign)
    assert told(client, forged)["answer"] == "not_ours"
    borrowed = qr.issue(
        claims, host="a.example", key_id=certificates.checkpoint_signer().key_id, sign=own.sign
    )
    assert told(client, borrowed)["answer"] == "altered"


def test_a_signed_qr_the_register_does_not_know(client, issued):
    paper = issued.paper
    Paper.objects.filter(pk=paper.pk).update(number="盐公交远简认〔2026〕第77号")
    answer = told(client, paper.qr)
    assert (answer["answer"], answer["why"]) == ("unknown", "signed")


def test_a_signed_qr_of_other_facts_is_told(client, issued):
    key = certificates.checkpoint_signer()
    claims = qr.verify(issued.paper.qr, certificates.keyset())
    other = qr.Claims(
        claims.number, claims.kind, claims.issued_at, claims.plates, "EE", b"\0" * 16, claims.log_index
    )
    answer = told(client, qr.issue(other, host="a.example", key_id=key.key_id, sign=key.sign))
    assert answer["answer"] == "altered"
    assert checks(answer)["qr_facts"] == "bad"


def test_hostile_cbor_in_a_qr_is_unreadable(client):
    deep = b"\x81" * 300 + b"\x00"
    for message in (deep, cbor2.dumps(cbor2.CBORTag(18, [1, 2, 3])), b"\xff" * 40):
        body = base64.b32encode(message).decode().rstrip("=")
        assert client.get(f"/V/{body}", headers=JSON).json()["answer"] == "unreadable"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_nothing_typed_breaks_the_page(client, typed):
    cache.clear()
    page = client.get("/v/", {"q": typed})
    assert page.status_code == (422 if "\0" in typed else 200)
    assert "verdict-ok" not in page.content.decode()


def test_the_number_of_queries_is_bounded(client, issued, issue):
    def cost(q: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/v/", {"q": q})
        return len(seen)

    before = [cost(q) for q in (issued.paper.number, issued.paper.code, issued.paper.qr)]
    for _more in range(3):
        issue()
    assert max(before) <= 8
    assert [cost(q) for q in (issued.paper.number, issued.paper.code, issued.paper.qr)] == before
