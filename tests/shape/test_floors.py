"""Imports point down only; portals do not know each other; imports stand at the top of a file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.shape.house import PACKAGE, ROOT, modules

SHARED = {"look", "answers"}  # what every portal may use, besides the single modules of kuaichu/portals
# module -> what it imports inside a function, and why that cannot stand at the top
LATE: dict[str, dict[str, str]] = {
    "kuaichu/kernel/bell.py": {"psycopg": "only where PostgreSQL is used"},
    "kuaichu/people/spreadsheets.py": {"openpyxl": "it loads numpy, which no ordinary process needs"},
}
# programs that set Django up before they can import the rest
STARTERS = ("kuaichu/__main__.py", "kuaichu/server.py", "kuaichu/commands/")


def test_import_contracts_hold() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [command, "--no-logo"],
        cwd=ROOT,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout


def test_portals_do_not_know_each_other() -> None:
    portals = {p.parent.name for p in (PACKAGE / "portals").glob("*/__init__.py")} - SHARED
    broken = []
    for module in modules("kuaichu/portals"):
        inside = module.name.split("/")[2]
        for name, _statement in module.imports():
            parts = name.split(".")
            crosses = parts[:2] == ["kuaichu", "portals"] and {*parts[2:3]} & (portals - {inside})
            if crosses and inside != "urls.py":
                broken.append(f"{module.name} imports {name}")
    assert not broken


def _late_imports(function: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


def test_imports_stand_at_the_top() -> None:
    late: dict[str, set[str]] = {}
    for module in modules():
        for function in module.functions:
            is_ready = module.path.name == "apps.py" and function.name == "ready"
            if not is_ready and not module.name.startswith(STARTERS):
                late.setdefault(module.name, set()).update(_late_imports(function))
    assert {name: found for name, found in late.items() if found - set(LATE.get(name, {}))} == {}
    unused = {name: set(reasons) - late.get(name, set()) for name, reasons in LATE.items()}
    assert not any(unused.values()), "no longer an exception"
