"""`kuaichu bundle CASE`: everything of a case in one file, for a court or a complaint. It is noted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("case", help="number or id of a case")
    parser.add_argument(
        "--purpose", required=True, choices=("court", "review", "complaint", "insurer_dispute")
    )
    parser.add_argument("--out", type=Path, required=True, help="where the file goes (zip)")


def run(options: argparse.Namespace) -> int:
    """Write the file; 1 when there is no such case."""
    set_up()
    from kuaichu.desks.documents.service import bundles
    from kuaichu.kernel.refusals import Refusal
    from kuaichu.people.roles import system
    from kuaichu.queries import tracing
    from kuaichu.queries.bundle.packing import bundle_of

    try:
        case = tracing.find(options.case)
        actor = system(case.city)
        made = bundle_of(actor, case.pk)
        bundles.record(actor, case.pk, view=made.view, purpose=options.purpose, sha256=made.sha256)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    options.out.write_bytes(made.data)
    print(f"{options.out}  {len(made.data)} B  SHA-256 {made.sha256}")
    return 0
