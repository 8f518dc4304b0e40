"""The Python client: against a running server over real HTTP, and its own rules where the line is bad."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from kuaichu_client import Kuaichu, Line, Lost, NotGenuine, Problem, new_secret, sign, verify
from kuaichu_client.rows import total_of
from standardwebhooks import Webhook

from tests.portals.api.world import World, agree


@pytest.fixture(scope="module")
def claim(world: World) -> str:
    a, _b = agree(world, "苏J10001", "苏J10002")
    a.until(lambda view: view["claims"])
    with world.client(world.token("HUAIHAI")) as city:
        return city.get("/api/insurer/v1/claims").json()["claims"][0]["claim_id"]


@pytest.fixture
def city(world: World):
    own = world.clients["HUAIHAI"]
    with Kuaichu(world.server.url, own["client_id"], own["client_secret"], patience=20) as opened:
        yield opened


@pytest.mark.slow
def test_a_claim_is_worked_over_http(city: Kuaichu, claim: str, tmp_path: Path) -> None:
    [row] = city.claims()
    assert (row.claim_id, row.status) == (claim, "registered")
    packet = city.packet(claim)
    assert city.packet(claim, known=packet) is packet
    for url, sha256 in packet.sealed():
        assert city.file(url, sha256)
    with pytest.raises(ValueError, match="hash"):
        city.file(packet.sealed()[0][0], "0" * 64)
    accepted = city.acknowledge(claim, "HH-00001", if_match=packet.tag)
    assert accepted.left == ("assess",)
    assert accepted.tag == city.packet(claim).tag
    with pytest.raises(Problem) as late:
        city.acknowledge(claim, "HH-00001", if_match=packet.tag)
    assert (late.value.status, late.value.code) == (412, "changed")
    with pytest.raises(Problem) as other:
        city.acknowledge(claim, "HH-00002")
    assert (other.value.status, other.value.code) == (409, "other_number")
    for car in packet.to_assess:
        state = city.assess(claim, car["vehicle_id"], [Line("后保险杠", "part", 700_000)], assessor="周敏")
    assert "assess" not in state.left
    again = city.assess(claim, car["vehicle_id"], [Line("后保险杠", "part", 700_000)], assessor="周敏")
    assert again.whole["version"] == 1
    city.dossier(claim, tmp_path / "dossier.zip")
    assert zipfile.ZipFile(tmp_path / "dossier.zip").testzip() is None
    assert city.notice(claim)[0]["orgCode"] == "HUAIHAI"
    events = list(city.events())
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert events[0].type == "claim.registered"
    assert [e.sequence for e in city.events(after=2)] == [e.sequence for e in events[2:]]


@pytest.mark.slow
def test_webhook_secrets_and_problems_over_http(city: Kuaichu, world: World) -> None:
    until = city.replace_secret(new_secret(), overlap_hours=1)
    assert until is not None
    assert until > datetime.now(UTC)
    with pytest.raises(Problem) as nowhere:
        city.replay(datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC))
    assert (nowhere.value.status, nowhere.value.code) == (404, "no_webhook")
    with pytest.raises(Problem) as strange:
        city.packet("00000000-0000-0000-0000-000000000000")
    assert strange.value.status == 404
    with pytest.raises(ValueError, match="another host"):
        city.file("http://elsewhere.example/x")
    with Kuaichu(world.server.url, "nobody", "wrong") as stranger, pytest.raises(Problem) as unknown:
        next(stranger.claims())
    assert (unknown.value.status, unknown.value.code) == (401, "invalid_client")


class Wire:
    """A line to a city that answers as told, one after another; None is no answer."""

    def __init__(self, *answers: httpx.Response | None) -> None:
        self.answers, self.asked = list(answers), []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": f"t{len(self.asked)}", "expires_in": 3600})
        self.asked.append(request)
        answer = self.answers.pop(0)
        if answer is None:
            raise httpx.ReadError("gone")
        return answer

    def city(self, patience: float = 30) -> Kuaichu:
        made = Kuaichu("http://city", "id", "secret", patience=patience, transport=httpx.MockTransport(self))
        made._calls._sleep = lambda _seconds: None
        return made


DONE = {"claim_id": "c", "status": "acknowledged", "next": [], "calculation_id": None}


def test_a_lost_answer_is_asked_for_again_under_the_same_key() -> None:
    busy = httpx.Response(409, json={"code": "in_progress", "title": "x", "status": 409})
    line = Wire(None, httpx.Response(503), busy, httpx.Response(200, json=DONE))
    assert line.city().acknowledge("c", "HH-1").status == "acknowledged"
    assert len({r.headers["Idempotency-Key"] for r in line.asked}) == 1
    assert len({r.content for r in line.asked}) == 1
    assert len(line.asked) == 4


def test_a_refusal_is_not_repeated() -> None:
    line = Wire(httpx.Response(422, json={"code": "invalid", "title": "x", "fields": {"report_number": "y"}}))
    with pytest.raises(Problem) as no:
        line.city().acknowledge("c", "H")
    assert no.value.fields == {"report_number": "y"}
    assert len(line.asked) == 1


def test_a_withdrawn_token_is_fetched_again_once() -> None:
    line = Wire(httpx.Response(401, json={}), httpx.Response(200, json=DONE))
    line.city().acknowledge("c", "HH-1")
    assert line.asked[0].headers["Authorization"] != line.asked[1].headers["Authorization"]
    with pytest.raises(Problem):
        Wire(httpx.Response(401, json={}), httpx.Response(401, json={})).city().acknowledge("c", "HH-1")


def test_patience_runs_out() -> None:
    with pytest.raises(Lost):
        Wire(*[None] * 3).city(patience=0).acknowledge("c", "HH-1")
    with pytest.raises(Problem) as busy:
        Wire(httpx.Response(429, headers={"Retry-After": "3600"}, json={})).city().acknowledge("c", "HH-1")
    assert busy.value.status == 429


def page(*sequences: int, more: bool = False) -> httpx.Response:
    events = [
        {"sequence": n, "id": str(n), "type": "t", "at": "2026-11-21T00:00:00Z", "claim_id": "c",
         "case_number": "1", "data": {}} for n in sequences
    ]  # fmt: skip
    return httpx.Response(200, json={"events": events, "cursor": "x", "newest": 9, "more": more})


def test_a_gap_in_the_feed_is_closed_or_named() -> None:
    line = Wire(page(1, 2, 4), page(3, 4, 5), page())
    assert [e.sequence for e in line.city().events()] == [1, 2, 3, 4, 5]
    assert [r.url.params["after_sequence"] for r in line.asked] == ["0", "2"]
    with pytest.raises(RuntimeError, match="event 3 is missing"):
        list(Wire(page(1, 2, 4), page(4), page(4)).city().events())


def test_what_comes_twice_is_passed_over_and_pages_go_on() -> None:
    line = Wire(page(1, 2, more=True), page(2, 3))
    assert [e.sequence for e in line.city().events()] == [1, 2, 3]


SECRET = new_secret()
BODY = json.dumps(
    {"type": "claim.registered", "timestamp": "2026-11-21T00:00:00Z", "data": {"claim_id": "c"}}
).encode()


def told(body: bytes = BODY, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    stamp = int(at or time.time())
    return {
        "Webhook-Id": "m1",
        "Webhook-Timestamp": str(stamp),
        "Webhook-Signature": sign(secret, "m1", stamp, body),
    }


def test_messages_are_checked_as_the_standard_says() -> None:
    message = verify(SECRET, told(), BODY)
    assert (message.id, message.type, message.claim_id, message.sequence) == (
        "m1",
        "claim.registered",
        "c",
        None,
    )
    Webhook(SECRET).verify(BODY, {name.lower(): value for name, value in told().items()})
    assert verify([new_secret(), SECRET], told(), BODY)


@pytest.mark.parametrize(
    ("made", "body"),
    [
        (dict, BODY),
        (lambda: told(secret=new_secret()), BODY),
        (told, BODY + b" "),
        (lambda: told(at=time.time() - 301), BODY),
        (lambda: told(at=time.time() + 400), BODY),
        (lambda: told(b"[]"), b"[]"),
        (lambda: told(b"{}"), b"{}"),
        (lambda: {**told(), "Webhook-Timestamp": "x"}, BODY),
    ],
)
def test_what_is_not_genuine_is_refused(made: Callable[[], dict[str, str]], body: bytes) -> None:
    with pytest.raises(NotGenuine):
        verify(SECRET, made(), body)


def test_salvage_is_deducted() -> None:
    assert total_of([Line("a", "part", 500), Line("a", "labour", 100), Line("a", "salvage", 50)]) == 550
