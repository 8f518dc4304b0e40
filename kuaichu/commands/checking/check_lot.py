"""`kuaichu check-lot [URL] --day 2026-11-21`: draw a day's lots again, and find every one that differs.

With a URL everything is fetched by HTTP, so that anybody can do it; without one this installation is checked.
The commitment is looked up in the public log, not taken from the page that shows the drawings.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

import httpx

from kuaichu.commands import set_up
from kuaichu.commands.proving.audit import BATCH, UNREADABLE, Site


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("url", nargs="?", default="", help="the address of an installation; else this one")
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: yesterday")
    parser.add_argument("--city", default="", help="the city; default: the installation's own")


def run(options: argparse.Namespace) -> int:
    """Draw again; 1 if anything differs, 2 if the installation cannot be read."""
    set_up()
    from kuaichu.desks.centre import lots

    day = options.day or _yesterday()
    try:
        told = _from_outside(options.url, options.city, day) if options.url else _here(options.city, day)
    except (httpx.HTTPError, *UNREADABLE) as error:
        print(f"cannot be read: {type(error).__name__}", file=sys.stderr)
        return 2
    found = lots.faults(told)
    print(f"{day}: drawings 抽签 {len(told['draws'])}, commitment 承诺 {told['commitment'][:16] or '—'}…")
    for fault in found:
        print(f"    {fault}", file=sys.stderr)
    print("Every lot was drawn as it should be. 抽签无误" if not found else f"{len(found)} faults 处异常")
    return 1 if found else 0


def _yesterday() -> date:
    from datetime import timedelta

    from kuaichu.kernel import clock

    return clock.today() - timedelta(days=1)


def _here(city: str, day: date) -> dict[str, Any]:
    from django.conf import settings

    from kuaichu.queries.lot import drawings

    return drawings(city or settings.DEFAULT_CITY, day)


def _from_outside(url: str, city: str, day: date) -> dict[str, Any]:
    site = Site(url, city)
    told = site.json("/v/log/lots", day=day.isoformat())
    return {**told, "commitment": _in_log(site, day)}


def _in_log(site: Site, day: date) -> str:
    """The commitment as the public log holds it; empty where the log has none."""
    start = 0
    while found := site.json("/v/log/leaves", start=start, end=start + BATCH).get("leaves", []):
        for leaf in map(json.loads, found):
            if leaf.get("kind") == "lot" and leaf.get("day") == day.isoformat():
                return str(leaf["commitment"])
        start += len(found)
    return ""
