"""`kuaichu check-reading`: how well plates and papers are read, with figures. Needs the extra `vision`."""

from __future__ import annotations

import argparse
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kuaichu.commands import set_up

if TYPE_CHECKING:
    from kuaichu.cases.ports import Reader
    from kuaichu.specimens.plates import Rates
    from kuaichu.specimens.rates import PaperRates

INSIDE = "The sample of 100 crops in `kuaichu/specimens/data/plates` (CCPD)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", nargs="?", choices=["plates", "licences", "all"], default="all")
    parser.add_argument(
        "--plates", metavar="FOLDER", type=Path, help="a folder of <plate>.jpg, not the sample"
    )
    parser.add_argument("--limit", metavar="N", type=int, default=0, help="so many plates, and papers a row")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page of the figures")


def run(options: argparse.Namespace) -> int:
    """Measure and print; 3 without the extra."""
    set_up()
    from kuaichu.commands.running import lanes

    if why := lanes.missing("vision"):
        print(why, file=sys.stderr)
        return 3
    from kuaichu.kernel.ports import adapter

    reader: Reader = adapter("vision", {"adapter": "rapidocr"})
    reader.warm_up()
    plates = _plates(reader, options) if options.what != "licences" else []
    papers = _papers(reader, options) if options.what != "plates" else []
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {memory} MB, {reader.version}")
    if options.write:
        from kuaichu.specimens.page import page

        source = f"{plates[0].tried} crops of CCPD from a folder" if options.plates and plates else INSIDE
        options.write.write_text(page(reader.version, source, plates, papers, memory), "utf-8")
    return 0


def _plates(reader: Reader, options: argparse.Namespace) -> list[Rates]:
    from kuaichu.specimens import plates

    done = []
    for one in plates.trials(reader, plates.sample(options.plates, options.limit)):
        done.append(one)
        print(
            f"{one.name}: {one.tried} plates, right {one.share(one.right)}, wrong {one.share(one.wrong)}, "
            f"open {one.share(one.unsure)}, nothing {one.share(one.nothing)}; first {one.share(one.first)}, "
            f"listed {one.share(one.listed)}; by the register right {one.share(one.by_register)}, "
            f"wrong {one.share(one.wrong_by_register)}; {one.seconds / max(1, one.tried):.2f} CPU s each",
            flush=True,
        )
    return done


def _papers(reader: Reader, options: argparse.Namespace) -> list[PaperRates]:
    from kuaichu.specimens import rates

    done = []
    for one in rates.trials(reader, options.limit or 12):
        done.append(one)
        faults = ", ".join(f"{name} {count}" for name, count in one.faults.most_common(4))
        print(
            f"{rates.TITLES[one.kind]}, {one.grade}: {one.papers} papers, {one.fields} fields, "
            f"right {one.share(one.right)}, wrong {one.share(one.wrong)}, open {one.share(one.missed)}; "
            f"{one.seconds / max(1, one.papers):.2f} CPU s each{'; ' + faults if faults else ''}",
            flush=True,
        )
    return done
