from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from standardwebhooks import Webhook

from kuaichu.standins import assessing
from kuaichu.standins.hooks import key_of, sign
from tests.standins.city import CLAIM, SECRET, City, tell
from tests.standins.running import listening, until

NUMBER = "KC-1"


@pytest.fixture
def city() -> Iterator[tuple[City, str]]:
    one = City()
    with listening(one.site()) as base:
        yield one, base


@pytest.fixture
def insurer(run, city):
    def start(*options: str):
        access = ["--client-id", "huaihai", "--client-secret", "pass word", "--secret", SECRET]
        return run("insurer", "--base", city[1], *access, *options)

    return start


def claim(one) -> dict:
    [found] = one.get("/claims").json()
    return found


def registered(one, identifier: str = "h1") -> httpx.Response:
    return tell(one.base, "claim.registered", identifier=identifier, claim_id=CLAIM, case_number=NUMBER)


def test_works_a_claim_from_registration_to_payment(city, insurer):
    office, one = city[0], insurer()
    assert registered(one).json() == {"received": True, "duplicate": False}
    until(lambda: claim(one)["state"] == "assessed" and len(office.taken) == 3)
    assert [path.rsplit("/", 2)[-1] for _, path, _ in office.taken.values()] == [
        "acknowledgement",
        "v1",
        "v2",
    ]
    assert claim(one)["checked"] == 2
    [report] = office.writes("/acknowledgement")
    assert report["report_number"] == claim(one)["report_number"]
    for vehicle, zones in (("v1", ["REAR"]), ("v2", ["FRONT", "FRONT_LEFT"])):
        [found] = office.writes(f"/assessments/{vehicle}")
        allowed = {part for zone in zones for part in assessing.PARTS[zone]} | {"施救拖车"}
        assert {line["part"] for line in found["lines"]} <= allowed
        assert found["total_fen"] == assessing.total(found["lines"]) > 0
        assert found["assessed_at"].endswith("Z")
    told = {"identifier": "h2", "claim_id": CLAIM, "case_number": NUMBER, "calculation_id": "c1"}
    tell(one.base, "claim.calculated", approval_needed=True, **told)
    until(lambda: claim(one)["state"] == "approved")
    assert office.writes("/approval") == [{"calculation_id": "c1"}]
    tell(one.base, "claim.paid", identifier="h3", claim_id=CLAIM, case_number=NUMBER)
    assert claim(one)["state"] == "paid"
    assert office.tokens == 1
    page = one.get("/").text
    assert NUMBER in page
    assert "已支付" in page


def test_a_calculation_that_needs_no_approval_is_only_heard(city, insurer):
    one = insurer()
    data = {"claim_id": CLAIM, "calculation_id": "c1", "approval_needed": False}
    assert tell(one.base, "claim.calculated", identifier="h1", **data).status_code == 200
    assert claim(one)["calls"] == []


def test_duplicates_are_acknowledged_and_done_once(city, insurer):
    office, one = city[0], insurer()
    registered(one)
    until(lambda: len(office.taken) == 3)
    assert registered(one).json() == {"received": True, "duplicate": True}
    one.kill()
    one.start()
    assert registered(one).json() == {"received": True, "duplicate": True}
    time.sleep(0.4)
    assert len(office.told) == 3
    # The same claim under another id is read again, but nothing that was said is said again.
    tell(one.base, "claim.updated", identifier="h2", claim_id=CLAIM, case_number=NUMBER)
    until(lambda: [c["state"] for c in claim(one)["calls"] if c["kind"] == "read"] == ["taken", "taken"])
    assert len(office.told) == 3


def test_only_genuine_and_fresh_events_are_taken(insurer):
    one = insurer()
    stamp, body = int(time.time()), b'{"type": "claim.paid", "data": {"claim_id": "x"}}'
    good = {
        "webhook-id": "h1",
        "webhook-timestamp": str(stamp),
        "webhook-signature": sign(key_of(SECRET), "h1", stamp, body),
    }

    def status(**change: str) -> int:
        headers = {**good, **{name.replace("_", "-"): value for name, value in change.items()}}
        return one.http.post("/hooks", content=body, headers=headers).status_code

    assert status(webhook_id="h2") == 401
    assert status(webhook_timestamp=str(stamp + 1)) == 401
    assert status(webhook_timestamp="soon") == 401
    assert status(webhook_signature="v1,AAAA") == 401
    assert status(webhook_signature="") == 401
    assert one.http.post("/hooks", content=body + b" ", headers=good).status_code == 401
    for late in (-301, 301):
        assert tell(one.base, "claim.paid", identifier="h9", at=stamp + late * 1.01).status_code == 401
    assert one.get("/claims").json() == []
    assert status(webhook_signature="v1,AAAA " + good["webhook-signature"]) == 200


def test_the_product_library_signs_what_we_accept(insurer):
    from datetime import UTC, datetime

    one, body, at = insurer(), '{"type": "claim.registered", "data": {"claim_id": "甲"}}', datetime.now(UTC)
    signature = Webhook(SECRET).sign(msg_id="m1", timestamp=at, data=body)
    headers = {"webhook-id": "m1", "webhook-timestamp": str(int(at.timestamp()))}
    headers["webhook-signature"] = signature
    answer = one.http.post("/hooks", content=body.encode(), headers=headers)
    assert answer.status_code == 200, answer.text


def test_a_killed_insurer_goes_on_where_it_was(city, insurer):
    office, one = city[0], insurer()
    office.failing = 10**6
    registered(one)
    until(lambda: len(office.told) >= 2)
    one.kill()
    assert office.taken == {}
    office.failing = 0
    one.start()
    until(lambda: len(office.taken) == 3 and claim(one)["state"] == "assessed")
    keys = [key for key, path in office.told if path.endswith("acknowledgement")]
    assert len(keys) >= 3
    assert len(set(keys)) == 1


def test_a_city_that_is_away_is_asked_again(run, insurer, city, tmp_path):
    one = run("insurer", "--base", "http://127.0.0.1:9", "--client-id", "huaihai", "--secret", SECRET)
    registered(one)
    until(lambda: claim(one)["calls"][0]["tries"] >= 2)
    assert "ConnectionRefused" in claim(one)["calls"][0]["note"]


def test_bad_behaviour_changes_nothing_that_counts(city, insurer):
    office, one = city[0], insurer("--twice", "--wrong-order", "--delay", "50")
    one.post("/behaviour", {"fail_rate": 0.5})
    for n in range(60):
        if registered(one).status_code == 200:
            break
        assert n < 50
    until(lambda: len(office.taken) == 3, seconds=15)
    one.post("/behaviour", {"fail_rate": 0})
    until(lambda: all(call["state"] == "taken" for call in claim(one)["calls"]), seconds=15)
    assert [path.rsplit("/", 1)[-1] for _, path, _ in office.taken.values()] == [
        "v2",
        "v1",
        "acknowledgement",
    ]
    assert len(office.told) >= 6
    assert len({key for key, _ in office.told}) == 3


def test_down_is_switched_at_run_time_and_kept(insurer):
    one = insurer("--down")
    assert registered(one).status_code == 503
    one.post("/behaviour", {"down": False})
    one.post("/behaviour", {"delay_ms": 60000})
    assert registered(one).status_code == 200
    assert one.post("/behaviour", {"up": True}).status_code == 422


def test_a_file_with_another_hash_stops_the_claim_until_it_is_mended(city, insurer):
    office, one = city[0], insurer()
    right = office.packet["documents"][0]["sha256"]
    office.packet["documents"][0]["sha256"] = "0" * 64
    registered(one)
    until(lambda: claim(one)["state"] == "discrepancy")
    assert "hash" in claim(one)["note"]
    assert office.told == []
    office.packet["documents"][0]["sha256"] = right
    tell(one.base, "paper.superseded", identifier="h2", case_number=NUMBER)
    until(lambda: claim(one)["state"] == "assessed")


def test_files_on_another_host_never_see_the_token(city, insurer):
    office, one = city[0], insurer()
    office.packet["photos"][0]["url"] = "http://127.0.0.1:9/files/photo"
    registered(one)
    until(lambda: claim(one)["state"] == "discrepancy")
    assert "another host" in claim(one)["note"]


def test_a_token_that_was_withdrawn_is_replaced(city, insurer):
    office, one = city[0], insurer()
    registered(one)
    until(lambda: len(office.taken) == 3)
    office.tokens += 1  # the city now knows only a token it has given to nobody
    tell(
        one.base,
        "claim.calculated",
        identifier="h2",
        claim_id=CLAIM,
        calculation_id="c",
        approval_needed=True,
    )
    until(lambda: office.writes("/approval"))


def test_revocation_withdraws_what_was_not_said_yet(city, insurer):
    office, one = city[0], insurer()
    office.failing = 10**6
    registered(one)
    until(lambda: office.told)
    tell(one.base, "paper.revoked", identifier="h2", claim_id=CLAIM, case_number=NUMBER)
    until(lambda: claim(one)["state"] == "held")
    office.failing = 0
    time.sleep(0.7)
    assert office.writes("/assessments") == []
    tell(one.base, "claim.updated", identifier="h3", claim_id=CLAIM, case_number=NUMBER)
    until(lambda: len(office.writes("/assessments")) == 2)


def test_amounts_are_stable_and_mostly_between_600_and_6000_yuan():
    n = 2000
    totals = []
    for i in range(n):
        lines, total = assessing.assess("HUAIHAI", f"苏JA{i:04d}", ["LEFT", "FRONT_LEFT"])
        assert (lines, total) == assessing.assess("HUAIHAI", f"苏JA{i:04d}", ["FRONT_LEFT", "LEFT"][::-1])
        assert all(line["amount_fen"] > 0 and line["amount_fen"] % 100 == 0 for line in lines)
        totals.append(total)
    assert 0.72 < sum(60_000 <= total <= 600_000 for total in totals) / n < 0.88
    assert min(totals) > 20_000
    assert max(totals) < 2_000_000
    assert assessing.PARTS["REAR_RIGHT"] == ("右后叶子板", "右尾灯", "后杠右角")
