"""`kuaichu simulate-centre`: cases through the centre's order and lot; fairness and waits."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--officers", type=int, default=24)
    parser.add_argument("--load", type=float, default=0.9, help="share of the officers' time that cases need")
    parser.add_argument("--seed", type=int, default=20260105)


def run(options: argparse.Namespace) -> int:
    """Rehearse and print; 1 when the lot is not fair (p < 0.001) or somebody was left waiting."""
    set_up()
    from kuaichu.desks.centre.rehearsal import Plan, Rehearsal

    plan = Plan(cases=options.cases, officers=options.officers, load=options.load, seed=options.seed)
    found = Rehearsal(plan).run()
    chance, shares = found.chance, sorted(found.served.values())
    print(
        f"cases 案件 {plan.cases}, officers 民警 {plan.officers}, load 负荷 {plan.load:.0%}, seed {plan.seed}"
    )
    print(f"lots 抽签 {len(found.draws)}, silent 未应答 {found.silent}, left waiting 未处理 {found.left}")
    print(f"fairness 公平性 χ² = {chance.statistic:.1f}, df {chance.freedom}, p = {chance.p:.3f}")
    print(f"cases of an officer 每人案件 {shares[0]}–{shares[-1]}")
    print(f"wait 等待 (s) urgent 紧急 {_spread(found.urgent_waits)}")
    print(f"wait 等待 (s) others 其他 {_spread(found.waits)}")
    return 1 if chance.p < 0.001 or found.left else 0


def _spread(values: Sequence[float]) -> str:
    rows = sorted(values)
    picks = [rows[int(len(rows) * part)] for part in (0.5, 0.95, 0.99)]
    return "median {:.0f}, p95 {:.0f}, p99 {:.0f}, max {:.0f}".format(*picks, rows[-1])
