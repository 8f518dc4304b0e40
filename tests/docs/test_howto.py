"""The how-tos work as they stand: each is followed here with the very files it prints."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kuaichu import connectors
from kuaichu.cases import intake, phones
from kuaichu.commands import accounts
from kuaichu.connectors import sms
from kuaichu.desks.liability import scenarios
from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.questions import QUESTIONS
from kuaichu.desks.liability.scenarios._candidates import forget
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


def test_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "nm_13.py").write_text(
        SCENARIO.block("kuaichu/desks/liability/scenarios/nm_13.py"), encoding="utf-8"
    )
    monkeypatch.setattr(scenarios, "__path__", [*scenarios.__path__, str(folder)])
    sys.modules.pop("kuaichu.desks.liability.scenarios.nm_13", None)
    table = scenarios._load()
    monkeypatch.setattr(scenarios, "ALL", table)
    monkeypatch.setattr("kuaichu.desks.liability.scenarios._matching.ALL", table)
    monkeypatch.setattr("kuaichu.desks.liability.scenarios._candidates.ALL", table)
    forget()
    new, pack = table["NM-13"], LiabilityPack.default()
    assert [one.fires for one in new.examples] == [True, True, False]
    for example in new.examples:
        result = propose(example.facts, pack, example.facts.on)
        assert getattr(result, "grades", None) == example.grades
        assert (new.code in {one.code for one in getattr(result, "faults", ())}) == example.fires
        assert all(key in QUESTIONS for one in example.facts.vehicles for key in one.answers)
    assert all(exists(one.citation, new.valid_from + timedelta(days=1500)) for one in new.laws)
    others = [e for code, one in table.items() if code != "NM-13" for e in one.examples]
    for example in others:  # nothing that was decided is open now
        assert getattr(propose(example.facts, pack, example.facts.on), "grades", None) == example.grades
    forget()


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
    assert isinstance(ports.adapter("sms", cities.city("weihai").connector("sms")), object)


def _point_sms_at(path: Path, base: str) -> None:
    """Replace the city's text-message connector by the one of the page, at the stand-in's address."""
    section = CONNECTOR.block("connectors.sms")
    address = tomllib.loads(section)["connectors"]["sms"]["base_url"]
    text = re.sub(r"\[connectors\.sms\]\n(?:[a-z_]+ = .*\n)+", "", path.read_text(encoding="utf-8"))
    path.write_text(text + "\n" + section.replace(address, base), encoding="utf-8")
    cities.city.cache_clear()
    cities.city("weihai").check()


def _send_a_code(base: str) -> None:
    case, party = intake.open_case(roles.visitor("weihai"))
    phones.ask_code(phones.actor_of(party), case.pk, "13800001234")
    drain()
    assert not Delivery.objects.exists()
    gateway = ports.adapter("sms", cities.city("weihai").connector("sms"))
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
        city="yancheng",
        username=words[3],
        password="not so easy to guess",
        roles=[words[words.index("--role") + 1]],
        organisation_code=words[words.index("--organisation") + 1],
        name=words[words.index("--name") + 1],
    )
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
