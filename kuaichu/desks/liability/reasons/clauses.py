"""Facts as half sentences in both languages, to follow "如果" and "If": what would have changed a result.

Pure: the words are data (`clauses.toml`), so that a page, a paper and a test read the same.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import cast

from ..questions import key_of
from ..vocabulary import Answer

Both = tuple[str, str]
MOST_NAMED = 4


@cache
def _clauses() -> Mapping[str, Mapping[str, list[str]]]:
    text = (resources.files(__package__) / "clauses.toml").read_text("utf-8")
    return cast("Mapping[str, Mapping[str, list[str]]]", tomllib.loads(text))


def clause(ref: str, value: Answer) -> Both:
    """The clause (zh, en) for `value` as the answer to `ref`. Raises KeyError for what nobody can answer."""
    subject, key = ref.split(".", 1)[0], key_of(ref)
    if isinstance(value, bool):
        rows = _clauses()["yes_no"][key]
        zh, en = (rows[0], rows[2]) if value else (rows[1], rows[3])
        return zh.format(x=subject), en.format(x=subject)
    zh, en = _clauses()[key]["template"]
    text_zh, text_en = _clauses()[key][str(value)]
    return zh.format(x=subject, t=text_zh), en.format(x=subject, t=text_en)


def clause_of_several(ref: str, values: tuple[Answer, ...]) -> Both:
    """One clause for any of several answers: "A had been reversing or rolling without drive".

    Of more than `MOST_NAMED` the first are named and the others counted.
    """
    subject, key = ref.split(".", 1)[0], key_of(ref)
    if len(values) == 1 or isinstance(values[0], bool):
        return clause(ref, values[0])
    table = _clauses()[key]
    zh, en = table["template"]
    texts, more = [table[str(one)] for one in values[:MOST_NAMED]], len(values) - MOST_NAMED
    named_zh, named_en = _or([t[0] for t in texts], "、", "或者"), _or([t[1] for t in texts], ", ", " or ")
    if more > 0:
        named_zh, named_en = f"{named_zh}（另有{more}种情形相同）", f"{named_en} (or {more} more)"
    return zh.format(x=subject, t=named_zh), en.format(x=subject, t=named_en)


def _or(texts: list[str], comma: str, last: str) -> str:
    return comma.join(texts[:-1]) + (last if len(texts) > 1 else "") + texts[-1]
