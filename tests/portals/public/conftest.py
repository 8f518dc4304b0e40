"""Papers issued through the verbs, sealed by the city's real seal, on a case that is only a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import pytest
from django.core.cache import cache

from kuaichu.cases import intake
from kuaichu.desks.documents import certificates, revocations
from kuaichu.desks.documents.models import Paper
from kuaichu.kernel import objects
from kuaichu.kernel.actors import Actor
from kuaichu.people import roles
from tests.desks.documents import samples

CITY = "yancheng"
SUPERVISOR = Actor(kind="staff", id="supervisor", city=CITY, grants=roles.ROLES["supervisor"])
# everything of the sample's facts that no public page may show
PERSONAL = [
    *(p.name for p in samples.CERTIFICATE_PARTIES),
    *(p.document_no for p in samples.CERTIFICATE_PARTIES),
    *(p.phone for p in samples.CERTIFICATE_PARTIES),
    *(p.policy for p in samples.CERTIFICATE_PARTIES[:2]),
    "鲁M·A1234", "鲁MA1234", "鲁M·D12345", "鲁MD12345", "张明远", "151234", samples.PLACE,
]  # fmt: skip


@dataclass(frozen=True)
class Issued:
    """A paper in force and its file."""

    paper: Paper
    pdf: bytes


def number_one(count: int = 2) -> Paper:
    """A numbered paper on a new case."""
    case, _party = intake.open_case(roles.visitor(CITY))
    return certificates.number(
        roles.system(CITY),
        case.pk,
        kind=Paper.Kind.CERTIFICATE,
        basis_id=uuid4(),
        build=lambda head: samples.certificate(
            count, paper_id=str(head.paper_id), number=head.number, issued_at=head.issued_at
        ),
    )


def issue_one() -> Issued:
    """A paper numbered, sealed and issued."""
    paper = number_one()
    drawings = {"甲": samples.DRAWN}
    made = certificates.make(paper, drawings=drawings)
    issued = certificates.issue(roles.system(CITY), paper.pk, made)
    return Issued(issued, objects.read(made.sha256))


@pytest.fixture(autouse=True)
def _fresh_cache(settings) -> None:
    """An empty cache in memory: the queries counted are the pages', not the shared cache's on PostgreSQL."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def issue(db: None) -> Callable[[], Issued]:
    return issue_one


@pytest.fixture
def issued(issue: Callable[[], Issued]) -> Issued:
    return issue()


@pytest.fixture
def upload(client):
    """Send bytes as the file form does."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(pdf: bytes, **headers: str):
        given = SimpleUploadedFile("paper.pdf", pdf, content_type="application/pdf")
        return client.post("/v/file", {"file": given}, **headers)

    return send


@pytest.fixture
def revoke() -> Callable[..., Paper]:
    return partial(revocations.revoke, SUPERVISOR)


@pytest.fixture
def supersede() -> Callable[..., Paper]:
    return partial(revocations.supersede, SUPERVISOR)
