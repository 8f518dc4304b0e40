"""The tools behind `make`: catalogues, messages, lock files."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import checks
import extraction
import messages
import pytest
from catalogues import Message, compile_all, compiled, parse, render
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=40
)
ENTRIES = st.lists(
    st.builds(lambda i, t, c: Message(i, [t], context=c), TEXT, TEXT, st.sampled_from(["", "menu"])),
    max_size=8,
    unique_by=lambda m: m.key,
)


@given(ENTRIES)
def test_a_catalogue_survives_being_written_and_read(entries: list[Message]) -> None:
    assert [(m.key, m.texts) for m in parse(render(entries))] == [(m.key, m.texts) for m in entries]


@given(ENTRIES)
def test_a_compiled_catalogue_is_what_gettext_reads(entries: list[Message]) -> None:
    read = gettext.GNUTranslations(io.BytesIO(compiled([messages.HEADER, *entries])))
    for entry in entries:
        found = read.pgettext(entry.context, entry.id) if entry.context else read.gettext(entry.id)
        assert found == entry.texts[0]


def test_plurals_and_doubts() -> None:
    many = Message("%(n)d case", ["%(n)d 起"], plural="%(n)d cases")
    doubted = Message("Sign", ["签"], fuzzy=True)
    read = gettext.GNUTranslations(io.BytesIO(compiled([messages.HEADER, many, doubted])))
    assert read.ngettext("%(n)d case", "%(n)d cases", 3) == "%(n)d 起"
    assert read.gettext("Sign") == "Sign"


def test_compiling_happens_once(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(render([messages.HEADER, Message("a", ["甲"])]), encoding="utf-8")
    assert compile_all(tmp_path) == 1
    (folder / "django.po").touch()
    compile_all(tmp_path)
    assert (folder / "django.mo").read_bytes()[:4] == b"\xde\x12\x04\x95"


PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy as p
from django.utils import translation
a = _("One " "two"), ngettext("%(n)d day", "%(n)d days", 2), p("verb", "Sign"), translation.gettext("Far")
b = _(a), other("Not this")
"""
TEMPLATE = """{% load i18n %}it's {{ x|default:_("none") }} {% translate "Say 'hi' 100%" %}
{% translate "Y" context "c" %}{% blocktranslate count n=k trimmed %}
 one {{ n }}{% plural %} many {{ n }}
{% endblocktranslate %}{# _("comment") #}"""


def test_messages_are_found() -> None:
    python = {(m.context, m.id, m.plural) for m in extraction.from_python(PYTHON, "a.py")}
    assert python == {
        ("", "One two", ""), ("", "%(n)d day", "%(n)d days"), ("verb", "Sign", ""), ("", "Far", ""),
    }  # fmt: skip
    template = {(m.context, m.id, m.plural) for m in extraction.from_template(TEMPLATE, "a.html")}
    assert template == {
        ("", "none", ""), ("", "Say 'hi' 100%%", ""), ("c", "Y", ""), ("", "one %(n)s", "many %(n)s"),
    }  # fmt: skip


def test_an_f_string_is_refused() -> None:
    source = "from django.utils.translation import gettext as _\nx = _(f'{1} day')\n"
    with pytest.raises(extraction.Untranslatable):
        list(extraction.from_python(source, "a.py"))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Message("%(n)d of %(m)d", ["%(m)d 之 %(n)d"]), None),
        (Message("%(n)d of %(m)d", ["%(n)d"]), "placeholders differ"),
        (Message("%(n)d of %(m)d", [""]), "not translated"),
        (Message("%(n)d of %(m)d", ["%(m)d 之 %(n)d"], fuzzy=True), "not translated"),
        (Message("Gone", ["没了"]), "no longer used"),
    ],
)
def test_faults_of_a_catalogue(entry: Message, fault: str | None) -> None:
    wanted = Message("%(n)d of %(m)d", comments=["#: a.py"])
    found = list(messages.faults({wanted.key: wanted}, [entry]))
    assert any(f.startswith(fault) for f in found) if fault else not found


@pytest.mark.parametrize(
    "line",
    [
        "--find-links /srv/wheels",
        "-f wheels",
        "thing @ https://example.net/thing-1.0.zip \\",
        "thing==1.0 # from here",
        "-e .",
        "./wheels/thing.whl",
        "thing>=1.0 \\",
    ],
)
def test_a_lock_file_holds_nothing_but_pins_and_hashes(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = "thing==1.0 ; sys_platform != 'win32' \\\n    --hash=sha256:" + "a" * 64 + "\n"
    (tmp_path / "requirements").mkdir()
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    (tmp_path / "requirements" / "a.lock").write_text(pinned, encoding="utf-8")
    assert checks.lock_faults() == []
    (tmp_path / "requirements" / "a.lock").write_text(pinned + line + "\n", encoding="utf-8")
    assert len(checks.lock_faults()) == 1
