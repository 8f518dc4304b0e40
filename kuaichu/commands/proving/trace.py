"""`kuaichu trace CASE`: cause and effect of one case, what is still due, and who acts next."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from kuaichu.commands import set_up

if TYPE_CHECKING:
    from kuaichu.cases.models import Case
    from kuaichu.queries.tracing import Node


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("case", help="number or id of a case")


def run(options: argparse.Namespace) -> int:
    """Print the tree; 1 when there is no such case."""
    set_up()
    from django.utils import translation

    from kuaichu.kernel.refusals import NotFound
    from kuaichu.queries import tracing

    try:
        case = tracing.find(options.case)
    except NotFound as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    with translation.override("en"):
        print(f"case {case.number}  {case.pk}  {case.get_status_display()}")
        for node in tracing.tree(case.pk):
            _line(node)
        _what_next(case)
    return 0


def _line(node: Node) -> None:
    from kuaichu.kernel.clock import CHINA

    entry, indent = node.entry, "   " * node.depth
    at = entry.at.astimezone(CHINA)
    who = entry.actor_kind + (
        f" {entry.actor_id[:8]}" if entry.actor_kind not in ("system", "visitor") else ""
    )
    kept = {key: value for key, value in (entry.payload or {}).items() if not isinstance(value, dict)}
    words = " ".join(f"{key}={_short(value)}" for key, value in kept.items() if value not in ("", None, []))
    moment = f"{at:%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}"
    print(f"{entry.seq:4} {moment} {indent}{entry.kind}  [{who}] {words}")
    for row in node.due:
        state = "held" if row.held else f"due {row.run_at.astimezone(CHINA):%m-%d %H:%M:%S}"
        handler = row.handler.removeprefix("kuaichu.process.")
        print(f"{'':22}{indent}   → {handler}  {state}, tried {row.attempts}×{_error(row.last_error)}")


def _short(value: object) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 36 else text[:12] + "…"


def _error(text: str) -> str:
    return f", last: {text}" if text else ""


def _what_next(case: Case) -> None:
    from kuaichu.kernel.clock import CHINA
    from kuaichu.queries.next_steps import next_step
    from kuaichu.queries.tracing import still_due

    due = still_due(case.pk)
    print(f"still due: {len(due) or 'nothing'}")
    step = next_step(case)
    by = f", by {step.by.astimezone(CHINA):%m-%d %H:%M}" if step.by else ""
    who = f" ({step.who_words or step.who}{by})" if step.who != "nobody" else ""
    print(f"next: {step.what}{who}{' Else: ' + step.default if step.default else ''}")
