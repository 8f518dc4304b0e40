"""Find every message of the program: gettext calls in Python, translation tags in templates."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from catalogues import Key, Message
from django.utils.translation.template import templatize

# position of the context, the message and the plural among the arguments of each function
SIGNATURES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"(?<!\S)(_|n?p?gettext)\(({STRING}(?:\s*,\s*{STRING})*)(?:,\s*count)?\)", re.DOTALL)


class Untranslatable(ValueError):
    """A message that cannot be looked up, e.g. an f-string."""


def _names(tree: ast.AST) -> dict[str, str]:
    """The names under which a module knows the gettext functions: Django's, or those of a neighbour."""
    own = {n.name: n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in SIGNATURES}
    return own | {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module == "django.utils.translation" or node.level)
        for alias in node.names
        if alias.name in SIGNATURES
    }


def from_python(source: str, path: str) -> Iterator[Message]:
    """The messages of one Python module. Raises Untranslatable for an f-string."""
    tree = ast.parse(source)
    names = _names(tree)
    for node in ast.walk(tree):
        yield from _of_table(node)
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        function = called if isinstance(node.func, ast.Attribute) else names.get(called, "")
        if function in SIGNATURES:
            yield from _of_call(node, function, path)


def _of_table(node: ast.AST) -> Iterator[Message]:
    """The values of a dictionary whose name ends in `_TEXT`: rule keys to sentences."""
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)):
        return
    if isinstance(node.value, ast.Dict) and node.target.id.endswith("_TEXT"):
        for value in node.value.values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield Message(value.value, context="", plural="")


def from_toml(source: str) -> Iterator[Message]:
    """The titles, reasons and descriptions of a table of rules."""
    rows = [row for table in tomllib.loads(source).values() if isinstance(table, list) for row in table]
    for row in rows:
        for name in ("title", "reason", "what", "outcome"):
            if isinstance(row.get(name), str) and " " in row[name]:
                yield Message(row[name], context="", plural="")


def _of_call(node: ast.Call, function: str, path: str) -> Iterator[Message]:
    context, message, plural = (
        _constant(node, position, path) if position is not None else "" for position in SIGNATURES[function]
    )
    if message:
        yield Message(message, context=context, plural=plural)


def _constant(node: ast.Call, position: int, path: str) -> str:
    """The literal at this place, or nothing where a variable stands (its text is marked elsewhere)."""
    argument = node.args[position] if position < len(node.args) else None
    if isinstance(argument, ast.JoinedStr):
        raise Untranslatable(f"{path}:{node.lineno}: an f-string cannot be translated")
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""


def from_template(source: str, path: str) -> Iterator[Message]:
    """The messages of one Django template."""
    for match in CALL.finditer(templatize(source, origin=path)):
        arguments = ast.literal_eval(f"[{match[2]}]")
        context, message, plural = SIGNATURES["gettext" if match[1] == "_" else match[1]]
        yield Message(
            arguments[message],
            context=arguments[context] if context is not None else "",
            plural=arguments[plural] if plural is not None else "",
        )


def sources(package: Path) -> Iterator[Path]:
    """The files that may carry messages."""
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if path.suffix == ".toml" and parts[0] == "cases":
            yield path
        if path.suffix in {".py", ".html", ".txt"} and not {"static", "data", "migrations"} & set(parts):
            yield path


def _reader(path: Path) -> Callable[[str, str], Iterator[Message]]:
    if path.suffix == ".toml":
        return lambda text, _name: from_toml(text)
    return from_python if path.suffix == ".py" else from_template


def everything(package: Path) -> dict[Key, Message]:
    """Every message of the package by its key; its comments name the files it stands in."""
    found: dict[Key, Message] = {}
    for path in sources(package):
        name = path.relative_to(package.parent).as_posix()
        text = path.read_text(encoding="utf-8")
        for message in _reader(path)(text, name):
            first = found.setdefault(message.key, message)
            first.plural = first.plural or message.plural
            if f"#: {name}" not in first.comments:
                first.comments.append(f"#: {name}")
    return found
