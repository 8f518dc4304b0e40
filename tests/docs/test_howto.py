"""The how-tos work as they stand: each is followed here with the very files it prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import inspect as shapes

from kuaichu import connectors
from kuaichu.cases import intake, phones
from kuaichu.commands import accounts
from kuaichu.commands import city as city_command
from kuaichu.connectors import sms
from kuaichu.desks.liability import scenarios
from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.questions import QUESTIONS
from kuaichu.kernel import city as cities
from kuaichu.kernel import ports
from kuaichu.kernel.acts import act
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery
from kuaichu.kernel.refusals import NotAllowed, Upstream
from kuaichu.law.statutes import exists
from kuaichu.people import roles, signin
from kuaichu.people.models import Organisation
from tests.docs.reading import document

SCENARIO = document("docs/howto/scenario.md")
CONNECTOR = document("docs/howto/connector.md")
CITY = document("docs/howto/city.md")
ROLE = document("docs/howto/role.md")


@pytest.fixture
def new_city(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The city of the how-to, in a folder of its own."""
    path = tmp_path / "binzhou.toml"
    path.write_text(CITY.block("cities/binzhou.toml"), encoding="utf-8")
    settings.CITY_DIRS = [tmp_path]
    settings.DEFAULT_CITY = "binzhou"
    cities.city.cache_clear()
    pack_of.cache_clear()
    yield path
    cities.city.cache_clear()
    pack_of.cache_clear()
    ports.forget()


def test_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "nm_02.py").write_text(
        SCENARIO.block("kuaichu/desks/liability/scenarios/nm_02.py"), encoding="utf-8"
    )
    monkeypatch.setattr(scenarios, "__path__", [*scenarios.__path__, str(folder)])
    sys.modules.pop("kuaichu.desks.liability.scenarios.nm_02", None)
    table = scenarios._load()
    monkeypatch.setattr(scenarios, "ALL", table)
    monkeypatch.setattr("kuaichu.desks.liability.scenarios._matching.ALL", table)
    new, pack = table["NM-02"], LiabilityPack.default()
    assert [one.fires for one in new.examples] == [True, True, False]
    for example in new.examples:
        result = propose(example.facts, pack, example.facts.on)
        assert getattr(result, "grades", None) == example.grades
        assert (new.code in {one.code for one in getattr(result, "faults", ())}) == example.fires
        assert all(key in QUESTIONS for one in example.facts.vehicles for key in one.answers)
    assert all(exists(one.citation, new.valid_from + timedelta(days=1500)) for one in new.laws)
    others = [e for code, one in table.items() if code != "NM-02" for e in one.examples]
    for example in others:  # nothing that was decided is open now
        assert getattr(propose(example.facts, pack, example.facts.on), "grades", None) == example.grades


@pytest.mark.django_db
def test_connector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_city: Path) -> None:
    """A code goes from a case through the adapter of the page to the stand-in of the page."""
    (tmp_path / "sms").mkdir()
    adapter, standin = tmp_path / "sms" / "smshub.py", tmp_path / "standin.py"
    adapter.write_text(CONNECTOR.block("kuaichu/connectors/sms/smshub.py"), encoding="utf-8")
    standin.write_text(CONNECTOR.block("kuaichu/standins/smshub.py"), encoding="utf-8")
    monkeypatch.setattr(sms, "__path__", [*sms.__path__, str(adapter.parent)])
    sys.modules.pop("kuaichu.connectors.sms.smshub", None)
    command = [sys.executable, str(standin), "--port", "0", "--store", str(tmp_path / "smshub.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            base = process.stdout.readline().split()[-1]
            _point_sms_at(new_city, base)
            _send_a_code(base)
        finally:
            process.terminate()
    assert isinstance(ports.adapter("sms", cities.city("binzhou").connector("sms")), object)


def _point_sms_at(path: Path, base: str) -> None:
    """Replace the city's text-message connector by the one of the page, at the stand-in's address."""
    section = CONNECTOR.block("connectors.sms")
    address = tomllib.loads(section)["connectors"]["sms"]["base_url"]
    text = re.sub(r"\[connectors\.sms\]\n(?:[a-z_]+ = .*\n)+", "", path.read_text(encoding="utf-8"))
    path.write_text(text + "\n" + section.replace(address, base), encoding="utf-8")
    cities.city.cache_clear()
    cities.city("binzhou").check()


def _send_a_code(base: str) -> None:
    case, party = intake.open_case(roles.visitor("binzhou"))
    phones.ask_code(phones.actor_of(party), case.pk, "13800001234")
    drain()
    assert not Delivery.objects.exists()
    gateway = ports.adapter("sms", cities.city("binzhou").connector("sms"))
    gateway.send("13800001235", "one", "key-1")
    gateway.send("13800001235", "one", "key-1")
    with pytest.raises(Upstream) as refused:
        gateway.send("12", "two", "key-2")
    assert not refused.value.retry
    sent = httpx.get(f"{base}/sent", trust_env=False).json()
    assert [one["mobile"] for one in sent] == ["13800001234", "13800001235"]
    assert re.search(r"\d{6}", sent[0]["content"])
    assert issubclass(type(gateway._side), connectors.OtherSide)


def test_the_port_is_quoted_as_it_is() -> None:
    quoted = next(one.text for one in CONNECTOR.blocks if one.text.startswith("class SmsGateway"))
    source = (Path(sms.__file__).parents[2] / "desks" / "notify" / "ports.py").read_text(encoding="utf-8")
    assert quoted in source


@pytest.mark.django_db
def test_city(new_city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    assert cities.cities() == ["binzhou"]
    monkeypatch.setattr(city_command, "set_up", lambda: None)
    options = argparse.Namespace(what="check", codes=["binzhou"])
    assert city_command.run(options) == 0
    assert "Binzhou" in capsys.readouterr().out
    case, _party = intake.open_case(roles.visitor("binzhou"))
    assert case.number.startswith("371600")
    broken = new_city.read_text(encoding="utf-8").replace("max_vehicles", "most_vehicles")
    new_city.write_text(broken, encoding="utf-8")
    cities.city.cache_clear()
    assert city_command.run(options) == 1
    said = capsys.readouterr().err
    assert "[screening]" in said
    assert "most_vehicles" in said


def _kind(kind: shapes.Type) -> str:
    """How the how-to names a type."""
    plain = {
        shapes.StrType: "text", shapes.IntType: "whole number", shapes.FloatType: "number",
        shapes.BoolType: "true or false", shapes.DictType: "table",
    }  # fmt: skip
    if isinstance(kind, shapes.LiteralType):
        return " or ".join(f'`"{value}"`' for value in sorted(kind.values))
    if isinstance(kind, shapes.VarTupleType | shapes.FrozenSetType):
        return f"list of {_kind(kind.item_type)}"
    if isinstance(kind, shapes.TupleType):
        return f"pair of {_kind(kind.item_types[0])}"
    if isinstance(kind, shapes.UnionType):
        [inner] = [one for one in kind.types if not isinstance(one, shapes.NoneType)]
        return _kind(inner)
    return plain[type(kind)]


def _default(field: shapes.Field) -> str:
    if field.required:
        return "required"
    value = field.default_factory() if field.default is shapes.NODEFAULT else field.default
    return "not set" if value is None else f"`{_toml(value)}`"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple | frozenset):
        ordered = sorted(value) if isinstance(value, frozenset) else value
        return f"[{', '.join(map(_toml, ordered))}]"
    return "{}" if value == {} else f"{value:_}" if isinstance(value, int) else str(value)


SECTIONS = {"city": cities.Profile, **cities._sections}


@pytest.mark.parametrize("name", SECTIONS)
def test_every_option_of_a_city_is_explained(name: str) -> None:
    info = shapes.type_info(SECTIONS[name])
    assert isinstance(info, shapes.StructType)
    real = [[f"`{one.encode_name}`", _kind(one.type), _default(one)] for one in info.fields]
    assert [row[:3] for row in CITY.rows(f"### `[{name}]`")] == real


def test_every_option_of_the_engine_is_explained() -> None:
    rows = CITY.rows("### `[liability.pack]`")
    assert [row[0].strip("`") for row in rows] == list(LiabilityPack.__dataclass_fields__)
    default = LiabilityPack.default()
    for name, text, meaning in rows:
        given = tomllib.loads(f"x = {{{text.strip('`')}}}" if "=" in text else f"x = {text.strip('`')}")["x"]
        option = name.strip("`")
        assert LiabilityPack.from_section({option: given}) == default, option
        for example in re.findall(r"e\.g\. `(\{.*?\})`", meaning):
            changed = LiabilityPack.from_section({option: tomllib.loads(f"x = {example}")["x"]})
            assert changed != default
            assert not changed.unknown_codes(scenarios.ALL)


def test_kinds_of_photograph_are_listed() -> None:
    from kuaichu.cases.evidence import SHOTS

    line = CITY.text.partition("Kinds of photograph: ")[2].partition("\n")[0]
    assert tuple(re.findall(r"`(\w+)`", line)) == SHOTS


@pytest.mark.django_db
def test_role(monkeypatch: pytest.MonkeyPatch) -> None:
    line = ROLE.block("kuaichu/people/roles.py").strip().rstrip(",")
    added: dict[str, frozenset[str]] = eval(f"{{{line}}}")
    for name, verbs in added.items():
        assert verbs <= frozenset().union(*roles.ROLES.values())
        monkeypatch.setitem(roles.ROLES, name, verbs)
    unit = Organisation.objects.create(city="yancheng", code="YC-REMOTE", kind="police", name="中心")
    typed = next(t for one in ROLE.blocks for t in one.text.splitlines() if t.startswith("kuaichu staff add"))
    words = shlex.split(typed)
    account = accounts.add(
        city="yancheng", username=words[3], password="not so easy to guess", roles=[words[words.index("--role") + 1]],
        organisation_code=words[words.index("--organisation") + 1], name=words[words.index("--name") + 1],
    )  # fmt: skip
    assert account.organisation == unit
    actor = signin.staff(account)
    assert actor.grants == frozenset({"documents.revoke", "documents.supersede"})
    with pytest.raises(NotAllowed), act(actor, "liability.determine", new_id()):
        pass
    with act(actor, "documents.revoke", new_id()) as step:
        step.already()
    for name in ("citizen", "party", "system"):
        with pytest.raises(accounts.Unusable):
            accounts.add(
                city="yancheng", username="x", password="x", roles=[name], organisation_code="YC-REMOTE"
            )


def test_named_test_folders_have_tests() -> None:
    for doc in (SCENARIO, CONNECTOR, ROLE, document("CONTRIBUTING.md")):
        for one in doc.blocks:
            for path in re.findall(r"pytest((?: tests/\S+)+)", one.text):
                for folder in path.split():
                    assert list(Path(folder).rglob("test_*.py")), folder


def test_the_shell_of_the_guides_is_well_formed(tmp_path: Path) -> None:
    for doc in (CITY, ROLE, document("README.md"), document("docs/operating.md")):
        for one in doc.blocks:
            if one.language == "sh":
                done = subprocess.run(
                    ["sh", "-n"], input=one.text, text=True, capture_output=True, check=False
                )
                assert done.returncode == 0, done.stderr
