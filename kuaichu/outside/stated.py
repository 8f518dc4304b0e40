"""Situations of a published table, written as facts beside the result which the table states.

Where Chinese law differs from the table, the row says so with the article and the result by that law.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, cast

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, propose
from kuaichu.desks.liability.facts import AccidentFacts, from_json
from kuaichu.desks.liability.vocabulary import Json
from kuaichu.law import statutes
from kuaichu.outside.figures import Check, Row, Verdict, tally

ON = date(2024, 5, 15)
DIFFERS = "the law differs"
_NOTHING = "no proposal"


@dataclass(frozen=True, slots=True)
class Stated:
    """One situation. `expects` are the grades of the source, `chinese` those by Chinese law if other."""

    key: str
    text: str
    facts: AccidentFacts
    codes: tuple[str, ...]
    expects: Mapping[str, str]
    chinese: Mapping[str, str] | None
    law: str
    why: str


def situations(name: str) -> tuple[Stated, ...]:
    """All situations of a table file. Raises ValueError for facts or articles which do not exist."""
    folder = resources.files("kuaichu.outside") / "data" / "tables"
    found = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    return tuple(_situation(row) for row in found["situation"])


def compare(name: str, title: str, rows: tuple[Stated, ...]) -> Check:
    """Ask the engine about each. Faults: a result which is neither the table's nor the declared one."""
    compared = [(one, *_compared(one)) for one in rows]
    found = tuple(row for _, row, _ in compared)
    faults = tuple(fault for _, _, fault in compared if fault)
    tallies = {"all situations": tally(found)}
    if any(row.kind == DIFFERS for row in found):
        tallies["where the law says the same"] = tally(row for row in found if row.kind != DIFFERS)
    return Check(name, title, found, tallies, faults)


def _situation(row: Mapping[str, Any]) -> Stated:
    if row.get("law") and not statutes.exists(statutes.parse(row["law"]), ON):
        raise ValueError(f"{row['key']}: no such article: {row['law']}")
    return Stated(
        key=str(row["key"]),
        text=row["text"],
        facts=_facts(row),
        codes=tuple(row.get("codes", [])),
        expects=row["expects"],
        chinese=row.get("chinese", {} if row.get("law") else None),
        law=row.get("law", ""),
        why=row.get("why", ""),
    )


def _facts(row: Mapping[str, Any]) -> AccidentFacts:
    vehicles: list[Json] = [_vehicle(label, row[label]) for label in ("A", "B", "C") if label in row]
    place = cast("dict[str, Json]", row.get("place", {}))
    return from_json({"on": ON.isoformat(), "vehicles": vehicles, "place": place})


def _vehicle(label: str, given: Mapping[str, Any]) -> Json:
    own = {key: given.get(key) for key in ("movement", "zone")}
    answers = {key: value for key, value in given.items() if key not in ("movement", "zone", "kind")}
    return {"label": label, "kind": given.get("kind", "MV"), **own, "answers": answers}


def _compared(one: Stated) -> tuple[Row, str]:
    result = propose(one.facts, LiabilityPack.default(), ON)
    if isinstance(result, Abstention):
        return _judge(one, {}, frozenset(), ", ".join(x.code for x in result.reasons))
    grades = {label: str(grade) for label, grade in result.grades.items()}
    return _judge(one, grades, frozenset(fault.code for fault in result.faults), "")


def _judge(one: Stated, grades: Mapping[str, str], fired: frozenset[str], reason: str) -> tuple[Row, str]:
    as_stated = grades == one.expects
    verdict = Verdict.AGREES if as_stated else Verdict.DISAGREES if grades else Verdict.OPEN
    wanted = one.expects if one.chinese is None else one.chinese
    missing = set(one.codes) - fired
    fault = ""
    if grades != wanted:
        fault = f"{one.key} {one.text}: {_words(grades)} {reason}, wanted {_words(wanted)}"
    elif missing:
        fault = (
            f"{one.key} {one.text}: {', '.join(sorted(missing))} did not fire, but {', '.join(sorted(fired))}"
        )
    row = Row(
        key=one.key,
        title=one.text,
        verdict=verdict,
        expected=_words(one.expects),
        proposed=_words(grades),
        why=", ".join(sorted(fired)) or reason,
        kind=DIFFERS if one.chinese is not None else "",
        note=f"{one.law}: {one.why}" if one.law else "",
    )
    return row, fault


def _words(grades: Mapping[str, str]) -> str:
    return ", ".join(f"{label} {grade}" for label, grade in sorted(grades.items())) or _NOTHING
