"""Evidence receipts: issued once per set, whatever crashes; what they say survives any way they travel."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.cases import intake, phones, receipt_text, receipts
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Case, Evidence, Handling, Party, Receipt
from kuaichu.desks.documents.certificates import checkpoint_signer, keyset
from kuaichu.desks.documents.signing_keys import SigningKey
from kuaichu.kernel import clock, deliveries
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.objects import read
from kuaichu.people import roles
from tests.cases.photographs import encoded
from tests.kernel.trying import at_once
from tests.servers import ROOT

WANTED = ("front", "rear", "contact")
KEY = SigningKey.from_pem(
    b"-----BEGIN PRIVATE KEY-----\n"
    b"MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    b"-----END PRIVATE KEY-----\n"
)


@pytest.fixture
def part(db: None) -> Party:
    case, party = intake.open_case(roles.visitor("yancheng"))
    Case.objects.filter(pk=case.pk).update(lon=120.1573, lat=33.3776)
    return party


def take(part: Party, shot: str, **told: Any) -> Evidence:
    told = {"client_id": uuid.uuid4(), "shot": shot, "source": "in_app"} | told
    return photograph(phones.actor_of(part), part.case_id, Capture(**told), encoded("JPEG", (80, 60)))


class TestIssuing:
    def test_with_the_last_of_the_wanted_photographs(self, part: Party) -> None:
        for shot in WANTED[:2]:
            take(part, shot)
            deliveries.drain()
        assert not Receipt.objects.exists()
        assert Case.objects.get(pk=part.case_id).sealed_at is None
        take(part, WANTED[2])
        deliveries.drain()
        receipt = Receipt.objects.get()
        case = Case.objects.get(pk=part.case_id)
        assert case.sealed_at == receipt.issued_at
        said, envelope = receipt_text.opened(receipt.sealed)
        key = keyset().find(envelope.key_id)
        assert key is not None
        assert key.verifies(envelope.signature, envelope.signed)
        assert said.case_number == case.number
        assert said.cell == (3337, 12015)
        rows = Evidence.objects.order_by("received_at")
        assert [p.sha256 for p in said.photos] == [r.sha256 for r in rows]
        assert "".join(p.letter for p in said.photos) == "FRC"
        assert all(
            abs(p.received_at - r.received_at) <= timedelta(seconds=1)
            for p, r in zip(said.photos, rows, strict=True)
        )
        assert Handling.objects.filter(what="sealed").count() == 3
        assert Handling.objects.filter(what="received").count() == 3

    def test_what_comes_later_makes_one_more_and_names_the_first(self, part: Party) -> None:
        for shot in WANTED:
            take(part, shot)
        deliveries.drain()
        for shot in ("damage", "damage", "plate"):
            take(part, shot)
        assert Delivery.objects.filter(lane="").count() == 1, "one for the whole burst"
        deliveries.drain()
        assert Receipt.objects.count() == 1
        with clock.at(clock.now() + receipts.LATER + timedelta(seconds=2)):
            deliveries.drain()
        first, second = Receipt.objects.order_by("number")
        said = receipt_text.opened(second.sealed)[0]
        assert (second.number, len(said.photos)) == (2, 6)
        assert said.before == receipt_text.digest(first.sealed)
        assert Case.objects.get(pk=part.case_id).sealed_at == first.issued_at

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.floats(0, 120), min_size=1, max_size=12))
    def test_no_photograph_is_left_out(self, offsets: list[float]) -> None:
        sealed_at = datetime(2026, 5, 1, tzinfo=UTC)
        case = Case(city="yancheng", sealed_at=sealed_at)
        kept: list[tuple[str, datetime]] = []
        due: list[datetime] = []
        for offset in sorted(offsets):
            now = sealed_at + timedelta(seconds=0.001 + offset)
            if receipts.seals(case, kept, "damage", now) == "later":
                due.append(now + receipts.LATER)
            kept.append(("damage", now))
        assert max(due) >= kept[-1][1]

    def test_a_repeated_delivery_issues_nothing_twice(self, part: Party) -> None:
        for shot in WANTED:
            take(part, shot)
        for _ in range(3):
            receipts.seal(roles.system("yancheng"), part.case_id, checkpoint_signer())
        deliveries.drain()
        assert Receipt.objects.count() == 1
        assert Entry.objects.filter(kind="cases.sealed").count() == 1

    def test_whatever_there_is_goes_along_when_asked(self, part: Party) -> None:
        actor = roles.system("yancheng")
        assert receipts.seal(actor, part.case_id, KEY, whatever=True) is None
        take(part, "front")
        assert receipts.seal(actor, part.case_id, KEY) is None
        made = receipts.seal(actor, part.case_id, KEY, whatever=True)
        assert made is not None
        assert made.number == 1
        assert Case.objects.get(pk=part.case_id).sealed_at is None

    def test_it_costs_little(self, part: Party) -> None:
        for shot in WANTED:
            take(part, shot)
        start = time.thread_time()
        receipts.seal(roles.system("yancheng"), part.case_id, checkpoint_signer())
        spent = time.thread_time() - start
        assert spent < 0.05, f"{spent * 1000:.1f} ms"


@pytest.mark.django_db(transaction=True)
def test_six_workers_at_once_issue_one() -> None:
    _case, part = intake.open_case(roles.visitor("yancheng"))
    for shot in WANTED:
        take(part, shot)
    actor = roles.system("yancheng")
    at_once(*[lambda: receipts.seal(actor, part.case_id, checkpoint_signer())] * 6)
    assert Receipt.objects.count() == Entry.objects.filter(kind="cases.sealed").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["insert", "note_all", "digest"])
def test_a_crash_in_the_middle_leaves_nothing_and_the_repetition_one(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _case, part = intake.open_case(roles.visitor("yancheng"))
    for shot in WANTED:
        take(part, shot)
    owner = {"insert": receipts, "note_all": receipts.custody, "digest": receipts.receipt_text}[place]
    honest = getattr(owner, place)

    def dies(*args: Any, **kwargs: Any) -> Any:
        honest(*args, **kwargs)
        raise SystemExit("killed")

    monkeypatch.setattr(owner, place, dies)
    with pytest.raises(SystemExit):
        deliveries.drain()
    monkeypatch.undo()
    assert not Receipt.objects.exists()
    assert not Handling.objects.filter(what="sealed").exists()
    with clock.at(clock.now() + deliveries.LEASE * 2):
        deliveries.drain()
        deliveries.drain()
    assert Receipt.objects.count() == Entry.objects.filter(kind="cases.sealed").count() == 1
    assert Handling.objects.filter(what="sealed").count() == 3


@pytest.mark.django_db
def test_the_program_of_the_manual_checks_one() -> None:
    _case, part = intake.open_case(roles.visitor("yancheng"))
    for shot in WANTED:
        take(part, shot)
    receipt = receipts.seal(roles.system("yancheng"), part.case_id, KEY)
    assert receipt is not None
    page = (ROOT / "docs" / "howto" / "evidence.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(page.split("```python\n")[1].split("```")[0], names)
    photo = read(Evidence.objects.all()[0].sha256)
    assert names["check"](receipt.sealed, KEY.public, photo)
    assert not names["check"](receipt.sealed, KEY.public, photo + b"\0")
    with pytest.raises(InvalidSignature):
        names["check"](receipt.sealed, checkpoint_signer().public, photo)
