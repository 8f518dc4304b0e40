"""The house as its tests read it: files, modules and their syntax trees."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "kuaichu"
TOP = ("kuaichu", "tests", "tools", "docs", "frontend", "requirements", ".ci")
GENERATED = {"__pycache__", "node_modules", "migrations"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the root, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @functools.cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @functools.cached_property
    def functions(self) -> list[Function]:
        return [n for n in ast.walk(self.tree) if isinstance(n, Function)]

    def calls(self, *names: str) -> Iterator[tuple[ast.Call, str]]:
        """Calls of functions or methods with one of these names."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called in names:
                    yield node, called

    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """The absolute names this module imports, each with its statement."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def files(*tops: str) -> Iterator[Path]:
    """The project's files below these folders, without what programs wrote."""
    for top in tops:
        for path in sorted((ROOT / top).rglob("*")):
            if path.is_file() and not GENERATED & set(path.relative_to(ROOT).parts):
                yield path


@functools.cache
def modules(top: str = "kuaichu") -> tuple[Module, ...]:
    """All Python files below a folder, without migrations."""
    return tuple(Module(path) for path in files(top) if path.suffix == ".py")


def templates() -> Iterator[Path]:
    """All page templates, the samples of the style page excepted."""
    for path in files("kuaichu/portals"):
        if path.suffix == ".html" and "sample" not in path.parts and "static" not in path.parts:
            yield path


def strings(node: ast.AST) -> Iterator[ast.Constant]:
    """The string literals below a node."""
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child
