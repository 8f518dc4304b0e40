"""Which engine answered: a hash over its own source, so that two machines know whether theirs is the same."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = "kuaichu.desks.liability"
START: Final = "engine.py"


@cache
def engine_fingerprint() -> str:
    """SHA-256 (hex) over names and bytes of the engine, what it imports here, scenarios and tables."""
    found = hashlib.sha256()
    for path in sorted(engine_files()):
        name = path.relative_to(FOLDER).as_posix().encode()
        found.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def engine_files() -> set[Path]:
    """The files of which the answer is made."""
    waiting = [FOLDER / START, *FOLDER.glob("scenarios/*.py")]
    found: set[Path] = {*FOLDER.glob("*.toml"), *FOLDER.glob("scenarios/*.toml")}
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    return found


def _imported(path: Path) -> Iterator[Path]:
    """Modules of this desk that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        base = path.parent if node.level == 1 else path.parent.parent
        if node.level == 0:
            if not (node.module or "").startswith(PACKAGE):
                continue
            base, inner = FOLDER, (node.module or "")[len(PACKAGE) :].strip(".")
        else:
            inner = node.module or ""
        names = [inner] if inner else []
        names += [f"{inner}.{alias.name}".strip(".") for alias in node.names]
        for name in names:
            place = base / name.replace(".", "/")
            yield from (one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file())
