"""An insurer's claim system, run once for each connected insurer.

`POST /hooks` takes the city's Standard Webhooks; each is kept and done once by its `webhook-id`. A worker
then uses the city's insurer API: it reads the packet, compares every file with its stated SHA-256,
acknowledges with a report number, assesses each vehicle of `packet["assess"]`, and approves a calculation
when it is asked to. `GET /claims` lists the claims as JSON, `POST /behaviour` makes the insurer misbehave:
`down` (503 on hooks), `fail_rate`, `delay_ms`, `twice`, `wrong_order`.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from sqlite3 import Connection
from typing import Any

from kuaichu.standins import hooks, pages
from kuaichu.standins.insurer_calls import Api
from kuaichu.standins.insurer_work import SCHEMA, Worker
from kuaichu.standins.serving import Refused, Reply, Request, Site, arguments, html, reply, serve
from kuaichu.standins.store import Behaviour, Row, Store, now

_SWITCHES: dict[str, int | float | bool] = {
    "delay_ms": 0,
    "fail_rate": 0.0,
    "twice": False,
    "wrong_order": False,
    "down": False,
}
_CLAIM_COLUMNS = ("案件号 case", "报案号 report", "状态 state", "核验文件 files", "定损 loss", "备注 note")
_STATE = {
    "received": ("已收到", ""),
    "verified": ("材料已核验", ""),
    "acknowledged": ("已立案", "warn"),
    "assessed": ("已定损", "warn"),
    "approved": ("已核赔", "ok"),
    "paid": ("已支付", "ok"),
    "held": ("暂缓", "bad"),
    "discrepancy": ("材料不符", "bad"),
    "refused": ("被退回", "bad"),
}


_CALLS = {
    "read": "读取材料 read",
    "acknowledgement": "报案号回执 acknowledge",
    "assessment": "定损 assess",
    "approval": "核赔 approve",
}
_CALL_STATE = {
    "waiting": ("待送达 waiting", "warn"),
    "taken": ("已送达 taken", "ok"),
    "refused": ("被拒绝 refused", "bad"),
    "withdrawn": ("已撤回 withdrawn", "bad"),
}


class Insurer:
    """The insurer's front desk: takes the events and puts work on the worker's list."""

    def __init__(self, store: Store, worker: Worker, behaviour: Behaviour, name: str, key: bytes) -> None:
        self.store, self.worker, self.behaviour, self.name, self._key = store, worker, behaviour, name, key
        self._heard: dict[str, Callable[[Connection, str, dict[str, Any], str], None]] = {
            "claim.registered": self._read,
            "claim.updated": self._read,
            "paper.superseded": self._read,
            "claim.calculated": self._calculated,
            "claim.paid": self._paid,
            "paper.revoked": self._revoked,
        }

    def site(self) -> Site:
        """Its addresses."""
        site = Site("insurer")
        site.on("POST", "/hooks", self.hook)
        site.on("GET", "/claims", self.claims)
        site.on("GET", "/behaviour", lambda _: reply(self.behaviour.all()))
        site.on("POST", "/behaviour", self.change)
        site.on("GET", "/", self.page)
        return site

    def hook(self, request: Request) -> Reply:
        """Take one event: 401 when not genuine, 503 while down, else kept before it is acknowledged."""
        if self.behaviour.get("down") or random.random() < self.behaviour.get("fail_rate"):
            raise Refused(503, "the claim system is down")
        try:
            identifier = hooks.check(self._key, request.headers, request.content, time.time())
        except hooks.NotGenuine as no:
            raise Refused(401, str(no)) from None
        event = request.body()
        data = event.get("data")
        if not isinstance(data, dict) or not isinstance(event.get("type"), str):
            raise Refused(422, "an event has a 'type' and 'data'")
        new = self._keep(identifier, event["type"], data)
        self.worker.wake()
        return reply({"received": True, "duplicate": not new})

    def claims(self, _: Request) -> Reply:
        """Every claim with the calls made for it, oldest first."""
        claims = self.store.rows("SELECT * FROM claims ORDER BY at")
        for claim in claims:
            claim["calls"] = self.store.rows(
                "SELECT kind, key, state, tries, note FROM work WHERE claim_id = ? ORDER BY seq",
                claim["claim_id"],
            )
        return reply(claims)

    def change(self, request: Request) -> Reply:
        """Switch misbehaviour."""
        try:
            return reply(self.behaviour.change(request.body()))
        except ValueError as wrong:
            raise Refused(422, str(wrong)) from None

    def page(self, _: Request) -> Reply:
        """Claims, calls and events, latest first."""
        claims = self.store.rows("SELECT * FROM claims ORDER BY at DESC LIMIT 40")
        calls = self.store.rows("SELECT * FROM work ORDER BY seq DESC LIMIT 40")
        events = self.store.rows("SELECT * FROM hooks ORDER BY rowid DESC LIMIT 40")
        return html(
            pages.page(
                f"{self.name} · 理赔系统（演示）",
                "An insurer's claim system (stand-in)",
                pages.heading("案件", "Claims"),
                pages.table(
                    _CLAIM_COLUMNS,
                    [_claim(row) for row in claims],
                    empty="还没有案件 No claims yet",
                ),
                pages.heading("调用平台接口", "Calls to the city"),
                pages.table(
                    ["时间 time", "动作 call", "状态 state", "次数 tries", "答复 answer"],
                    [_call(row) for row in calls],
                    empty="尚无 None yet",
                ),
                pages.heading("收到的通知", "Events received"),
                pages.table(
                    ["时间 time", "类型 type", "次数 told"],
                    [(pages.clock(r["at"]), pages.linked(r["type"]), str(r["told"])) for r in events],
                    empty="尚无 None yet",
                ),
            )
        )

    def _keep(self, identifier: str, kind: str, data: dict[str, Any]) -> bool:
        with self.store.write() as db:
            done = db.execute("UPDATE hooks SET told = told + 1 WHERE id = ?", (identifier,))
            if done.rowcount:
                return False
            for claim_id in self._meant(db, data):
                if act := self._heard.get(kind):
                    act(db, claim_id, data, identifier)
            row = (identifier, now(), kind, str(data.get("claim_id") or ""))
            db.execute("INSERT INTO hooks VALUES (?, ?, ?, ?, 1)", row)
        return True

    def _meant(self, db: Connection, data: dict[str, Any]) -> list[str]:
        """The claims an event is about: the one it names, else all of its case."""
        number = str(data.get("case_number") or "")
        if not data.get("claim_id"):
            found = self.store.rows("SELECT claim_id FROM claims WHERE case_number = ?", number)
            return [row["claim_id"] for row in found]
        claim_id = str(data["claim_id"])
        db.execute(
            "INSERT INTO claims (claim_id, case_number, state, note, at) VALUES (?, ?, 'received', '', ?) "
            "ON CONFLICT (claim_id) DO NOTHING",
            (claim_id, number, now()),
        )
        return [claim_id]

    def _read(self, db: Connection, claim_id: str, _: dict[str, Any], identifier: str) -> None:
        self.worker.plan(db, claim_id, "read", seed=identifier)

    def _calculated(self, db: Connection, claim_id: str, data: dict[str, Any], _: str) -> None:
        if data.get("approval_needed") is True and (calculation := data.get("calculation_id")):
            body = {"calculation_id": calculation}
            self.worker.plan(db, claim_id, "approval", "/approval", body=body, seed=str(calculation))

    def _paid(self, db: Connection, claim_id: str, _: dict[str, Any], __: str) -> None:
        db.execute("UPDATE claims SET state = 'paid', note = '' WHERE claim_id = ?", (claim_id,))

    def _revoked(self, db: Connection, claim_id: str, _: dict[str, Any], __: str) -> None:
        sql = "UPDATE work SET state = 'withdrawn', note = ? WHERE claim_id = ? AND state = 'waiting'"
        db.execute(sql, ("paper revoked", claim_id))
        sql = "UPDATE claims SET state = 'held', note = '认定书已撤销 paper revoked' WHERE claim_id = ?"
        db.execute(sql, (claim_id,))


def _claim(row: Row) -> tuple[str, ...]:
    words, tone = _STATE.get(row["state"], (row["state"], ""))
    return (
        pages.linked(row["case_number"]),
        pages.linked(row["report_number"] or ""),
        pages.pill(words, tone),
        f"{row['checked']} ✓" if row["checked"] else "",
        pages.yuan(row["total_fen"]) if row["total_fen"] else "",
        pages.linked(row["note"] or ""),
    )


def _call(row: Row) -> tuple[str, ...]:
    words, tone = _CALL_STATE[row["state"]]
    tries = str(row["tries"] + (row["state"] == "taken"))
    answer = pages.linked(str(row["note"] or ""))
    return (pages.clock(row["at"]), _CALLS[row["kind"]], pages.pill(words, tone), tries, answer)


def main() -> None:
    """Run an insurer. The two secrets may come from the environment instead of the command line."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--code", default="HUAIHAI")
    parser.add_argument("--name", default="淮海财产保险")
    parser.add_argument("--base", required=True, help="the city's address, e.g. http://127.0.0.1:8000")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret", default=os.environ.get("STANDIN_CLIENT_SECRET", ""))
    parser.add_argument("--secret", default=os.environ.get("STANDIN_HOOK_SECRET", ""), help="whsec_...")
    parser.add_argument("--delay", type=int, help="milliseconds before each call")
    parser.add_argument("--fail-rate", type=float, help="share of hooks and calls that fail, 0 to 1")
    for switch in ("--twice", "--wrong-order", "--down"):
        parser.add_argument(switch, action="store_true", default=None)
    options = parser.parse_args()
    store = Store(options.store, SCHEMA)
    behaviour = Behaviour(store, _SWITCHES)
    chosen = {"delay_ms": options.delay, "fail_rate": options.fail_rate, "twice": options.twice}
    chosen |= {"wrong_order": options.wrong_order, "down": options.down}
    behaviour.change({name: value for name, value in chosen.items() if value is not None})
    worker = Worker(
        store, Api(options.base, options.client_id, options.client_secret), behaviour, options.code
    )
    worker.start()
    desk = Insurer(store, worker, behaviour, options.name, hooks.key_of(options.secret))

    def close() -> None:
        worker.stop()
        store.close()

    serve(desk.site(), host=options.host, port=options.port, close=close)


if __name__ == "__main__":
    main()
