"""The vehicle and driver register: what a plate or an identity number is known by.

`POST /vehicles/query {plate, kind?}` and `POST /drivers/query {id_no}` or `{licence_no}` answer a record or
404; `PUT /vehicles/<plate>` and `PUT /drivers/<handle>` plant one (the handle is any opaque word: personal
numbers never stand in an address). A well-formed plate or number that nobody planted gets an invented
record, kept from its first query on; about three in a hundred have an expired inspection or licence. Plates
whose serial starts with Z0 are not found.
"""

from __future__ import annotations

import json
from typing import Any

from kuaichu.standins import invented, pages, plates
from kuaichu.standins.serving import Refused, Reply, Request, Site, arguments, html, reply, serve, text_of
from kuaichu.standins.store import Store, now

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vehicles (plate TEXT, kind TEXT, planted INTEGER, record TEXT NOT NULL,
    PRIMARY KEY (plate, kind));
CREATE TABLE IF NOT EXISTS drivers (id_no TEXT PRIMARY KEY, handle TEXT UNIQUE, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS queries (id INTEGER PRIMARY KEY, at TEXT, what TEXT, about TEXT, answer TEXT);
"""


_COUNTED = {"v": "车辆 vehicles", "d": "驾驶人 drivers", "q": "查询 queries"}


class Register:
    """The register's desk."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def site(self) -> Site:
        """Its addresses."""
        site = Site("register")
        site.on("POST", "/vehicles/query", self.ask_vehicle)
        site.on("POST", "/drivers/query", self.ask_driver)
        site.on("PUT", "/vehicles/{plate}", self.plant_vehicle)
        site.on("PUT", "/drivers/{handle}", self.plant_driver)
        site.on("GET", "/", self.page)
        return site

    def ask_vehicle(self, request: Request) -> Reply:
        """The record of a plate, 404 when there is none, 422 when the plate is not well-formed."""
        body = request.body()
        plate = _plate(text_of(body, "plate", longest=20))
        kind = text_of(body, "kind", longest=2, pattern=r"\d\d") if body.get("kind") else None
        record = self._vehicle(plate, kind)
        self._note("车辆", plate, record)
        if record is None:
            raise Refused(404, "no vehicle bears this plate")
        return reply(record)

    def ask_driver(self, request: Request) -> Reply:
        """The record of a driver, 404 when there is none, 422 when the number is not well-formed."""
        body = request.body()
        field = "id_no" if body.get("id_no") else "licence_no"
        number = _number(text_of(body, field, longest=20), field)
        record = self._driver(number)
        self._note("驾驶人", pages.hidden(number), record)
        if record is None:
            raise Refused(404, "nobody holds a driving licence with this number")
        return reply(record)

    def plant_vehicle(self, request: Request) -> Reply:
        """Keep a record; fields left out are invented."""
        plate, body = _plate(request.named["plate"]), request.body()
        kind = str(body.get("kind") or plates.kind_of(plate))
        record = {**invented.vehicle(plate, kind, invented.today()), **body, "plate": plate, "kind": kind}
        with self.store.write() as db:
            db.execute("INSERT OR REPLACE INTO vehicles VALUES (?, ?, 1, ?)", (plate, kind, _json(record)))
        return reply(record)

    def plant_driver(self, request: Request) -> Reply:
        """Keep a record under an opaque handle; the number is in the body, fields left out are invented."""
        handle, body = request.named["handle"], request.body()
        if invented.id_valid(handle.upper()) or handle.isdigit():
            raise Refused(400, "a personal number does not belong in an address: use an opaque handle")
        number = _number(text_of(body, "id_no", longest=20), "id_no")
        record = {
            **(invented.driver(number, invented.today()) or {}),
            "licence_no": number,
            **body,
            "id_no": number,
        }
        with self.store.write() as db:
            db.execute("DELETE FROM drivers WHERE handle = ?", (handle,))
            db.execute("INSERT OR REPLACE INTO drivers VALUES (?, ?, ?)", (number, handle, _json(record)))
        return reply(record)

    def page(self, _: Request) -> Reply:
        """What was asked, latest first."""
        rows = self.store.rows("SELECT * FROM queries ORDER BY id DESC LIMIT 60")
        counts = self.store.row(
            "SELECT (SELECT COUNT(*) FROM vehicles) v, (SELECT COUNT(*) FROM drivers) d, "
            "(SELECT COUNT(*) FROM queries) q"
        )
        assert counts
        cells = [
            (pages.clock(r["at"]), r["what"], pages.linked(r["about"]), pages.pill(r["answer"], _tone(r)))
            for r in rows
        ]
        return html(
            pages.page(
                "机动车与驾驶人登记库（演示）",
                "Vehicle and driver register (stand-in, every record invented)",
                pages.figures([(caption, str(counts[name])) for name, caption in _COUNTED.items()]),
                pages.heading("最近查询", "Latest queries"),
                pages.table(
                    ["时间 time", "对象 kind", "查询内容 about", "结果 answer"],
                    cells,
                    empty="尚无查询 None yet",
                ),
            )
        )

    def _vehicle(self, plate: str, kind: str | None) -> dict[str, Any] | None:
        sql = "SELECT record FROM vehicles WHERE plate = ? AND (kind = ? OR ? IS NULL) ORDER BY planted DESC"
        if known := self.store.row(sql, plate, kind, kind):
            return _object(known["record"])
        if plates.unknown_on_purpose(plate):
            return None
        record = invented.vehicle(plate, kind, invented.today())
        with self.store.write() as db:
            row = (plate, record["kind"], _json(record))
            db.execute("INSERT OR IGNORE INTO vehicles VALUES (?, ?, 0, ?)", row)
        return record

    def _driver(self, number: str) -> dict[str, Any] | None:
        if known := self.store.row("SELECT record FROM drivers WHERE id_no = ?", number):
            return _object(known["record"])
        record = invented.driver(number, invented.today())
        if record is not None:
            with self.store.write() as db:
                db.execute("INSERT OR IGNORE INTO drivers VALUES (?, NULL, ?)", (number, _json(record)))
        return record

    def _note(self, what: str, about: str, record: dict[str, Any] | None) -> None:
        answer = "查无记录" if record is None else str(record.get("status", "正常"))
        with self.store.write() as db:
            db.execute(
                "INSERT INTO queries (at, what, about, answer) VALUES (?, ?, ?, ?)",
                (now(), what, about, answer),
            )


def _plate(text: str) -> str:
    plate = plates.normal(text)
    if plates.kind_of(plate) is None:
        raise Refused(422, "'plate' is not well-formed (GA 36-2018)")
    return plate


def _number(text: str, field: str) -> str:
    number = text.strip().upper()
    if not invented.id_valid(number):
        raise Refused(422, f"'{field}' is not a valid identity number (GB 11643)")
    return number


def _tone(row: dict[str, Any]) -> str:
    return {"正常": "ok", "查无记录": "bad"}.get(row["answer"], "warn")


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _object(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    return value


def main() -> None:
    """Run the register."""
    options = arguments(__doc__ or "").parse_args()
    store = Store(options.store, _SCHEMA)
    serve(Register(store).site(), host=options.host, port=options.port, close=store.close)


if __name__ == "__main__":
    main()
