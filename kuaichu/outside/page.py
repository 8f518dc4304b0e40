"""The page of the outside checks, `docs/checks.md`, and the same figures as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from kuaichu.outside import montgomery
from kuaichu.outside.figures import Check, Row, Tally, Verdict, percent

_HEAD = """# Outside checks of the liability engine

`kuaichu check-liability` asks the engine about cases which nobody here wrote and compares. It wrote this page
as well (`kuaichu check-liability --write docs/checks.md`), and a test compares the page with a fresh run.
Rules are corrected because the law says so, never to fit a row; where the engine and a source differ, the
difference stays and is explained below.

What a source states is turned into facts by the tables in `kuaichu/outside/data`; the engine is the one that
everybody uses, with the national default of a city's options. *Decided* are cases with a proposal, *right*
are decided cases with the result of the source. The first share is of all cases, the second of the decided.
"""
_MONTGOMERY = """{cases} pairs of two drivers, one of whom the police found at fault and the other not. Half
of them, by a hash of the report number, served to develop the mapping and to look for gaps in the rules; the
other half is there to check. It is no blind trial: a listing of all pairs with their labels was seen before.

The record has no column for the colour of the signals, for whose side a stop sign stood on, or for who was
over the centre of the road. Where such a fact decides, no proposal is the right answer (a person would be
asked), and this bounds the share of decided pairs. “Presumed: nobody drove on red” shows what guessing costs.
“Who bears more is certain” counts pairs where every answer to the open facts puts the same party first.
The naive ranking puts the driver with the bolder manoeuvre at fault and knows no law; its ranks were chosen
with the labels in view.
"""
_QUESTIONS = """Questions after movements, contact zones and light, asked as the roadside page asks them:
first the one that leaves least open, at most six. The worked examples answer as the example has it; the
sampled pairs and the police pairs answer by hash, every choice alike likely. A quarter of each set answers
“I don't know” to everything; every interview ends in a proposal or in an abstention that says why.
"""
_COLUMNS = """What the police concluded is not read; a judgement is not even copied into the project."""


def page(checks: Iterable[Check]) -> str:
    """Markdown of all checks, ending in one line feed."""
    parts = [_HEAD, *("\n".join(_section(one)) for one in checks)]
    return "\n".join(parts).rstrip() + "\n"


def as_json(one: Check) -> dict[str, object]:
    """Figures and rows of one check, as plain values."""
    tallies = {
        name: {**asdict(t), "coverage": float(t.coverage), "agreement": float(t.agreement)}
        for name, t in one.tallies.items()
    }
    rows = [asdict(row) for row in one.rows]
    return {
        "name": one.name,
        "tallies": tallies,
        "open": one.open_kinds(),
        "faults": one.faults,
        "rows": rows,
    }


def _section(one: Check) -> Iterator[str]:
    yield f"## {one.title}\n"
    if one.name == "questions":
        yield from (_QUESTIONS, *(f"- {name}: {text}" for name, text in one.remarks.items()), "")
        return
    if one.name == "montgomery":
        yield _MONTGOMERY.format(cases=len(one.rows))
    yield from _figures(one)
    if one.name == "montgomery":
        yield from _open(one)
        yield from _classes(one)
        yield from _columns()
    else:
        yield from _situations(one)


def _figures(one: Check) -> Iterator[str]:
    yield from ("| | cases | decided | share | right | share |", "|---|---|---|---|---|---|")
    yield from (_tally(name, t) for name, t in one.tallies.items())
    yield from ("", *(f"- {name}: {text}" for name, text in one.remarks.items()), "")


def _tally(name: str, t: Tally) -> str:
    return (
        f"| {name} | {t.cases} | {t.decided} | {percent(t.coverage)} | {t.agreed} | {percent(t.agreement)} |"
    )


def _open(one: Check) -> Iterator[str]:
    yield from ("### Why there is no proposal\n", "| missing | pairs |", "|---|---|")
    yield from (f"| {kind} | {count} |" for kind, count in one.open_kinds().items())
    yield ""


def _classes(one: Check) -> Iterator[str]:
    differing = one.disagreeing()
    notes = {row.kind: row.note for row in differing}
    count = Counter(row.kind for row in differing)
    yield from ("### Where the engine and the police differ\n", "| class | pairs | why |", "|---|---|---|")
    yield from (f"| {kind} | {count[kind]} | {note} |" for kind, note in sorted(notes.items()))
    yield from ("", "| report | half | recorded | police | engine | class |", "|---|---|---|---|---|---|")
    yield from (_difference(row) for row in differing)
    yield ""


def _difference(r: Row) -> str:
    proposed = f"{r.proposed} ({r.why})"
    return f"| {r.key} | {r.group} | {r.title} | {r.expected} | {proposed} | {r.kind} |"


def _columns() -> Iterator[str]:
    yield from ("### What is read of the record\n", _COLUMNS, "", "| column | use | why |", "|---|---|---|")
    yield from (f"| {name} | {row['use']} | {row['why']} |" for name, row in montgomery.columns().items())
    yield ""


def _situations(one: Check) -> Iterator[str]:
    yield from ("| no. | situation | source | engine | fired | remark |", "|---|---|---|---|---|---|")
    yield from (_line(row) for row in one.rows)
    yield ""


def _line(row: Row) -> str:
    fired = row.why if row.verdict is not Verdict.OPEN else "–"
    return f"| {row.key} | {row.title} | {row.expected} | {row.proposed} | {fired} | {row.note} |"
