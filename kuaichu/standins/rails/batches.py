"""The rail's other doors: batch files with their results, and the statement of a day.

`PUT /batches/{name} {file}` takes a CSV whose last line states number, sum and SHA-256; a file that does not
add up is refused whole. `GET /batches/{name}` gives the state of each of its payments. `GET
/statements/{day}` lists what was settled on a day of China.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from kuaichu.standins.serving import LostAnswer, Refused, Reply, Request, Site, reply, text_of
from kuaichu.standins.store import Behaviour, Row, Store, now

SCHEMA = "CREATE TABLE IF NOT EXISTS batches (name TEXT PRIMARY KEY, keys TEXT NOT NULL, at TEXT NOT NULL);"
CHINA = timezone(timedelta(hours=8))
COLUMNS = ["key", "amount_fen", "account", "name", "payer", "reference"]
MOST = 3_000_000
Order = dict[str, Any]


class Batches:
    """Batches and statements over the payments of the rail: `take(key, order)`, `settle()`, `shown(row)`."""

    def __init__(
        self,
        store: Store,
        behaviour: Behaviour,
        take: Callable[[str, Order], bool],
        settle: Callable[[], None],
        shown: Callable[[Row], dict[str, Any]],
    ) -> None:
        self._store, self._behaviour = store, behaviour
        self._take, self._settle, self._shown = take, settle, shown

    def add_to(self, site: Site) -> None:
        """Open the doors."""
        site.on("PUT", "/batches/{name}", self.put)
        site.on("GET", "/batches/{name}", self.look)
        site.on("GET", "/statements/{day}", self.statement)

    def put(self, request: Request) -> Reply:
        """Take a file; `partial` takes its first half only, `lost_answer` takes it and answers nothing."""
        orders = orders_of(text_of(request.body(), "file", longest=MOST))
        taken = orders[: len(orders) // 2] if self._behaviour.take("partial") else orders
        for key, order in taken:
            self._take(key, order)
        name, keys = request.named["name"], json.dumps([key for key, _order in orders])
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO batches VALUES (?, ?, ?)", (name, keys, now()))
        if self._behaviour.take("lost_answer"):
            raise LostAnswer
        return reply({"name": name, "orders": len(orders)}, 202)

    def look(self, request: Request) -> Reply:
        """The states of a batch's payments, by key; what was not taken is not there."""
        self._settle()
        row = self._store.row("SELECT keys FROM batches WHERE name = ?", request.named["name"])
        if row is None:
            raise Refused(404, "no batch has this name")
        found = (
            self._store.row("SELECT * FROM payments WHERE key = ?", key) for key in json.loads(row["keys"])
        )
        return reply({"payments": {one["key"]: self._shown(one) for one in found if one}})

    def statement(self, request: Request) -> Reply:
        """What was settled on a day."""
        self._settle()
        try:
            start = datetime.combine(date.fromisoformat(request.named["day"]), time.min, CHINA)
        except ValueError:
            raise Refused(404, "no such day") from None
        rows = self._store.rows("SELECT * FROM payments WHERE status = 'settled' ORDER BY settles_at, key")
        end = start + timedelta(days=1)
        own = [row for row in rows if start <= datetime.fromisoformat(row["settles_at"]) < end]
        return reply({"day": request.named["day"], "payments": [self._shown(row) for row in own]})


def orders_of(text: str) -> list[tuple[str, Order]]:
    """The orders of a batch file by key; refuses (422) one that does not add up."""
    body, _found, last = text.removesuffix("\r\n").rpartition("\r\n")
    rows = list(csv.reader(io.StringIO(body + "\r\n", newline="")))
    if not rows or rows[0] != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise Refused(422, "the columns are " + ",".join(COLUMNS))
    try:
        orders = [(row[0], _order(row)) for row in rows[1:]]
    except ValueError:
        raise Refused(422, "amounts are whole fen above zero") from None
    total = sum(order["amount_fen"] for _key, order in orders)
    digest = hashlib.sha256((body + "\r\n").encode()).hexdigest()
    if last != f"TOTAL,{len(orders)},{total},{digest}":
        raise Refused(422, "the last line does not fit the file")
    return orders


def _order(row: list[str]) -> Order:
    _key, fen, account, name, payer, reference = row
    if int(fen) <= 0:
        raise ValueError
    payee = {"account": account, **({"name_masked": name} if name else {})}
    return {"amount_fen": int(fen), "currency": "CNY", "payee": payee, "payer": payer, "reference": reference}
