"""Words for people are translated, words for logs name nobody, and nothing names one machine."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser

import pytest

from tests.shape.house import PACKAGE, ROOT, TOP, files, modules, strings, templates

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}")
TRANSLATED = re.compile(
    r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}"
    r"|{%\s*block \w+\s*%}[a-z][a-z_-]*{%\s*endblock\s*%}"  # a name for the style sheet, no word
    r"|{%-?\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN = {"aria-label", "aria-description", "title", "placeholder", "alt", "data-confirm"}
SILENT = {"script", "style", "code", "kbd", "samp", "svg"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PERSONAL = {
    "phone", "mobile", "plate", "id_number", "id_card", "resident_id", "licence", "licence_number",
    "full_name", "person_name", "holder", "owner_name", "address", "account_number", "bank_account", "vin",
    "signature", "body", "secret", "password", "token", "text",
}  # fmt: skip
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


class Reader(HTMLParser):
    """The words of a template that no translation tag carries.

    What stands in `translate="no"` or under a `lang` of its own is meant as it stands.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._quiet: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = tag in SILENT or given.get("translate") == "no" or (tag != "html" and "lang" in given)
        if not any(self._quiet) and not own:
            spoken = SPOKEN | ({"value"} if given.get("type") in {"submit", "button", "reset"} else set())
            self.found += [v for k, v in attrs if k in spoken and v and (WORD.search(v) or CHINESE.search(v))]
        if tag not in VOID:
            self._quiet.append(own)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._quiet:
            self._quiet.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._quiet) and (WORD.search(data) or CHINESE.search(data)):
            self.found.append(" ".join(data.split())[:80])


def untranslated(source: str) -> list[str]:
    """The words of a template outside its translation tags."""
    reader = Reader()
    reader.feed(TAG.sub("", TRANSLATED.sub("", source)))
    return reader.found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>你好</p>", ["你好"]),
        ('<p>{% translate "Hello" %} 110</p>', []),
        ('<img alt="A car"><p>{{ name }}</p>', ["A car"]),
        ("{% blocktranslate %}Hello {{ you }}{% endblocktranslate %}{# note #}", []),
        ('<a lang="en">English</a><b translate="no">QR</b><code>GET /x</code>', []),
        ('<input type="submit" value="Send"><input value="kept">', ["Send"]),
        ("{% block skin %}citizen{% endblock %}{% block title %}Start{% endblock %}", ["Start"]),
        ('<p title="{% translate "Hi there" %}">1</p>', []),
    ],
)
def test_the_reader_sees_words(source: str, expected: list[str]) -> None:
    assert untranslated(source) == expected


def test_templates_are_translated() -> None:
    found = {p.relative_to(ROOT).as_posix(): untranslated(p.read_text(encoding="utf-8")) for p in templates()}
    assert not {name: words for name, words in found.items() if words}


def test_chinese_stands_in_the_catalogue() -> None:
    """Portals hold no Chinese in code; only the shared look knows how dates and plates are written."""
    python = {
        f"{m.name}:{s.lineno}"
        for m in modules("kuaichu/portals")
        if not m.name.startswith("kuaichu/portals/look/")
        for s in strings(m.tree)
        if CHINESE.search(s.value)
    }
    scripts = {
        p.relative_to(ROOT).as_posix()
        for p in files("kuaichu/portals")
        if p.suffix in {".js", ".mjs"}
        and "vendor" not in p.parts
        and CHINESE.search(p.read_text(encoding="utf-8"))
    }
    assert python | scripts == set()


def _named(call: ast.Call) -> set[str]:
    """Every name a call mentions: variables, attributes, keywords."""
    nodes = [n for argument in (*call.args, *(k.value for k in call.keywords)) for n in ast.walk(argument)]
    names = {n.id for n in nodes if isinstance(n, ast.Name)} | {
        n.attr for n in nodes if isinstance(n, ast.Attribute)
    }
    return names | {k.arg for k in call.keywords if k.arg}


def test_logs_name_nobody() -> None:
    told = {
        f"{m.name}:{call.lineno}": sorted(_named(call) & PERSONAL)
        for m in modules()
        for call, _level in m.calls(*LEVELS)
        if isinstance(call.func, ast.Attribute)
        and getattr(call.func.value, "id", "") in {"log", "logger", "logging"}
        and _named(call) & PERSONAL
    }
    assert not told


def _lines(pattern: str) -> list[str]:
    compiled = re.compile(pattern)
    paths = [*files(*TOP), *(p for p in ROOT.iterdir() if p.is_file())]
    found = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if compiled.search(line)
        ]
    return found


def test_nothing_is_left_unfinished() -> None:
    marks = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "HA" + "CK"])
    own = [line for line in _lines(rf"\b({marks})\b") if "/vendor/" not in line and "/data/" not in line]
    assert not own


@pytest.mark.parametrize(
    "pattern",
    [
        r'"resolved": *"https?:',
        r"--(extra-)?index-url",
        r"^registry *= *.?https?:",
        r"https?://[^ \"]+\.(whl|tgz|tar\.gz)(#|\"|$)",
        r"(^|[^a-z])/(work|farm)/[a-z]",
        r"/root/\.pyenv",
        r"(pypi|pythonhosted|npmjs|yarnpkg)\.(org|com)\b",
    ],
)
def test_no_address_of_one_machine(pattern: str) -> None:
    assert not _lines(pattern)


def test_catalogue_is_where_django_looks() -> None:
    assert (PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").exists()
