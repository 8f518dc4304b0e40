from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.standins.running import until

ORDER = {
    "amount_fen": 123456,
    "currency": "CNY",
    "payee": {"account": "6222021001112345", "name_masked": "王*"},
    "payer": "HUAIHAI",
    "reference": "case 1",
}


def test_pays_once_and_settles_across_a_kill(run):
    rail = run("rail", "--settle", "300")
    first = rail.put("/payments/k1", ORDER)
    assert (first.status_code, first.json()["status"]) == (202, "accepted")
    assert rail.get("/ledger").json()["settled_fen"] == 0
    rail.kill()
    rail.start()
    again = rail.put("/payments/k1", ORDER)
    assert again.status_code == 200
    assert again.json()["receipt"] == first.json()["receipt"]
    settled = until(lambda: rail.get("/payments/k1").json()["settled_at"])
    assert settled > first.json()["accepted_at"]
    assert rail.put("/payments/k1", ORDER).json()["status"] == "settled"
    ledger = rail.get("/ledger").json()
    assert ledger["settled_fen"] == 123456
    assert ledger["balance_fen"] == 0
    assert ledger["by_payer"] == {"HUAIHAI": 123456}


def test_another_order_under_the_same_key_is_refused(run):
    rail = run("rail", "--settle", "0")
    rail.put("/payments/k1", ORDER)
    for change in ({"amount_fen": 1}, {"payer": "TAIHU"}, {"payee": {"account": "1"}}):
        answer = rail.put("/payments/k1", {**ORDER, **change})
        assert (answer.status_code, bool(answer.json()["detail"])) == (409, True)
    assert rail.get("/ledger").json()["settled_fen"] == 123456


def test_many_at_once_pay_once(run):
    rail = run("rail", "--settle", "0")
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: rail.put(f"/payments/k{n % 3}", ORDER), range(48)))
    assert sorted(a.status_code for a in answers).count(202) == 3
    assert len({a.json()["receipt"] for a in answers}) == 3
    assert rail.get("/ledger").json()["settled_fen"] == 3 * 123456


def test_a_lost_answer_has_paid(run):
    rail = run("rail", "--settle", "0")
    rail.post("/behaviour", {"lost_answer": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        rail.put("/payments/k1", ORDER)
    assert rail.get("/payments/k1").json()["status"] == "settled"
    assert rail.put("/payments/k1", ORDER).status_code == 200
    assert rail.get("/ledger").json()["settled_fen"] == 123456


def test_reject_twice_and_late(run):
    rail = run("rail", "--settle", "0")
    rail.post("/behaviour", {"reject": 1, "twice": True, "late_ms": 150})
    rejected = rail.put("/payments/k1", ORDER)
    assert rejected.elapsed.total_seconds() >= 0.15
    assert (rejected.json()["status"], bool(rejected.json()["reason"])) == ("rejected", True)
    assert rail.put("/payments/k2", ORDER).json()["status"] == "settled"
    assert rail.put("/payments/k1", ORDER).json()["status"] == "rejected"
    assert rail.get("/ledger").json()["settled_fen"] == 123456
    assert "paid once" in rail.get("/").text
    rail.kill()
    rail.start()
    kept = {"reject": 0, "twice": True, "late_ms": 150, "lost_answer": 0, "short": 0, "partial": 0}
    assert rail.get("/behaviour").json() == kept


@pytest.mark.parametrize(
    "change",
    [
        {"amount_fen": 0},
        {"amount_fen": 1.5},
        {"amount_fen": True},
        {"currency": "USD"},
        {"payee": "x"},
        {"payee": {}},
        {"payer": ""},
        {"reference": None},
    ],
)
def test_orders_that_make_no_sense(run, change):
    assert run("rail").put("/payments/k", {**ORDER, **change}).status_code == 422


def test_unknown_keys_and_switches(run):
    rail = run("rail")
    assert rail.get("/payments/none").status_code == 404
    assert rail.post("/behaviour", {"explode": True}).status_code == 422
    assert rail.post("/behaviour", {"twice": 1}).status_code == 422
    assert rail.post("/behaviour", {"late_ms": "soon"}).status_code == 422
