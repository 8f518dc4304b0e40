"""The adapters against the stand-ins, over the wire."""

from __future__ import annotations

from datetime import date

import pytest

from kuaichu.connectors.payout import rail
from kuaichu.connectors.policies import http as policies
from kuaichu.connectors.register import http as register
from kuaichu.connectors.sms import gateway
from kuaichu.kernel.refusals import Upstream
from kuaichu.standins.serving import Refused, Reply, Site
from tests.standins.running import free_port, listening, until

ID = "320902190003150028"
PAYEE = {"account": "6222021001112345", "name_masked": "王*"}


def test_register(run):
    side = run("register")
    desk = register.connect({"base_url": side.base})
    side.put("/drivers/one", {"id_no": ID, "name": "王小明", "classes": "C1"})
    assert desk.driver(ID)["name"] == "王小明"
    assert desk.vehicle("苏JA1234", "02")["kind"] == "02"
    assert desk.vehicle("苏JA1234") == desk.vehicle("苏JA1234", "02")
    assert desk.vehicle("苏JZ0123") is None
    with pytest.raises(Upstream) as refused:
        desk.driver("110105194912310021")
    assert not refused.value.retry
    assert "110105" not in str(refused.value) + str(refused.value.message)
    side.kill()
    with pytest.raises(Upstream) as away:
        desk.vehicle("苏JA1234")
    assert away.value.retry
    side.start()
    assert desk.vehicle("苏JA1234")["plate"] == "苏JA1234"  # the open client recovers
    desk.close()


def test_policies(run):
    side = run("policies")
    desk = policies.connect({"base_url": side.base})
    mine = {"cover": "CTALI", "insurer": "TAIHU", "number": "1", "starts": "2026-01-01", "ends": "2026-12-31"}
    side.put("/policies/苏JA1234", {"policies": [mine]})
    [found] = desk.policies("苏JA1234", "LSVAA49J132047371", date(2026, 11, 22))
    assert found == {**mine, "insurer_name": "太湖财产保险", "limit_fen": None, "deductible_fen": None}
    assert desk.policies("苏JA1234", None, date(2027, 1, 1)) == []
    with pytest.raises(Upstream) as refused:
        desk.policies("XX", None, date(2027, 1, 1))
    assert not refused.value.retry


def test_sms(run):
    side = run("phones")
    desk = gateway.connect({"base_url": side.base})
    first = desk.send("13800001234", "您好", "k1")
    assert desk.send("13800001234", "您好", "k1") == first
    assert len(side.post("/api/messages/query", {"to": "13800001234"}).json()) == 1
    for to, key in (("123", "k2"), ("13900001234", "k1")):
        with pytest.raises(Upstream) as refused:
            desk.send(to, "您好", key)
        assert not refused.value.retry


def test_payments_are_paid_once_even_when_the_answer_is_lost(run):
    side = run("rail", "--settle", "200")
    desk = rail.connect({"base_url": side.base})
    assert desk.look("a/b 1") is None
    side.post("/behaviour", {"lost_answer": 1})
    with pytest.raises(Upstream) as lost:
        desk.pay("a-1", 500, PAYEE, "HUAIHAI", "case")
    assert lost.value.retry
    again = desk.pay("a-1", 500, PAYEE, "HUAIHAI", "case")
    assert (again.status, again.amount_fen, again.settled_at) == ("accepted", 500, None)
    settled = until(lambda: (state := desk.look("a-1")) and state.settled_at and state)
    assert settled.settled_at.utcoffset().total_seconds() == 0
    assert settled.receipt == again.receipt
    with pytest.raises(Upstream) as refused:
        desk.pay("a-1", 501, PAYEE, "HUAIHAI", "case")
    assert not refused.value.retry
    side.post("/behaviour", {"reject": 1})
    rejected = desk.pay("a-2", 500, PAYEE, "HUAIHAI", "case")
    assert (rejected.status, bool(rejected.reason)) == ("rejected", True)
    assert side.get("/ledger").json()["settled_fen"] == 500


def test_a_late_answer_is_retried_with_the_same_key(run):
    side = run("rail", "--settle", "0")
    desk = rail.connect({"base_url": side.base, "timeout_seconds": "0.3"})
    side.post("/behaviour", {"late_ms": 800})
    with pytest.raises(Upstream) as late:
        desk.pay("k", 500, PAYEE, "HUAIHAI", "case")
    assert late.value.retry
    side.post("/behaviour", {"late_ms": 0})
    assert desk.pay("k", 500, PAYEE, "HUAIHAI", "case").status == "settled"
    assert side.get("/ledger").json()["settled_fen"] == 500


@pytest.mark.parametrize(
    ("content", "status", "retry"),
    [
        (b"<html>", 200, True),
        (b"[1]", 200, True),
        (b"{}", 200, True),
        (b"null", 200, True),
        (b"{}", 503, True),
        (b"{}", 429, True),
        (b"{}", 403, False),
        (b"{}", 302, False),
    ],
)
def test_broken_answers_become_upstream(content, status, retry):
    site = Site("broken")
    for method, path in (("POST", "/messages"), ("POST", "/policies/query"), ("PUT", "/payments/{key}")):
        site.on(method, path, lambda _: Reply(status, content))
    with listening(site) as base:
        config = {"base_url": base}
        calls = [
            lambda: gateway.connect(config).send("13800001234", "x", "k"),
            lambda: policies.connect(config).policies("苏JA1234", None, date(2026, 1, 1)),
            lambda: rail.connect(config).pay("k", 1, PAYEE, "A", "r"),
        ]
        for call in calls:
            with pytest.raises(Upstream) as broken:
                call()
            assert broken.value.retry is retry


def test_token_is_sent_and_nobody_listening_is_upstream():
    site = Site("guarded")

    def send(request):
        if request.headers.get("authorization") != "Bearer s3cret":
            raise Refused(401, "no")
        return Reply(200, b'{"receipt": "r"}')

    site.on("POST", "/messages", send)
    with listening(site) as base:
        assert gateway.connect({"base_url": base, "token": "s3cret"}).send("13800001234", "x", "k") == "r"
        with pytest.raises(Upstream):
            gateway.connect({"base_url": base}).send("13800001234", "x", "k")
    with pytest.raises(Upstream) as nobody:
        gateway.connect({"base_url": f"http://127.0.0.1:{free_port()}"}).send("13800001234", "x", "k")
    assert nobody.value.retry
