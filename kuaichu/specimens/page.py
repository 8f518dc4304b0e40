"""The page of the figures, `docs/reading.md`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kuaichu.specimens.plates import DENSITY, Rates
from kuaichu.specimens.rates import TITLES, PaperRates

_HEAD = """# How well photographs are read

`kuaichu check-reading` measured this and wrote this page (`--write docs/reading.md`), with
{engine}, one thread.

A field has a *value* only where the engine is sure enough; otherwise there are only candidates, and a person
is asked. *Right* and *wrong* count values; *open* is what was left to a person.
"""
_PLATES = """## Number plates

{source}. They are crops of real photographs by the data set's own corners, 94 × 24 pixels, and mostly of one
province (皖), so the rate of the province character is that of few characters. In the rows “street” the
same crops are enlarged into a drawn picture of 1280 × 960 pixels, which tests that plates are found, not how
real streets look. The gates were set with these crops in view; on other photographs they must be looked at
again.

*First*: the likeliest spelling is right, sure or not. *Listed*: it is among the six offered. *Register*: the
likeliest spelling which a register knows is right, where the register knows the true plates and, as decoys,
{density:.0%} of all other plates.

"""
_PLATE_HEADS = (
    "picture", "plates", "right", "wrong", "open", "nothing", "first", "listed", "register right",
    "register wrong", "CPU s each",
)  # fmt: skip
_PAPERS = """## Papers

Drawn specimens with invented people in the layout of the forms, photographed by a program: on a table,
tilted, blurred, with glare and noise, compressed; {papers} papers in each row, the same for everybody (seeds
from 0). They compare grades and fields; they say nothing of real licences, of which none could be had: print,
wear, laminate and editions differ. *Severe* is barely readable by eye.

"""
_PAPER_HEADS = (
    "paper", "grade", "kind known", "fields", "right", "wrong", "open", "CPU s each", "most often not right",
)  # fmt: skip
_TAIL = """Peak memory of the process: {memory} MB.
"""


def page(engine: str, source: str, plates: Sequence[Rates], papers: Sequence[PaperRates], memory: int) -> str:
    """Markdown of all figures, ending in one line feed."""
    parts = [_HEAD.format(engine=engine)]
    if plates:
        parts.append(
            _PLATES.format(source=source, density=DENSITY) + _table(_PLATE_HEADS, map(_plate_row, plates))
        )
    if papers:
        parts.append(_PAPERS.format(papers=papers[0].papers) + _table(_PAPER_HEADS, map(_paper_row, papers)))
    return "\n".join([*parts, _TAIL.format(memory=memory)])


def _table(heads: Sequence[str], rows: Iterable[str]) -> str:
    return f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n{''.join(rows)}"


def _plate_row(rates: Rates) -> str:
    counts = (rates.right, rates.wrong, rates.unsure, rates.nothing, rates.first, rates.listed)
    register = (rates.by_register, rates.wrong_by_register)
    cells = [rates.name, str(rates.tried), *(rates.share(n) for n in (*counts, *register))]
    return f"| {' | '.join(cells)} | {rates.seconds / max(1, rates.tried):.2f} |\n"


def _paper_row(rates: PaperRates) -> str:
    faults = ", ".join(f"`{name}` {count}" for name, count in rates.faults.most_common(3))
    cells = [
        TITLES[rates.kind], rates.grade, f"{rates.known} of {rates.papers}", str(rates.fields),
        *(rates.share(n) for n in (rates.right, rates.wrong, rates.missed)),
        f"{rates.seconds / max(1, rates.papers):.2f}", faults or "–",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |\n"
