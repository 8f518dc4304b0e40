"""The payout rail: pays an order once, however often it is told to.

`PUT /payments/{key} {amount_fen, currency: "CNY", payee: {account, name_masked?}, payer, reference}` answers
202 `{key, status: "accepted", receipt, ...}`; the same again answers 200 with the present status, the same
key with another order 409. A payment settles by itself after `--settle` milliseconds. `GET /payments/{key}`
shows one, `GET /ledger` the totals. `POST /behaviour` makes it misbehave: `late_ms` answers late,
`lost_answer` n pays n times and drops the connection, `reject` n turns the next n orders down (below zero:
all), `twice` takes every order twice inside, `short` n settles one fen less than ordered, `partial` n takes
only the first half of a batch. Batches and statements: `rail_batches`.
"""

from __future__ import annotations

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from kuaichu.standins import pages
from kuaichu.standins.rails.batches import SCHEMA as BATCHES
from kuaichu.standins.rails.batches import Batches
from kuaichu.standins.serving import (
    LostAnswer,
    Refused,
    Reply,
    Request,
    Site,
    arguments,
    html,
    reply,
    serve,
    text_of,
)
from kuaichu.standins.store import Behaviour, Row, Store, now

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (key TEXT PRIMARY KEY, sent TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    payee TEXT NOT NULL, payer TEXT NOT NULL, reference TEXT NOT NULL, status TEXT NOT NULL,
    receipt TEXT NOT NULL, reason TEXT, accepted_at TEXT NOT NULL, settles_at TEXT, told INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entries (key TEXT, side TEXT, account TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (key, side));
"""
_SWITCHES: dict[str, int | float | bool] = {
    "late_ms": 0, "lost_answer": 0, "reject": 0, "twice": False, "short": 0, "partial": 0,
}  # fmt: skip
_INSERT = """INSERT INTO payments VALUES (:key, :sent, :amount_fen, :payee, :payer, :reference, :status,
    :receipt, :reason, :accepted_at, :settles_at, 1)"""
_TURNED_DOWN = "收款账户异常 the payee's bank turned it down"
_COLUMNS = ("时间 time", "付款方 payer", "收款账户 payee", "金额 amount", "状态 status", "请求 told")
_STATUS = {"accepted": ("已受理", "warn"), "settled": ("已到账", "ok"), "rejected": ("已退回", "bad")}


class Rail:
    """The rail's desk; payments settle `settle_ms` milliseconds after they are accepted."""

    def __init__(self, store: Store, settle_ms: int) -> None:
        self.store = store
        self.settle_ms = settle_ms
        self.behaviour = Behaviour(store, _SWITCHES)

    def site(self) -> Site:
        """Its addresses."""
        site = Site("rail")
        site.on("PUT", "/payments/{key}", self.pay)
        site.on("GET", "/payments/{key}", self.look)
        site.on("GET", "/ledger", self.ledger)
        site.on("GET", "/behaviour", lambda _: reply(self.behaviour.all()))
        site.on("POST", "/behaviour", self.change)
        site.on("GET", "/", self.page)
        Batches(self.store, self.behaviour, self._take, self._settle, _shown).add_to(site)
        return site

    def pay(self, request: Request) -> Reply:
        """Take an order, once by its key."""
        order = _order(request.body())
        new = self._take(request.named["key"], order)
        if self.behaviour.get("twice"):
            self._take(request.named["key"], order)
        time.sleep(self.behaviour.get("late_ms") / 1000)
        if self.behaviour.take("lost_answer"):
            raise LostAnswer
        return reply(_shown(self._row(request.named["key"])), 202 if new else 200)

    def look(self, request: Request) -> Reply:
        """One payment, 404 when the key was never used."""
        return reply(_shown(self._row(request.named["key"])))

    def ledger(self, _: Request) -> Reply:
        """Totals, from the entries: debits and credits cancel."""
        self._settle()
        by_status = {
            r["status"]: {"payments": r["n"], "fen": r["fen"]}
            for r in self.store.rows(
                "SELECT status, COUNT(*) n, SUM(amount_fen) fen FROM payments GROUP BY status"
            )
        }
        paid = self.store.rows(
            "SELECT account, SUM(amount_fen) fen FROM entries WHERE side = 'credit' GROUP BY account"
        )
        payers = self.store.rows(
            "SELECT account, -SUM(amount_fen) fen FROM entries WHERE side = 'debit' GROUP BY account"
        )
        balance = self.store.row("SELECT COALESCE(SUM(amount_fen), 0) fen FROM entries")
        return reply(
            {
                "by_status": by_status,
                "settled_fen": sum(r["fen"] for r in paid),
                "by_payer": {r["account"]: r["fen"] for r in payers},
                "balance_fen": balance["fen"] if balance else 0,
            }
        )

    def change(self, request: Request) -> Reply:
        """Switch misbehaviour."""
        try:
            return reply(self.behaviour.change(request.body()))
        except ValueError as wrong:
            raise Refused(422, str(wrong)) from None

    def page(self, _: Request) -> Reply:
        """The payments, latest first."""
        self._settle()
        rows = self.store.rows("SELECT * FROM payments ORDER BY accepted_at DESC LIMIT 60")
        settled = self.store.row(
            "SELECT COALESCE(SUM(amount_fen), 0) fen, COUNT(*) n FROM entries WHERE side = 'credit'"
        )
        assert settled
        return html(
            pages.page(
                "赔款支付通道（演示）",
                "Payout rail (stand-in, no real money)",
                pages.figures(
                    [("已到账 settled", pages.yuan(settled["fen"])), ("笔数 payments", f"{settled['n']}")]
                ),
                pages.heading("最近付款", "Latest payments"),
                pages.table(
                    _COLUMNS,
                    [_line(row) for row in rows],
                    empty="尚无付款 No payments yet",
                ),
            )
        )

    def _take(self, key: str, order: dict[str, Any]) -> bool:
        sent = json.dumps(order, sort_keys=True, ensure_ascii=False)
        with self.store.write() as db:
            known = self.store.row("SELECT sent FROM payments WHERE key = ?", key)
            if known and known["sent"] != sent:
                raise Refused(409, "this key was used for another order")
            if known:
                db.execute("UPDATE payments SET told = told + 1 WHERE key = ?", (key,))
                return False
            refused = self.behaviour.take_within(db, "reject")
            settles = datetime.now(UTC) + timedelta(milliseconds=self.settle_ms)
            row = {
                "key": key,
                "sent": sent,
                "amount_fen": order["amount_fen"] - self.behaviour.take_within(db, "short"),
                "payee": json.dumps(order["payee"], ensure_ascii=False),
                "payer": order["payer"],
                "reference": order["reference"],
                "status": "rejected" if refused else "accepted",
                "receipt": f"R{uuid.uuid4().hex[:16].upper()}",
                "reason": _TURNED_DOWN if refused else None,
                "accepted_at": now(),
                "settles_at": None if refused else now(settles),
            }
            db.execute(_INSERT, row)
            return True

    def _row(self, key: str) -> Row:
        self._settle()
        row = self.store.row("SELECT * FROM payments WHERE key = ?", key)
        if row is None:
            raise Refused(404, "no payment has this key")
        return row

    def _settle(self) -> None:
        """Settle what is due: the two entries have the payment's key, so it can never be paid again."""
        due = "SELECT key FROM payments WHERE status = 'accepted' AND settles_at <= ?"
        moment = now()
        if not self.store.rows(due + " LIMIT 1", moment):
            return
        with self.store.write() as db:
            for row in self.store.rows(due.replace("key", "*", 1), moment):
                key, fen, at = row["key"], row["amount_fen"], row["settles_at"]
                sides = (("debit", row["payer"], -fen), ("credit", json.loads(row["payee"])["account"], fen))
                entries = [(key, *side, at) for side in sides]
                db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", entries)
                db.execute("UPDATE payments SET status = 'settled' WHERE key = ?", (key,))


def _order(body: dict[str, Any]) -> dict[str, Any]:
    amount, payee = body.get("amount_fen"), body.get("payee")
    if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
        raise Refused(422, "'amount_fen' must be whole fen above zero")
    if body.get("currency") != "CNY":
        raise Refused(422, "'currency' must be CNY")
    if not isinstance(payee, dict):
        raise Refused(422, "'payee' must be an object with an account")
    to = {"account": text_of(payee, "account", longest=64)}
    if payee.get("name_masked"):
        to["name_masked"] = text_of(payee, "name_masked", longest=64)
    names = {name: text_of(body, name, longest=100) for name in ("payer", "reference")}
    return {"amount_fen": amount, "currency": "CNY", "payee": to, **names}


def _shown(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "status": row["status"],
        "receipt": row["receipt"],
        "amount_fen": row["amount_fen"],
        "currency": "CNY",
        "reason": row["reason"],
        "accepted_at": row["accepted_at"],
        "settled_at": row["settles_at"] if row["status"] == "settled" else None,
    }


def _line(row: Row) -> tuple[str, ...]:
    payee, (words, tone) = json.loads(row["payee"]), _STATUS[row["status"]]
    account = pages.hidden(payee["account"]) + " " + payee.get("name_masked", "")
    told = "1" if row["told"] == 1 else f"{row['told']} 次，仅付一次 paid once"
    return (
        pages.clock(row["accepted_at"]),
        pages.linked(f"{row['payer']} · {row['reference']}"),
        pages.linked(account),
        pages.yuan(row["amount_fen"]),
        pages.pill(words, tone),
        told,
    )


def main() -> None:
    """Run the rail."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--settle", type=int, default=1500, help="milliseconds until a payment settles")
    options = parser.parse_args()
    store = Store(options.store, _SCHEMA + BATCHES)
    serve(Rail(store, options.settle).site(), host=options.host, port=options.port, close=store.close)


if __name__ == "__main__":
    main()
