"""Files, functions and folders keep a size that can be read. Exceptions are named and only shrink."""

from __future__ import annotations

import statistics

from tests.shape.house import PACKAGE, ROOT, Function, files, modules

FILE_LINES = 250
FUNCTION_LINES = 60
FUNCTION_MEDIAN = 10
FOLDER_FILES = 15
LISTS = {
    "scenarios",
    "templates",
    "static",
    "migrations",
    "tests",
    "data",
    "parts",
    "papers",
    "fonts",
    "cities",
    "laws",
}
# file -> lines it may have; take a line out when its file has become small enough
LONG_FILES: dict[str, int] = {
    "tests/desks/dispatch/test_tasks.py": 302,
    "tests/kill/roadside.py": 270,
}
# folder -> modules it has; take the number down when there are fewer
FULL_FOLDERS: dict[str, int] = {
    "kuaichu/cases": 51,
    "kuaichu/desks/liability": 29,
    "kuaichu/kernel": 28,
    "kuaichu/portals/citizen": 18,
    "kuaichu/portals/police": 19,
    "kuaichu/process": 21,
    "kuaichu/queries": 48,
    "kuaichu/standins": 17,
}


def test_files_stay_short() -> None:
    lengths = {m.name: m.text.count("\n") for m in modules() + modules("tests") + modules("tools")}
    long = {n: k for n, k in lengths.items() if k > LONG_FILES.get(n, FILE_LINES)}
    assert not long
    assert not [n for n in LONG_FILES if lengths.get(n, 0) <= FILE_LINES], "no longer an exception"


def _length(function: Function) -> int:
    body = function.body
    documented = function.body and function.body[0] in _docstrings(function)
    start = body[0].end_lineno + 1 if documented and len(body) > 1 else body[0].lineno
    return function.end_lineno - start + 1


def _docstrings(function: Function) -> list[object]:
    first = function.body[0]
    value = getattr(getattr(first, "value", None), "value", None)
    return [first] if isinstance(value, str) else []


def test_functions_stay_short() -> None:
    lengths = {f"{m.name}:{f.name}": _length(f) for m in modules() for f in m.functions}
    assert not {name: length for name, length in lengths.items() if length > FUNCTION_LINES}
    assert statistics.median(lengths.values()) <= FUNCTION_MEDIAN


def test_folders_stay_short() -> None:
    counts: dict[str, int] = {}
    for path in files("kuaichu"):
        parent = path.parent.relative_to(ROOT)
        if (
            path.suffix == ".py"
            and path.name not in {"__init__.py", "apps.py"}
            and not LISTS & {*parent.parts}
        ):
            counts[parent.as_posix()] = counts.get(parent.as_posix(), 0) + 1
    assert not {n: k for n, k in counts.items() if k > FULL_FOLDERS.get(n, FOLDER_FILES)}
    assert not [n for n in FULL_FOLDERS if counts.get(n, 0) <= FOLDER_FILES], "no longer an exception"
    assert not [n for n, k in FULL_FOLDERS.items() if counts.get(n, 0) < k], "fewer now: take it down"


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "services", "managers", "misc", "common"}
    assert not [m.name for m in modules() if m.path.stem in drawers]
    assert not [p for p in PACKAGE.rglob("*") if p.is_dir() and p.name in drawers]
