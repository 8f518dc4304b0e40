"""Revocations: how a paper in force ends, with a reason or by a newer one; nothing is erased."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.documents.models import Paper
from kuaichu.kernel import clock, publiclog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move


@dataclass(frozen=True)
class Revoked(Fact, name="documents.revoked"):
    """A paper is no longer valid, and why; nothing is erased."""

    paper_id: str
    number: str
    why: str


def revoke(actor: Actor, paper_id: UUID, *, why: str) -> Paper:
    """Revoke an issued paper; the verification page and the insurers are told."""
    known = Paper.objects.get(pk=paper_id)
    with act(actor, "documents.revoke", known.case_id) as step:
        step.insist(known.city == actor.city, _("This paper belongs to another city."), code="other_city")
        paper = Paper.objects.get(pk=paper_id)
        if paper.status == Paper.Status.REVOKED:
            step.already()
            return paper
        move(paper, Paper.Status.REVOKED)
        _log(paper)
        paper.ended_at, paper.ended_why = clock.now(), why[:200]
        paper.save()
        step.record(Revoked(paper_id=str(paper.pk), number=paper.number, why=why[:40]))
    return paper


def _log(paper: Paper, **more: str) -> None:
    """That a paper ended is a leaf of the public log: nobody can show an older state unseen."""
    content = {"number": paper.number, "status": str(paper.status), **more}
    publiclog.append(paper.city, "status", paper.pk, content)


@dataclass(frozen=True)
class Superseded(Fact, name="documents.superseded"):
    """A paper was replaced by a newer one."""

    paper_id: str
    number: str
    by: str


def supersede(actor: Actor, paper_id: UUID, by: Paper) -> Paper:
    """Mark an issued paper as replaced by the issued paper `by`."""
    known = Paper.objects.get(pk=paper_id)
    with act(actor, "documents.supersede", known.case_id) as step:
        step.insist(known.city == actor.city, _("This paper belongs to another city."), code="other_city")
        paper = Paper.objects.get(pk=paper_id)
        if paper.status == Paper.Status.SUPERSEDED:
            step.already()
            return paper
        move(paper, Paper.Status.SUPERSEDED)
        _log(paper, by=by.number)
        paper.ended_at, paper.superseded_by = clock.now(), by
        paper.save()
        step.record(Superseded(paper_id=str(paper.pk), number=paper.number, by=str(by.pk)))
    return paper
