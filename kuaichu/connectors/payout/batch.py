"""A payout rail that takes files: orders are gathered, sent as a numbered batch, and answered by a result
file.

`PUT /batches/{name}` takes a CSV (UTF-8, CRLF): a head line, a line
`key,amount_fen,account,name,payer,reference` for each order, and a last line `TOTAL,<orders>,<fen>,<SHA-256
of everything before it>`. `GET /batches/{name}` gives `{"payments": {key: state}}`; what the bank has not
taken from a batch is sent again in a later one, under its own key, so that it is paid once. Orders wait in
files of `folder`, which all processes share.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kuaichu.connectors import OtherSide
from kuaichu.connectors.payout.rail import PaymentState, Rail, state_of
from kuaichu.kernel.refusals import Upstream

COLUMNS = ("key", "amount_fen", "account", "name", "payer", "reference")
SUFFIX = ".order.json"


class BatchRail:
    """Gathers orders for up to `seconds`, or until there are `most`, and sends them together."""

    def __init__(self, side: OtherSide, folder: Path, seconds: float, most: int) -> None:
        self._side, self._folder, self._seconds, self._most = side, folder, seconds, most
        self._single = Rail(side)
        folder.mkdir(parents=True, exist_ok=True)

    def pay(
        self, key: str, amount_fen: int, payee: Mapping[str, str], payer: str, reference: str
    ) -> PaymentState:
        """Put an order into the next batch, once for each `key`. Raises Upstream for a key with another
        order.
        """
        name = payee.get("name_masked", "")
        order = dict(zip(COLUMNS, (key, amount_fen, payee["account"], name, payer, reference), strict=True))
        with self._locked():
            place = self._place(key)
            if place.exists() and json.loads(place.read_bytes()) != order:
                raise Upstream(_("This key was used for another order."), retry=False, code="other_order")
            _write(place, json.dumps(order, ensure_ascii=False).encode())
            self._send_if_due()
        return PaymentState(key=key, status="accepted", receipt="", amount_fen=amount_fen)

    def look(self, key: str) -> PaymentState | None:
        """What became of an order; one that waits for its batch is `accepted`. Raises Upstream."""
        with self._locked():
            self._send_if_due()
            known = self._single.look(key)
            if known is not None:
                self._place(key).unlink(missing_ok=True)
                return known
            place = self._place(key)
            if not place.exists():
                return None
            order = json.loads(place.read_bytes())
        return PaymentState(key=key, status="accepted", receipt="", amount_fen=order["amount_fen"])

    def statement(self, day: date) -> list[PaymentState]:
        """Every payment that was settled on this day (China time). Raises Upstream."""
        return self._single.statement(day)

    def send(self) -> str:
        """Send what waits now; the name of the batch, empty where nothing waits. Raises Upstream."""
        with self._locked():
            return self._send(sorted(self._waiting(), key=_age))

    def close(self) -> None:
        """Give the connections back."""
        self._side.close()

    def _send_if_due(self) -> None:
        waiting = sorted(self._waiting(), key=_age)
        if waiting and (len(waiting) >= self._most or time.time() - _age(waiting[0]) >= self._seconds):
            self._send(waiting)

    def _send(self, waiting: list[Path]) -> str:
        """Send a batch and take its result; an order the bank took leaves the folder, the others wait on."""
        orders = [json.loads(path.read_bytes()) for path in waiting[: self._most]]
        if not orders:
            return ""
        content = batch_file(orders)
        name = hashlib.sha256(content).hexdigest()[:24]  # the same orders again are the same batch
        self._side.call("PUT", f"/batches/{name}", {"file": content.decode()})
        taken = self._side.call("GET", f"/batches/{name}")
        for order in orders:
            told = taken["payments"].get(order["key"])
            if told is not None and state_of(told, self._side).key == order["key"]:
                self._place(order["key"]).unlink(missing_ok=True)
            else:
                os.utime(self._place(order["key"]))  # its time begins anew
        return name

    def _waiting(self) -> Iterator[Path]:
        return self._folder.glob("*" + SUFFIX)

    def _place(self, key: str) -> Path:
        return self._folder / (hashlib.sha256(key.encode()).hexdigest() + SUFFIX)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time gathers or sends."""
        with (self._folder / "lock").open("w") as lock:
            flock(lock, LOCK_EX)
            yield


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _write(place: Path, content: bytes) -> None:
    """Keep a file so that it is there whole after a crash, or not at all; one that is there stays."""
    if place.exists():
        return
    fresh = place.with_suffix(".new")
    fresh.touch(mode=0o600)
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(place)


def batch_file(orders: list[dict[str, str | int]]) -> bytes:
    """The file of a batch; its last line tells number, sum and hash, so that a cut file is seen."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([order[column] for column in COLUMNS] for order in orders)
    body = out.getvalue()
    total = sum(int(order["amount_fen"]) for order in orders)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return (body + f"TOTAL,{len(orders)},{total},{digest}\r\n").encode()


def connect(config: Mapping[str, str]) -> BatchRail:
    """The rail at `config["base_url"]`. `folder`: where orders wait; `seconds` (60) and `most` (500) of a
    batch; further keys: see `OtherSide`.
    """
    side = OtherSide(
        config,
        unreachable=_("The payment system does not answer. It will be asked again; the money goes out once."),
        refused=_("The payment system did not accept this payment order."),
    )
    folder = Path(config["folder"])
    return BatchRail(side, folder, float(config.get("seconds", "60")), int(config.get("most", "500")))
