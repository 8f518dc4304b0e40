"""`kuaichu verify`: proves that journal, evidence, papers, log and ledger are whole, and no case is stuck."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from kuaichu.commands import set_up

SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument(
        "--all", action="store_true", help="check the signatures of all papers, not of a sample"
    )
    words = "write the result into the custody record of every photograph, once a day"
    parser.add_argument("--note", action="store_true", help=words)
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


def run(options: argparse.Namespace) -> int:
    """Check everything; 1 if anything is wrong."""
    set_up()
    from kuaichu.cases.custody import note_check
    from kuaichu.queries.inspection import CHECKS, the_evidence
    from kuaichu.queries.paper_inspection import the_papers
    from kuaichu.queries.receipt_inspection import the_receipts

    noting = options.note
    found = [the_evidence(note_check) if noting and check is the_evidence else check() for check in CHECKS]
    found += [the_receipts(), the_papers(all_signatures=options.all)]
    if options.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            _show(one.subject, one.checked, one.wrong, one.notes)
    wrong = sum(len(one.wrong) for one in found)
    if not options.json:
        print("Everything is whole. 全部完好" if not wrong else f"{wrong} faults 处异常")
    return 1 if wrong else 0


def _show(subject: str, checked: int, wrong: list[str], notes: list[str]) -> None:
    print(f"{subject:20} {checked:8}  {'ok 正常' if not wrong else f'{len(wrong)} WRONG 异常'}")
    for text in notes[:SHOWN]:
        print(f"    note: {text}")
    for text in wrong[:SHOWN]:
        print(f"    {text}", file=sys.stderr)
    if len(wrong) > SHOWN:
        print(f"    … and {len(wrong) - SHOWN} more", file=sys.stderr)
