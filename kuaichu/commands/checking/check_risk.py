"""`kuaichu check-risk`: the signs of fraud tried on a city's years with planted rings.

`--write docs/risk.md` puts the figures between the two marks of that page; a test compares them.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kuaichu.commands import set_up

if TYPE_CHECKING:
    from kuaichu.desks.risk.trial import Outcome

LEAST_PRECISION, LEAST_RECALL = 0.8, 0.8
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--drivers", type=int, default=20_000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--accidents", type=int, default=1_000, help="honest accidents a year")
    parser.add_argument("--seed", type=int, default=20260105)
    parser.add_argument("--city", default="", help="with this city's points; default: the usual ones")
    parser.add_argument("--write", type=Path, default=None, help="the page whose figures are replaced")


def run(options: argparse.Namespace) -> int:
    """Try and print; 1 when too many are missed or too many honest ones are looked at."""
    set_up()
    from kuaichu.desks.risk.rules import RiskRules, rules
    from kuaichu.desks.risk.town import Plan
    from kuaichu.desks.risk.trial import try_out

    plan = Plan(options.drivers, options.years, options.accidents, options.seed)
    found = try_out(plan, rules(options.city) if options.city else RiskRules())
    print(figures(found))
    if options.write:
        options.write.write_text(inserted(options.write.read_text("utf-8"), found), "utf-8")
    return int(found.precision < LEAST_PRECISION or found.recall < LEAST_RECALL)


def inserted(page: str, found: Outcome) -> str:
    """The page with these figures between its marks."""
    block = f"{BEGIN}```text\n{figures(found)}\n```\n{END}"
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: block, page, flags=re.DOTALL)


def figures(found: Outcome) -> str:
    """The figures as the command prints them."""
    pairs = [name for name in found.size if name.startswith("pair")]
    rings = [name for name in sorted(found.size) if name not in pairs]
    noticed = sorted(found.lead[name] for name in pairs if found.lead.get(name))
    share = len(found.innocents) / found.drivers
    lines = [
        f"seed {found.plan.seed}, {found.plan.years} years, {found.drivers} drivers 驾驶人",
        f"accidents 事故 {found.accidents}, staged 伪造 {found.staged}, looked at 核查 {found.flagged}",
        f"precision 准确率 {found.precision:.1%}, recall 召回率 {found.recall:.1%}",
        f"innocents flagged 误查的无辜者 {len(found.innocents)} ({share:.2%} of all drivers)",
        f"strangers in staged accidents that were looked at 被伪造事故牵连者 {len(found.strangers)}",
        *(
            f"{name}: noticed at accident 发现于第 {found.lead.get(name, 0)} of {found.size[name]}"
            for name in rings
        ),
        f"pairs: {len(noticed)} of {len(pairs)} noticed, at accident 发现于第 {_range(noticed)}",
    ]
    return "\n".join(lines)


def _range(places: list[int]) -> str:
    return f"{places[0]}–{places[-1]}" if places else "—"
