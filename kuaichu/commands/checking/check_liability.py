"""`kuaichu check-liability`: the liability engine against cases and labels from outside, with figures."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from kuaichu.outside.figures import Check

NAMES = ("beijing", "montgomery", "irsa", "questions")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", nargs="?", choices=[*NAMES, "all"], default="all")
    parser.add_argument("--list", action="store_true", help="every disagreement with its class and why")
    parser.add_argument("--json", action="store_true", help="figures and all rows as JSON")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page of all checks")


def run(options: argparse.Namespace) -> int:
    """Run the checks; 1 if a situation does not fire or a disagreement is not explained."""
    from kuaichu.outside import CHECKS
    from kuaichu.outside.page import as_json, page

    if options.write:
        options.what = "all"
    found = [CHECKS[name]() for name in (NAMES if options.what == "all" else (options.what,))]
    if options.json:
        print(json.dumps([as_json(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            _show(one, listed=options.list)
    if options.write:
        options.write.write_text(page(found), "utf-8")
    for fault in (fault for one in found for fault in one.faults):
        print(fault, file=sys.stderr)
    return 1 if any(one.faults for one in found) else 0


def _show(one: Check, listed: bool) -> None:
    from kuaichu.outside.figures import percent

    console = Console()
    table = Table("", "cases", "decided", "%", "right", "%", title=one.title)
    for name, t in one.tallies.items():
        table.add_row(
            name, str(t.cases), str(t.decided), percent(t.coverage), str(t.agreed), percent(t.agreement)
        )
    if one.tallies:
        console.print(table)
    for name, text in one.remarks.items():
        console.print(f"{name}: {text}")
    for kind, count in one.open_kinds().items():
        console.print(f"  no proposal: {kind or 'declared'} ×{count}")
    for row in one.differing() if listed else ():
        console.print(f"{row.key}: {row.title}", markup=False, highlight=False)
        console.print(f"    {row.expected} ≠ {row.proposed} ({row.why})", markup=False)
        console.print(f"    {row.kind}: {row.note}", markup=False)
