"""A paper in force gets what it lacked, as revisions behind what was sealed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kuaichu.desks.documents import certificates, checking
from kuaichu.desks.documents.models import EarlierFile, Paper
from kuaichu.desks.documents.ports import TimeStampUnavailable
from kuaichu.desks.documents.signatures import revisions
from kuaichu.kernel import clock
from kuaichu.kernel.objects import read
from kuaichu.people.roles import system
from kuaichu.queries import verification
from kuaichu.queries.paper_inspection import the_papers
from kuaichu.queries.papering import file_verification
from kuaichu.queries.verdicts import Answer
from tests.desks.documents.samples import DRAWN
from tests.desks.documents.test_sealing import Away
from tests.portals.public.conftest import issue_one, number_one

pytestmark = pytest.mark.django_db
SYSTEM = system("yancheng")


@pytest.fixture
def unstamped(monkeypatch) -> Paper:
    """A paper sealed while the time-stamp authority was away."""
    with monkeypatch.context() as outage:
        outage.setattr(certificates, "timestamps", lambda _city: Away())
        issued = issue_one()
    assert issued.paper.level == "B-B"
    return issued.paper


def said(pdf: bytes) -> Answer:
    return file_verification.by_file(pdf, lambda f, t: checking.check(f, t, now=clock.now())).answer


def test_a_stamp_is_made_good_and_both_files_are_valid(unstamped):
    before = read(unstamped.file_sha256)
    new = revisions.stamped(unstamped)
    paper = revisions.revise(SYSTEM, unstamped.pk, new)
    after = read(paper.file_sha256)
    assert after.startswith(before)
    assert len(after) > len(before)
    assert paper.level == "B-LT"
    assert (said(before), said(after)) == (Answer.VALID, Answer.VALID)
    trust = verification.trust(logged=False)
    late = clock.now() + timedelta(days=9000)
    assert checking.check(after, trust, now=late).verdict is checking.Verdict.GENUINE
    assert checking.check(before, trust, now=late).verdict is checking.Verdict.KEY_NOT_VALID
    assert revisions.stamped(paper) is None
    assert the_papers(all_signatures=True).wrong == []


def test_while_the_authority_is_away_it_stays_due(unstamped, monkeypatch):
    monkeypatch.setattr(revisions, "timestamps", lambda _city: Away())
    with pytest.raises(TimeStampUnavailable):
        revisions.stamped(unstamped)


def test_receipts_follow_in_their_fields_and_the_last_one_counts():
    issued = issue_one()
    new = revisions.receipted(issued.paper, place=2, drawing=DRAWN)
    paper = revisions.revise(SYSTEM, issued.paper.pk, new)
    report = checking.check(read(paper.file_sha256), verification.trust(logged=False), now=clock.now())
    assert [one.field for one in report.signatures] == ["Seal", "Receipt2"]
    assert report.verdict is checking.Verdict.GENUINE
    assert said(issued.pdf) is Answer.VALID
    assert revisions.receipted(paper, place=2, drawing=None) is None
    assert revisions.receipted(paper, place=9, drawing=None) is None


def test_of_two_made_from_the_same_file_the_first_stands():
    issued = issue_one()
    one = revisions.receipted(issued.paper, place=2, drawing=None)
    two = revisions.receipted(issued.paper, place=2, drawing=DRAWN)
    first = revisions.revise(SYSTEM, issued.paper.pk, one)
    second = revisions.revise(SYSTEM, issued.paper.pk, two)
    assert first.file_sha256 == second.file_sha256 == one.made.sha256
    assert EarlierFile.objects.get().file_sha256 == issued.paper.file_sha256


def test_an_edited_earlier_file_is_found(unstamped):
    revisions.revise(SYSTEM, unstamped.pk, revisions.stamped(unstamped))
    EarlierFile.objects.update(file_size=1)
    assert the_papers().wrong == [f"paper {unstamped.number}: its file was changed"]


def test_what_is_not_issued_has_no_revisions():
    paper = number_one()
    assert (paper.level, paper.basis_id != uuid4()) == ("", True)
    assert revisions.stamped(paper) is None
