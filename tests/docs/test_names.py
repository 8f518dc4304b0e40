"""Documents name only what exists: files, functions, facts, verbs, settings, commands, options."""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import io
import pkgutil
import re
import shlex
from pathlib import Path

import pytest
from django.db import connection

import kuaichu.cases
import kuaichu.desks
import kuaichu.kernel
import kuaichu.people
from kuaichu.__main__ import COMMANDS, module_of
from kuaichu.kernel import facts
from kuaichu.people.roles import ROLES
from tests.docs.reading import ROOT, Document, document, documents

ALL = documents()
NAMES = [d.name for d in ALL]
TOPS = ("kuaichu/", "tests/", "tools/", "docs/", "frontend/", "requirements/", ".ci/")
NAMED = re.compile(r"(?P<path>[\w./-]+\.py)::(?P<what>\w+)")
DOTTED = re.compile(r"(?:cases|liability|documents|claims|notify|people)\.[a-z_]+")
# new files that the how-tos make
MADE = {one.file for doc in ALL for one in doc.blocks}


def _import_the_verbs() -> None:
    """Load every module that may define a fact."""
    for package in (kuaichu.kernel, kuaichu.people, kuaichu.cases, kuaichu.desks):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_paths_exist(doc: Document) -> None:
    named = {s.partition("::")[0] for s in doc.spans if s.startswith(TOPS) and not set(s) & set("<*{ ")}
    assert not sorted(p for p in named - MADE if not (ROOT / p).exists())


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_functions_exist(doc: Document) -> None:
    for match in NAMED.finditer(doc.text):
        tree = ast.parse((ROOT / match["path"]).read_text(encoding="utf-8"))
        found = {getattr(node, "name", "") for node in tree.body}
        assert match["what"] in found, match[0]


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_facts_and_verbs_exist(doc: Document) -> None:
    _import_the_verbs()
    known = set(facts.REGISTRY) | set().union(*ROLES.values())
    named = {s for s in doc.spans if DOTTED.fullmatch(s)}
    assert named - known == set()


def _settings() -> set[str]:
    """The environment variables that the program reads."""
    found: set[str] = set()
    for path in (ROOT / "kuaichu").rglob("*.py"):
        found |= set(
            re.findall(r'(?:env\.\w+|environ\.get)\(\s*"(KUAICHU_\w+)"', path.read_text(encoding="utf-8"))
        )
    ports = re.search(r"for _port in \(([^)]*)\)", (ROOT / "kuaichu/settings.py").read_text(encoding="utf-8"))
    assert ports
    return found | {f"KUAICHU_{port.upper()}_URL" for port in re.findall(r'"(\w+)"', ports[1])}


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_settings_exist(doc: Document) -> None:
    assert set(re.findall(r"KUAICHU_[A-Z_]*[A-Z]", doc.text)) - _settings() == set()


def test_every_setting_is_in_the_operators_guide() -> None:
    section = document("docs/operating.md").section("Settings")
    assert _settings() - set(re.findall(r"KUAICHU_[A-Z_]*[A-Z]", section)) == set()


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_make_targets_exist(doc: Document) -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(" ".join(re.findall(r"^([\w -]+):(?!=)", rules, re.MULTILINE)).split())
    shell = "\n".join(one.text for one in doc.blocks if one.language == "sh")
    named = set(re.findall(r"^make (\w+)", shell + "\n" + "\n".join(doc.spans), re.MULTILINE))
    assert named - targets == set()


def _calls(doc: Document) -> list[list[str]]:
    """What documents tell people to type after `kuaichu`, in code and in the line."""
    lines = [line for one in doc.blocks if one.language == "sh" for line in one.text.splitlines()]
    found = []
    for line in [*lines, *doc.spans]:
        words = shlex.split(line, comments=True) if line.startswith("kuaichu ") else []
        if words:
            found.append(words[1:])
    return found


@pytest.mark.parametrize("doc", ALL, ids=NAMES)
def test_commands_exist_and_take_these_options(doc: Document) -> None:
    """In code a call must be complete; in the line the bare name of a command will do."""
    for name, *rest in _calls(doc):
        assert name in COMMANDS, name
        parser = argparse.ArgumentParser(exit_on_error=False)
        module_of(name).arguments(parser)
        if not rest:
            continue
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            try:
                parser.parse_args(rest)
            except (SystemExit, argparse.ArgumentError) as wrong:
                raise AssertionError(
                    f"{doc.name}: kuaichu {name} {rest}: {said.getvalue() or wrong}"
                ) from None


def test_the_front_page_names_every_command_of_an_operator() -> None:
    for name in ("README.md", "README.zh.md"):
        named = {words[0] for words in _calls(document(name))}
        assert set(COMMANDS) - named <= {"demo", "seed"}  # `make demo` runs both


def test_wiring_table_is_the_wiring() -> None:
    wiring = importlib.import_module("kuaichu.process.wiring")
    tour = document("docs/tour.md")
    table = {row[0].strip("`"): row[1] for row in tour.rows("<!-- wiring")}
    real = {
        fact.name: ", ".join(
            f"`{c.handler.__module__.rpartition('.')[2]}.{c.handler.__qualname__}`"
            + (" (if)" if c.when else "")
            for c in consequences
        )
        for fact, consequences in wiring.WIRING.items()
    }
    lines = "\n".join(f"| `{name}` | {what} |" for name, what in real.items())
    assert table == real, f"the table in docs/tour.md should be:\n{lines}"
    said = tour.section("The wiring page").partition("Declared unheard")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([\w.]+)`", said)) == {fact.name for fact in wiring.UNHEARD}


def test_the_tour_meets_every_fact() -> None:
    _import_the_verbs()
    ours = {name for name, kind in facts.REGISTRY.items() if kind.__module__.startswith("kuaichu.")}
    before = document("docs/tour.md").text.partition("## The wiring page")[0]
    assert {name for name in ours if f"`{name}`" not in before} == set()


def test_ports_and_adapters_are_those_of_the_table() -> None:
    table = {row[0].strip("`"): row for row in document("docs/howto/connector.md").rows("# Add a connector")}
    folder = ROOT / "kuaichu" / "connectors"
    ports = {p.parent.name: p.parent for p in folder.glob("*/__init__.py")}
    assert set(table) == set(ports)
    for port, row in table.items():
        adapters = {p.stem for p in ports[port].glob("*.py") if p.stem != "__init__"}
        adapters |= {p.parent.name for p in ports[port].glob("*/__init__.py")}
        assert set(re.findall(r"`(\w+)`", row[2])) == adapters, port


def test_glossary_holds_only_words_in_use() -> None:
    kinds = {".py", ".po", ".toml", ".typ", ".html"}
    used = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "kuaichu").rglob("*")
        if path.suffix in kinds and "law/data" not in path.as_posix()
    )
    rows = document("docs/glossary.md").rows("# Glossary")
    assert len(rows) > 40
    assert [row[0] for row in rows if row[0] not in used] == []
    named = {code for row in rows for code in re.findall(r"`([^`]+)`", row[-1])}
    assert {code for code in named if not re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", used)} == set()


@pytest.mark.django_db
def test_statements_of_the_operators_guide_run() -> None:
    statements = [
        text.strip()
        for one in document("docs/operating.md").blocks
        if one.language == "sql"
        for text in one.text.split(";")
        if text.strip()
    ]
    assert len(statements) >= 5
    with connection.cursor() as cursor:
        for statement in statements:
            if not statement.startswith("ALTER") or connection.vendor == "postgresql":
                cursor.execute(statement)
    tables = connection.introspection.table_names()
    never = document("docs/operating.md").section("Never")
    assert not [t for t in re.findall(r"`(\w+_\w+)`", never) if t not in tables and t.islower()]


def test_licence_files_are_there() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert Path(ROOT / "NOTICE").exists()
