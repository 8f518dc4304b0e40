"""Accounts, cities and ports from the command line."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from kuaichu.__main__ import main
from kuaichu.commands.running import places
from kuaichu.commands.seeding import keeping, roster, scripts
from kuaichu.commands.seeding.stories import ROAD
from kuaichu.kernel import clock
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.signin import qualified


@pytest.fixture
def unit(db: None) -> Organisation:
    return Organisation.objects.create(city="yancheng", kind="police", code="U1", name="某大队")


def test_an_account_is_made_once_with_a_second_factor(
    unit: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["staff", "add", "zhang", "--organisation", "U1", "--role", "determination_officer"]
    assert main(words) == 0
    shown = capsys.readouterr().out
    account = Account.objects.get(username="zhang")
    password = next(line.split()[2] for line in shown.splitlines() if line.startswith("password"))
    assert account.check_password(password)
    assert Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).count() == 1
    assert main(words) == 1
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--organisation", "U9", "--role", "dispatcher"], ["--organisation", "U1", "--role", "system"]]
)
def test_what_cannot_be_is_refused(unit: Organisation, words: list[str]) -> None:
    assert main(["staff", "add", "li", *words]) == 1
    assert not Account.objects.exists()


def test_a_qualification_counts_only_while_it_is_valid(unit: Organisation) -> None:
    main(["staff", "add", "wang", "--organisation", "U1", "--role", "determination_officer"])
    account = Account.objects.get(username="wang")
    assert not qualified(str(account.pk), clock.today())
    assert main(["staff", "qualify", "wang", "--number", "JS-1"]) == 0
    assert qualified(str(account.pk), clock.today())
    assert not qualified(str(account.pk), clock.today() + timedelta(days=4 * 365))
    past = ["--from", "2020-01-01", "--until", "2019-01-01"]
    assert main(["staff", "qualify", "wang", "--number", "JS-2", *past]) == 1


def test_cities_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["city", "check"]) == 0
    assert "yancheng" in capsys.readouterr().out
    assert main(["city", "check", "atlantis"]) == 1


def test_a_city_is_seeded_once(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "path", lambda: tmp_path / "seeded.json")
    first = roster.seed("yancheng")
    counts = Organisation.objects.count(), Account.objects.count(), Qualification.objects.count()
    assert roster.seed("yancheng") == first
    assert (Organisation.objects.count(), Account.objects.count(), Qualification.objects.count()) == counts
    assert Organisation.objects.filter(kind="insurer").count() == 23
    assert Account.objects.filter(organisation__kind="police").count() >= 15
    assert {a for a in Account.objects.all() if not a.check_password(first.password)} == set()
    expired = Qualification.objects.filter(valid_until__lt=clock.today())
    assert expired.count() == 1
    assert (tmp_path / "seeded.json").stat().st_mode & 0o077 == 0


def test_the_stories_of_every_city_can_be_read() -> None:
    told = scripts.read("yancheng")
    assert len({one.key for one in told}) == len(told) >= 12
    assert {one.ends for one in told} <= set(ROAD)


def test_a_taken_port_is_left_alone_and_the_choice_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUAICHU_VAR", str(tmp_path))
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        monkeypatch.setitem(places.DEFAULTS, "web", busy.getsockname()[1])
        chosen = places.choose()
        assert chosen["web"] != busy.getsockname()[1]
    assert len(set(chosen.values())) == len(chosen)
    assert places.load() == chosen == places.choose()
