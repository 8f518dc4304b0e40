"""The engine against the police of Montgomery County: who was at fault in pairs of two drivers.

Half of the pairs, by a hash of the report number, served to develop; the other half is there to check.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import cast

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, propose
from kuaichu.outside.entailed import bearer, certain_bearer
from kuaichu.outside.figures import Check, Row, Verdict, tally
from kuaichu.outside.police_record import LABEL, Record, facts_of, records, table

HALVES = ("develop", "check")
RECORDED, PARTY, PRESUMED, NAIVE, NAIVE_SAME = (
    "facts as recorded",
    "who bears more is certain, the grade may be open",
    "presumed: nobody drove on red",
    "naive ranking",
    "naive ranking on the decided",
)


def half_of(report: str) -> str:
    """The half a report number belongs to, by the first bit of its SHA-256."""
    return HALVES[sha256(report.encode()).digest()[0] >> 7]


def check() -> Check:
    """All pairs in both readings, and the naive ranking. Faults: disagreements nobody has explained."""
    found = tuple(_explained(_row(one, presume=False)) for one in records())
    naive = {one[0]["Report Number"]: _naive(one) for one in records()}
    decided = {one.key for one in found if one.verdict is not Verdict.OPEN}
    tallies = {RECORDED: tally(found)}
    tallies |= {f"{RECORDED}, half “{half}”": tally(r for r in found if r.group == half) for half in HALVES}
    tallies[PARTY] = tally(_party(one) for one in records())
    tallies[PRESUMED] = tally(_row(one, presume=True) for one in records())
    tallies[NAIVE] = tally(naive.values())
    tallies[NAIVE_SAME] = tally(row for key, row in naive.items() if key in decided)
    return Check(
        name="montgomery",
        title="Police of Montgomery County, Maryland",
        rows=found,
        tallies=tallies,
        faults=_unexplained(found),
        remarks=_remarks(found),
    )


def columns() -> Mapping[str, Mapping[str, str]]:
    """Every column of the record: whether it is a fact, the label, a judgement or of no use, and why."""
    return cast("Mapping[str, Mapping[str, str]]", table()["columns"])


def _row(record: Record, presume: bool) -> Row:
    """The label is looked at only here, after the proposal was made."""
    facts = facts_of(record, presume)
    result = propose(facts, LiabilityPack.default(), facts.on)
    if isinstance(result, Abstention):
        return _compared(record, None, proposed="", why=", ".join(result.would_decide), kind=_kind(result))
    codes = ", ".join(f"{one.label}: {one.code}" for one in result.faults)
    grades = ", ".join(f"{label} {grade}" for label, grade in result.grades.items())
    return _compared(record, bearer(result), proposed=grades, why=codes)


def _naive(record: Record) -> Row:
    first, second = (table()["naive"].get(one["Vehicle Movement"], 3) for one in record)
    bearer = None if first == second else "A" if first > second else "B"
    return _compared(record, bearer, proposed=bearer or "", why="")


def _compared(record: Record, bearer: str | None, proposed: str, why: str, kind: str = "") -> Row:
    key = record[0]["Report Number"]
    guilty = next(label for label, line in zip("AB", record, strict=True) if line[LABEL] == "Yes")
    verdict = Verdict.AGREES if bearer == guilty else Verdict.DISAGREES
    return Row(
        key=key,
        title=_title(record),
        verdict=Verdict.OPEN if bearer is None else verdict,
        expected=f"{guilty} at fault",
        proposed=proposed,
        why=why,
        group=half_of(key),
        kind=kind,
    )


def _party(record: Record) -> Row:
    facts = facts_of(record)
    result = propose(facts, LiabilityPack.default(), facts.on)
    found = certain_bearer(facts, result) if isinstance(result, Abstention) else bearer(result)
    return _compared(record, found, proposed=found or "", why="")


def _kind(result: Abstention) -> str:
    reason = result.reasons[0].code
    if reason == "no-rule":
        return "no rule of the table fits"
    if reason != "facts-missing":
        return "the record contradicts itself"
    keys = {ref.partition(".")[2] for ref in result.would_decide}
    return next((row["text"] for key, row in table()["missing"].items() if key in keys), "other facts")


def _title(record: Record) -> str:
    words = ("Vehicle Movement", "Vehicle First Impact Location")
    sides = [" at ".join(one[key].lower() for key in words) for one in record]
    where = ", ".join(record[0][key].lower() for key in ("Collision Type", "Traffic Control"))
    return f"{where}; A {sides[0]}, B {sides[1]}"


@cache
def _explanations() -> Mapping[str, Mapping[str, str]]:
    folder = resources.files("kuaichu.outside") / "data" / "montgomery"
    return cast(
        "Mapping[str, Mapping[str, str]]", tomllib.loads((folder / "explained.toml").read_text("utf-8"))
    )


def _explained(row: Row) -> Row:
    found = _explanations()["pairs"].get(row.key) if row.verdict is Verdict.DISAGREES else None
    return row.because(found, _explanations()["classes"][found]) if found else row


def _unexplained(found: tuple[Row, ...]) -> tuple[str, ...]:
    differing = {one.key: one for one in found if one.verdict is Verdict.DISAGREES}
    bare = [f"{key}: disagreement without explanation" for key, one in differing.items() if not one.kind]
    stale = [
        f"{key}: explained, but no disagreement" for key in _explanations()["pairs"] if key not in differing
    ]
    return tuple(bare + stale)


def _remarks(found: tuple[Row, ...]) -> dict[str, str]:
    silent = {row["text"] for row in table()["missing"].values() if not row["column"]}
    count = Counter("silent" if one.kind in silent else one.verdict.value for one in found)
    holds = [one for one in found if one.kind not in silent]
    return {
        "open for want of a column": str(count["silent"]),
        "pairs whose deciding fact has a column": tally(holds).line(),
    }
