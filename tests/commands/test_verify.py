"""`kuaichu verify` finds what was changed behind the system's back; `kuaichu trace` shows causes."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from kuaichu.__main__ import main
from kuaichu.cases import evidence, intake, phones, receipts
from kuaichu.cases.models import Evidence, Handling, Party, Receipt
from kuaichu.desks.documents.certificates import checkpoint_signer
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.people.roles import system, visitor
from kuaichu.queries import inspection, tracing
from kuaichu.queries.paper_inspection import the_papers
from kuaichu.queries.receipt_inspection import the_receipts
from kuaichu.replaying.photos import photograph
from tests.commands.test_replaying import SCENE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case_id() -> uuid.UUID:
    """A case with a place and two photographs."""
    case, party = intake.open_case(visitor("yancheng"))
    actor = phones.actor_of(party)
    intake.describe(actor, case.pk, intake.Description(place="建军路解放路口", lon=120.15, lat=33.36))
    for number, shot in enumerate(("front", "rear")):
        capture = evidence.Capture(client_id=uuid.uuid4(), shot=shot)
        evidence.photograph(actor, case.pk, capture, photograph(SCENE, shot, number))
    return case.pk


def wrong() -> dict[str, list[str]]:
    findings = [check() for check in inspection.CHECKS] + [the_receipts(), the_papers(all_signatures=True)]
    return {one.subject: one.wrong for one in findings if one.wrong}


def test_a_whole_case_is_whole(case_id: uuid.UUID, capsys: pytest.CaptureFixture[str]) -> None:
    assert wrong() == {}
    assert main(["verify"]) == 0
    assert "Everything is whole" in capsys.readouterr().out


def test_a_changed_entry_is_found(case_id: uuid.UUID, capsys: pytest.CaptureFixture[str]) -> None:
    entry = Entry.objects.filter(stream=case_id).order_by("seq")[1]
    Entry.objects.filter(pk=entry.pk).update(actor_id="somebody")
    assert any("entry was changed" in text for text in wrong()["journal 日志"])
    assert main(["verify"]) == 1
    assert "WRONG" in capsys.readouterr().out


def test_a_missing_entry_and_a_delivery_without_one_are_found(case_id: uuid.UUID) -> None:
    assert Delivery.objects.exists()
    Entry.objects.filter(stream=case_id, kind="cases.described").delete()
    texts = wrong()["journal 日志"]
    assert any("is missing" in text for text in texts)
    assert any("refer to no entry" in text for text in texts)


@pytest.mark.parametrize("change", ["bytes", "gone", "row"])
def test_changed_evidence_is_found(case_id: uuid.UUID, change: str) -> None:
    row = Evidence.objects.filter(case_id=case_id).first()
    assert row is not None
    path = Path(settings.STORAGE_DIR) / row.sha256[:2] / row.sha256
    kept = path.read_bytes()
    if change == "bytes":
        os.chmod(path, 0o600)
        path.write_bytes(kept[:-2] + b"xx")
    elif change == "gone":
        path.unlink()
    else:
        Evidence.objects.filter(pk=row.pk).update(sm3="0" * 64)
    try:
        assert any(str(row.pk) in text for text in wrong()["evidence 证据"])
    finally:
        path.unlink(missing_ok=True)  # other tests of this run may use the same photograph
        path.write_bytes(kept)


def test_the_tree_shows_causes_and_what_is_due(
    case_id: uuid.UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    nodes = tracing.tree(case_id)
    assert [n.entry.seq for n in nodes] == [1, 2, 3, 4]
    assert {d.handler.rsplit(".", 1)[-1] for n in nodes for d in n.due if not d.lane} == {"screen_early"}
    assert main(["trace", str(case_id)]) == 0
    shown = capsys.readouterr().out
    assert "cases.photographed" in shown
    assert "sifting.screen_early" in shown
    assert "next:" in shown
    assert main(["trace", "no-such-case"]) == 1


class TestReceipts:
    @pytest.fixture
    def sealed(self, case_id: uuid.UUID) -> uuid.UUID:
        """The same case with the third photograph, sealed, and one more in a second receipt."""
        actor = phones.actor_of(Party.objects.get(case=case_id))
        for number, shot in enumerate(("contact", "damage"), start=2):
            capture = evidence.Capture(client_id=uuid.uuid4(), shot=shot)
            evidence.photograph(actor, case_id, capture, photograph(SCENE, shot, number))
            receipts.seal(system("yancheng"), case_id, checkpoint_signer())
        assert Receipt.objects.count() == 2
        return case_id

    def test_whole(self, sealed: uuid.UUID) -> None:
        assert wrong() == {}

    @pytest.mark.parametrize("number", [1, 2])
    def test_a_changed_signature_is_found(self, sealed: uuid.UUID, number: int) -> None:
        row = Receipt.objects.get(number=number)
        other = "B" if row.sealed[60] == "A" else "A"
        Receipt.objects.filter(pk=row.pk).update(sealed=row.sealed[:60] + other + row.sealed[61:])
        assert any(f"receipt {number}" in text for text in wrong()["receipts 证据回执"])

    def test_a_swapped_list_is_found(self, sealed: uuid.UUID) -> None:
        row = Receipt.objects.get(number=1)
        Receipt.objects.filter(pk=row.pk).update(entries=row.entries[::-1])
        assert any("differs from what is signed" in text for text in wrong()["receipts 证据回执"])

    def test_a_missing_receipt_is_found(self, sealed: uuid.UUID) -> None:
        Receipt.objects.filter(number=1).delete()
        texts = wrong()["receipts 证据回执"]
        assert any("does not follow" in text for text in texts)
        assert any("in the journal" in text for text in texts)

    def test_another_photograph_under_its_name_is_found(self, sealed: uuid.UUID) -> None:
        Evidence.objects.filter(shot="front").update(sha256="0" * 64)
        assert any("another hash" in text for text in wrong()["receipts 证据回执"])

    def test_the_result_goes_into_custody_when_asked(self, sealed: uuid.UUID) -> None:
        assert main(["verify", "--note"]) == 0
        assert main(["verify", "--note"]) == 0
        assert Handling.objects.filter(what="verified").count() == 4
        broken = Evidence.objects.get(shot="front")
        path = Path(settings.STORAGE_DIR) / broken.sha256[:2] / broken.sha256
        path.unlink()
        assert main(["verify", "--note"]) == 1
        assert Handling.objects.get(what="faulty").evidence_id == broken.pk
