"""Tables of figures on a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from kuaichu.replaying.figures import Figures


def show_figures(found: Figures) -> None:
    """The result of a replay."""
    console = Console()
    console.print(_counts(found))
    console.print(_legs(found))
    for title, rows in (("handed over for 转出原因", found.reasons), ("trouble 异常", found.failures)):
        if rows:
            console.print(title + ": " + ", ".join(f"{name} ×{count}" for name, count in rows.items()))


def _counts(found: Figures) -> Table:
    table = Table(title="Replay 事故回放", show_header=False)
    rows: list[tuple[str, str]] = [
        ("cases in 受理", str(found.cases)),
        ("closed 办结", f"{found.closed} ({', '.join(f'{k} {v}' for k, v in found.ways.items())})"),
        ("handed over 转出", str(found.handed_over)),
        ("lost 丢失", str(found.lost)),
        ("requests 请求", str(found.requests)),
        ("request ms, median / p95", f"{found.request_ms['median']:.0f} / {found.request_ms['p95']:.0f}"),
        ("interruptions, repeated 中断重试", str(found.interruptions)),
        ("errors 错误", str(found.errors)),
        ("seconds 用时", f"{found.seconds:.0f}"),
    ]
    for row in rows:
        table.add_row(*row)
    return table


def _legs(found: Figures) -> Table:
    table = Table("leg 环节", "n", "median s", "p95 s")
    for title, leg in found.legs.items():
        shown = ["–" if math.isnan(leg[k]) else f"{leg[k]:.1f}" for k in ("median", "p95")]
        table.add_row(title, str(int(leg["n"])), *shown)
    return table
