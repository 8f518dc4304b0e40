import base64
import gzip
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

import kuaichu.portals.look as look
from kuaichu.portals.look import pictograms, texts
from kuaichu.portals.look.storage import LookStaticFilesStorage, immutable

LOOK = Path(look.__file__).parent
STATIC = LOOK / "static" / "look"
ROOT = LOOK.parent.parent.parent
MOVEMENTS = """
STRAIGHT LEFT_TURN RIGHT_TURN U_TURN REVERSING ROLLING LANE_CHANGE_LEFT LANE_CHANGE_RIGHT OVERTAKING MERGING
LEAVING_KERB ENTERING_BAY LEAVING_BAY ENTERING_ROAD CROSSING_ROAD DOOR_OPENING STOPPED_QUEUE STOPPED_SIGNAL
BROKEN_DOWN PARKED_LEGAL PARKED_ILLEGAL
""".split()  # noqa: SIM905


def show(source, **context):
    with translation.override("en"):
        return Template("{% load parts %}" + source).render(Context(context))


def test_every_movement_and_zone_is_drawn():
    assert list(pictograms.MOVEMENTS) == MOVEMENTS
    assert len(set(pictograms.MOVEMENTS.values())) == len(MOVEMENTS)
    assert set(pictograms.ZONES) == {
        "FRONT", "FRONT_LEFT", "FRONT_RIGHT", "LEFT", "RIGHT", "REAR", "REAR_LEFT", "REAR_RIGHT"
    }  # fmt: skip


@pytest.mark.parametrize("name", pictograms.names())
def test_pictograms_are_well_formed_and_styled_by_class_only(name):
    svg = show("{% icon name label='x' %}", name=name)
    tree = ElementTree.fromstring(svg)
    assert tree.get("aria-label") == "x"
    for one in tree.iter():
        assert "style" not in one.attrib
        assert "fill" not in one.attrib


def test_unknown_pictograms_are_refused():
    with pytest.raises(KeyError):
        show("{% icon 'no-such-thing' %}")


class Sample(forms.Form):
    name = forms.CharField(help_text="As printed")
    movement = forms.ChoiceField(
        choices=[("", "---"), ("STRAIGHT", "Straight"), ("REVERSING", "Back")], widget=forms.RadioSelect
    )


def test_field_wires_help_and_error_to_the_input():
    form = Sample({})
    html = show("{% field form.name %}", form=form)
    ids = set(re.findall(r' id="([^"]+)"', html))
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html).group(1).split()
    assert described == ["id_name_hint", "id_name_error"]
    assert set(described) <= ids
    assert 'aria-invalid="true"' in html
    assert 'for="id_name"' in html


def test_choice_cards_of_a_form_field():
    html = show("{% choice_cards form.movement %}", form=Sample({"movement": "REVERSING"}))
    assert html.count('type="radio"') == 2
    assert re.search(r'value="REVERSING"[^>]*checked', html)
    assert not re.search(r'value="STRAIGHT"[^>]*checked', html)
    assert html.count("<svg") == 4  # a pictogram and a tick a card


def test_texts_are_escaped():
    evil = "<script>x</script>"
    sources = [
        "{% pill 'x' text=evil %}",
        "{% plate evil %}",
        "{% notice evil %}",
        "{% qr evil %}",
        "{% empty evil %}",
        "{% evidence_tile evil evil flag=evil %}",
        "{% choice_cards 'a' legend=evil options=options %}",
        "{% map_box 1.0 2.0 evil features=features %}",
        "{% icon 'car' label=evil %}",
    ]
    for source in sources:
        assert "<script>" not in show(source, evil=evil, options=[(evil, evil)], features={"a": evil}), source


def test_qr_trusts_only_markup_marked_safe():
    assert "<svg onload" not in show("{% qr code %}", code="<svg onload=x>")
    assert "<svg id='own'" in show("{% qr code %}", code=mark_safe("<svg id='own'></svg>"))


@pytest.mark.parametrize(("seconds", "state"), [(500, "run"), (100, "soon"), (-5, "over")])
def test_clock_states(seconds, state):
    html = show("{% clock end default='x' total=600 %}", end=timezone.now() + timedelta(seconds=seconds))
    assert f'class="clock clock-{state}"' in html
    assert "If nobody acts:" in html


def test_steps_tell_the_truth():
    html = show("{% steps names current=2 %}", names=["One", ("Two", "/2"), "Three"])
    assert html.count("step-done") == 1
    assert html.count('aria-current="step"') == 1
    assert "Step 2 of 3" in html
    assert "/2" not in html  # the present step is no link


def test_dates_money_missing():
    moment = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    assert "21 Nov 2026 08:30" in show("{% zh_datetime at %}", at=moment)
    assert show("{% zh_datetime at %}", at=None) == "—"
    assert "￥1,234.56" in show("{% money 123456 %}")


def test_no_template_carries_inline_style_or_handlers():
    for path in LOOK.glob("templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r'\sstyle="|\son[a-z]+="', source), path


def test_every_word_of_the_behaviours_exists():
    known = set(texts.CITIZEN) | set(texts.CONSOLE)
    families = "|".join(sorted({key.split(".")[0] for key in known}))
    used = set()
    for path in STATIC.glob("js/**/*.js"):
        used |= set(re.findall(rf"'((?:{families})\.[a-z]+)'", path.read_text(encoding="utf-8")))
    assert used <= known
    assert known - used == set(), "words nobody says"


def test_sizes():
    css = b"".join((STATIC / "css" / name).read_bytes() for name in ("tokens.css", "parts.css"))
    assert len(gzip.compress(css)) <= 12 * 1024
    for path in STATIC.glob("js/**/*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 250, path


@pytest.mark.parametrize("folder", [STATIC / "vendor", ROOT / "tests" / "data" / "axe"])
def test_vendored_files_are_what_the_lock_says(folder):
    lock = json.loads((folder / "vendor.lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    for name, entry in lock.items():
        assert entry["version"] == (wanted["dependencies"] | wanted["devDependencies"])[name]
        plain = name.removeprefix("@").replace("/", "-")
        inside = folder if folder.name == "axe" else folder / f"{plain}-{entry['version']}"
        for file, digest in entry["sha384"].items():
            assert base64.b64encode(hashlib.sha384((inside / file).read_bytes()).digest()).decode() == digest


def test_vendored_names_stay():
    storage = LookStaticFilesStorage()
    assert storage.hashed_name("look/vendor/idb-8.0.4/index.js") == "look/vendor/idb-8.0.4/index.js"
    assert immutable("", "/static/look/vendor/idb-8.0.4/index.js")
    assert immutable("", "/static/look/js/boot.0123456789ab.js")
    assert not immutable("", "/static/look/js/boot.js")
