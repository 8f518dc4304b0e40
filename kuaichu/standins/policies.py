"""The policy register: which insurer covers a plate on a day.

`POST /policies/query {plate, vin?, on: "YYYY-MM-DD"}` answers a list of `{cover: CTALI|TPL|MOD, insurer,
insurer_name, number, starts, ends, limit_fen, deductible_fen}`; `starts` and `ends` are Shanghai days, both
included. `PUT /policies/<plate> {"policies": [...]}` plants the whole list of a plate. Other plates get an
invented profile, kept from its first query on: about 4 % have no CTALI, 15 % no MOD, TPL limits lie between
500,000 and 3,000,000 yuan. With `--by-hand` plates that end in 8 are insured by a company whose people work
on pages instead of a connected system. CTALI limits are those of the day (domain 4.1).
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from kuaichu.standins import pages, plates
from kuaichu.standins.invented import dice
from kuaichu.standins.serving import Refused, Reply, Request, Site, arguments, html, reply, serve, text_of
from kuaichu.standins.store import Store, now

_SCHEMA = """
CREATE TABLE IF NOT EXISTS planted (plate TEXT PRIMARY KEY, policies TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS profiles (plate TEXT PRIMARY KEY, profile TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS queries (id INTEGER PRIMARY KEY, at TEXT, plate TEXT, day TEXT, answer TEXT);
"""
_COVERS = ("CTALI", "TPL", "MOD")
_TPL_YUAN = ((500_000, 6), (1_000_000, 30), (1_500_000, 16), (2_000_000, 30), (3_000_000, 18))
_INSURERS = "HUAIHAI=淮海财产保险,TAIHU=太湖财产保险"
_REFORM = date(2020, 9, 19)

Policy = dict[str, Any]


class Policies:
    """The policy register's desk; `insurers`, `by_hand`: code to name (by hand: plates ending in 8)."""

    def __init__(self, store: Store, insurers: dict[str, str], by_hand: dict[str, str] | None = None) -> None:
        self.store = store
        self.by_hand = by_hand or {}
        self.invented = insurers
        self.insurers = {**insurers, **self.by_hand}

    def site(self) -> Site:
        """Its addresses."""
        site = Site("policies")
        site.on("POST", "/policies/query", self.ask)
        site.on("PUT", "/policies/{plate}", self.plant)
        site.on("GET", "/", self.page)
        return site

    def ask(self, request: Request) -> Reply:
        """The policies in force for a plate on a day; an empty list when nothing is known."""
        body = request.body()
        plate = _plate(text_of(body, "plate", longest=20))
        on = _day(text_of(body, "on", longest=10), "on")
        found = self._in_force(plate, str(body.get("vin") or ""), on)
        with self.store.write() as db:
            covers = " ".join(f"{p['insurer']}:{p['cover']}" for p in found)
            sql = "INSERT INTO queries (at, plate, day, answer) VALUES (?, ?, ?, ?)"
            db.execute(sql, (now(), plate, on.isoformat(), covers))
        return reply(found)

    def plant(self, request: Request) -> Reply:
        """Keep exactly these policies for a plate."""
        plate = _plate(request.named["plate"])
        listed = request.body().get("policies")
        if not isinstance(listed, list):
            raise Refused(422, "'policies' must be a list")
        kept = [self._checked(policy) for policy in listed]
        with self.store.write() as db:
            text = json.dumps(kept, ensure_ascii=False)
            db.execute("INSERT OR REPLACE INTO planted VALUES (?, ?)", (plate, text))
        return reply(kept)

    def page(self, _: Request) -> Reply:
        """What was asked, latest first."""
        rows = self.store.rows("SELECT * FROM queries ORDER BY id DESC LIMIT 60")
        cells = [(pages.clock(r["at"]), r["plate"], r["day"], self._covers(r["answer"])) for r in rows]
        return html(
            pages.page(
                "保单登记平台（演示）",
                "Policy register (stand-in, every policy invented)",
                pages.heading("最近查询", "Latest queries"),
                pages.table(
                    ["时间 time", "号牌 plate", "保险日 day", "有效保单 in force"],
                    cells,
                    empty="尚无查询 None yet",
                ),
            )
        )

    def _in_force(self, plate: str, vin: str, on: date) -> list[Policy]:
        planted = self.store.row("SELECT policies FROM planted WHERE plate = ?", plate)
        if planted:
            listed = _list(planted["policies"])
            mine = [p for p in listed if not vin or p.get("vin") in (None, "", vin)]
            return [p for p in mine if p["starts"] <= on.isoformat() <= p["ends"]]
        return [_period(cover, plate, on) for cover in self._profile(plate)]

    def _profile(self, plate: str) -> list[Policy]:
        if kept := self.store.row("SELECT profile FROM profiles WHERE plate = ?", plate):
            return _list(kept["profile"])
        offered = self.by_hand if self.by_hand and plate.endswith("8") else self.invented
        profile = [] if plates.unknown_on_purpose(plate) else _invented(plate, offered)
        with self.store.write() as db:
            text = json.dumps(profile, ensure_ascii=False)
            db.execute("INSERT OR IGNORE INTO profiles VALUES (?, ?)", (plate, text))
        return profile

    def _checked(self, policy: Any) -> Policy:
        if not isinstance(policy, dict) or policy.get("cover") not in _COVERS:
            raise Refused(422, f"'cover' must be one of {', '.join(_COVERS)}")
        starts = _day(text_of(policy, "starts", longest=10), "starts")
        ends = _day(text_of(policy, "ends", longest=10), "ends")
        if ends < starts:
            raise Refused(422, "'ends' lies before 'starts'")
        insurer = text_of(policy, "insurer", longest=40)
        for amount in ("limit_fen", "deductible_fen"):
            value = policy.get(amount)
            if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
                raise Refused(422, f"'{amount}' must be whole fen or null")
        name = self.insurers.get(insurer, insurer)
        extra = {"insurer_name": name, "limit_fen": None, "deductible_fen": None}
        return {**extra, **policy, "number": text_of(policy, "number", longest=60)}

    def _covers(self, answer: str) -> str:
        if not answer:
            return pages.pill("无有效保单 none", "bad")
        marks = []
        for part in answer.split():
            code, cover = part.split(":")
            words = {"CTALI": "交强险", "TPL": "商业三者险", "MOD": "车损险"}[cover]
            marks.append(pages.linked(self.insurers.get(code, code)) + " " + pages.pill(words, "ok"))
        return "<br>".join(marks)


def _invented(plate: str, insurers: dict[str, str]) -> list[Policy]:
    roll = dice("policies", plate)
    codes = sorted(insurers)
    first = roll.choice(codes)
    second = first if roll.random() < 0.9 else roll.choice(codes)
    uninsured, no_damage, bare = roll.random() < 0.04, roll.random() < 0.15, roll.random() < 0.5
    limit = roll.choices([y for y, _ in _TPL_YUAN], [w for _, w in _TPL_YUAN])[0] * 100
    value = roll.randint(40, 320) * 100_000
    deductible = roll.choice((50_000, 100_000, 200_000)) if roll.random() < 0.1 else None
    years = {"day_of_year": roll.randint(0, 364)}
    compulsory = {"insurer": first, "insurer_name": insurers[first], **years, "deductible_fen": None}
    commercial = {"insurer": second, "insurer_name": insurers[second], **years}
    covers: list[Policy] = [] if uninsured else [{"cover": "CTALI", **compulsory, "limit_fen": None}]
    if not (uninsured and bare):
        covers.append({"cover": "TPL", **commercial, "limit_fen": limit, "deductible_fen": None})
    if not (no_damage or uninsured):
        covers.append({"cover": "MOD", **commercial, "limit_fen": value, "deductible_fen": deductible})
    return covers


def _period(cover: Policy, plate: str, on: date) -> Policy:
    """The policy year which holds `on`."""
    start = date(on.year, 1, 1) + timedelta(days=cover["day_of_year"])
    if start > on:
        start = date(on.year - 1, 1, 1) + timedelta(days=cover["day_of_year"])
    following = date(start.year + 1, 1, 1) + timedelta(days=cover["day_of_year"])
    policy = {name: value for name, value in cover.items() if name != "day_of_year"}
    if cover["cover"] == "CTALI":
        policy["limit_fen"] = 20_000_000 if on >= _REFORM else 12_200_000
    book = "CT" if cover["cover"] == "CTALI" else "CM"  # TPL and MOD stand on one commercial policy
    serial = dice("number", plate, book, str(start.year)).randint(0, 10**10 - 1)
    policy["number"] = f"{cover['insurer'][:2]}{book}{start.year}{serial:010d}"
    return {**policy, "starts": start.isoformat(), "ends": (following - timedelta(days=1)).isoformat()}


def _plate(text: str) -> str:
    plate = plates.normal(text)
    if plates.kind_of(plate) is None:
        raise Refused(422, "'plate' is not well-formed (GA 36-2018)")
    return plate


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(422, f"'{field}' is not a day (YYYY-MM-DD)") from None


def _list(text: str) -> list[Policy]:
    value: list[Policy] = json.loads(text)
    return value


def main() -> None:
    """Run the policy register."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--insurers", default=_INSURERS, help="CODE=name,CODE=name")
    parser.add_argument("--by-hand", default="", help="CODE=name of who insures plates ending in 8")
    options = parser.parse_args()
    insurers = dict(item.split("=", 1) for item in options.insurers.split(","))
    by_hand = dict(item.split("=", 1) for item in options.by_hand.split(",") if item)
    store = Store(options.store, _SCHEMA)
    serve(Policies(store, insurers, by_hand).site(), host=options.host, port=options.port, close=store.close)


if __name__ == "__main__":
    main()
