"""`kuaichu bench` (`make bench`): what a complete case costs on this machine, on SQLite and on PostgreSQL.

Needs a checkout with the tests' packages (the measuring code is `bench/` beside the package).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent.parent
AIM_MS = 300


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--together", type=int, default=6, help="accidents under way at most")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--postings", type=int, default=100_000, help="random postings of the ledger")
    parser.add_argument("--ring", action="store_true", help="only: how soon thirty officers hear, and take")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")


def run(options: argparse.Namespace) -> int:
    """Measure and print; 1 when an accident was lost."""
    if not (CHECKOUT / "bench" / "town.py").exists():
        print("kuaichu bench measures a checkout of the project.", file=sys.stderr)
        return 2
    if options.ring:
        return subprocess.run([sys.executable, "-m", "bench.ring"], cwd=CHECKOUT, check=False).returncode
    sys.path.insert(0, str(CHECKOUT))
    kinds = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    found = {kind: _measure(kind, options) for kind in kinds}
    _show(found)
    proposals = _proposals()
    money = _money(options.postings)
    if options.json:
        options.json.write_text(
            json.dumps(found | {"engine": proposals, "money": money}, ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
    return 1 if any(one["lost"] for one in found.values()) else 0


def _measure(kind: str, options: argparse.Namespace) -> dict[str, Any]:
    from bench.town import Town

    with tempfile.TemporaryDirectory(prefix="kuaichu-bench-", dir="/tmp") as folder:
        print(f"{kind}: starting …", flush=True)
        town = Town(kind, Path(folder))
        try:
            rest = town.memory()
            town.replay(6, options.together, "warm")  # templates, fonts, prepared statements
            before = town.cpu()
            print(f"{kind}: {options.cases} cases …", flush=True)
            figures = json.loads(town.replay(options.cases, options.together, "bench"))
            used = town.cpu() - before
            result = _result(figures, used, rest, town.memory())
            result["page"] = _page(town.base)
            town.run("verify")
        finally:
            town.stop()
        if kind == "sqlite":
            result["floor_ms"] = _floor(Path(folder))
    return result


def _result(
    figures: dict[str, Any], used: Any, rest: dict[str, int], loaded: dict[str, int]
) -> dict[str, Any]:
    complete = max(1, figures["closed"])
    return {
        "cases": figures["cases"],
        "closed": figures["closed"],
        "handed_over": figures["handed_over"],
        "lost": figures["lost"],
        "seconds": figures["seconds"],
        "requests": figures["requests"],
        "legs": figures["legs"],
        "ms_each": round(used.total * 1000 / max(1, figures["closed"] + figures["handed_over"]), 1),
        "ms": {
            role: round(getattr(used, role) * 1000 / complete, 1)
            for role in ("web", "work", "database", "total")
        },
        "memory_rest": rest,
        "memory_load": loaded,
    }


def _page(base: str) -> dict[str, Any] | None:
    from bench.page import first_page

    return first_page(base + "/")


def _floor(folder: Path) -> float:
    from bench.floor import on_sqlite

    used, cases = on_sqlite(folder / "kuaichu.sqlite3", folder)
    return round(used * 1000 / max(1, cases), 1)


def _proposals() -> dict[str, float]:
    """Measure the liability engine by itself, print and return CPU milliseconds."""
    from dataclasses import asdict

    from bench.engine import costs

    spent = {name: round(value, 2) for name, value in asdict(costs()).items()}
    first = f"{spent['two_first']} in a fresh process"
    print(f"proposal for two vehicles 两车责任建议: {spent['two']} ms CPU (aim 2; {first})")
    print(f"proposal for a chain of ten 十车连环: {spent['ten']} ms CPU (aim 50)")
    print(f"reasons in full 理由详情: {spent['reasons']} ms CPU")
    return spent


def _money(postings: int) -> dict[str, Any]:
    """Measure payout calculations and the ledger in a process and a database of their own; print them."""
    words = [sys.executable, "-m", "bench.money", str(postings)]
    done = subprocess.run(words, cwd=CHECKOUT, check=True, text=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    paid, ledger = found["payouts"], found["ledger"]
    print(f"payouts of two vehicles 两车理算: {paid['two']} ms CPU (aim 1), slowest {paid['two_slowest']}")
    print(f"payouts of three to five, with injured 多车及人伤: {paid['more']} ms CPU")
    tried = f"{ledger['kept']} kept, {ledger['failed']} failed in between, {ledger['seconds']} s"
    whole = ledger["trial_balance_fen"] == 0 and ledger["as_expected"] and not ledger["faults"]
    print(f"ledger 总账: {tried}: {'trial balance zero 试算平衡' if whole else 'NOT BALANCED 不平衡'}")
    return found


def _show(found: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", *found, title="What a complete case costs 每起办结案件的开销")
    floor = next((one["floor_ms"] for one in found.values() if "floor_ms" in one), 0)
    rows: list[tuple[str, Any]] = [
        (
            "cases: closed / handed over / lost",
            lambda one: f"{one['closed']} / {one['handed_over']} / {one['lost']}",
        ),
        *(
            (f"CPU ms per closed case, {role}", lambda one, role=role: _role(one, role))
            for role in ("web", "work", "database", "total")
        ),
        (
            "CPU ms per accident, closed or handed over",
            lambda one: f"{one['ms_each']:.0f}",
        ),
        (
            f"aim: at most {AIM_MS} ms per closed case",
            lambda one: "reached" if one["ms"]["total"] <= AIM_MS else "not reached",
        ),
        (
            "floor: bare SQL, files, signature, ms",
            lambda one: f"{one['floor_ms']:.0f}" if "floor_ms" in one else "–",
        ),
        ("times the floor", lambda one: f"{one['ms']['total'] / floor:.1f}" if floor else "–"),
        ("cases a second here", lambda one: f"{one['cases'] / one['seconds']:.2f}"),
        ("memory at rest, MB", lambda one: _megabytes(one["memory_rest"])),
        ("memory under load, MB", lambda one: _megabytes(one["memory_load"])),
        ("first page, 400 kbit/s, 400 ms", lambda one: _load(one["page"])),
    ]
    for title, value in rows:
        table.add_row(title, *(value(one) for one in found.values()))
    Console().print(table)


def _role(one: dict[str, Any], role: str) -> str:
    inside = role == "database" and "database" not in one["memory_load"]
    return "inside web and work" if inside else f"{one['ms'][role]:.0f}"


def _megabytes(memory: dict[str, int]) -> str:
    return ", ".join(f"{name} {size / 2**20:.0f}" for name, size in memory.items())


def _load(page: dict[str, Any] | None) -> str:
    if page is None:
        return "no Chromium here"
    size = f"{page['bytes'] / 1000:.0f} kB in {page['requests']} requests"
    kinds = {"first": "steady", "a tenth lost": "lossy", "next visit": "again"}
    usable = [f"{name} {page[kind]['usable_ms'] / 1000:.1f} s" for name, kind in kinds.items()]
    return f"{size}, usable: {', '.join(usable)}"
