"""Errands: what a post of the centre has to see to in a case that somebody else decides.

Mediation, injuries and the rescue fund, rescue and repair: the post sees the file, notes what it did, hands
the errand on to another post, or finishes it. It decides nothing about the accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.centre.models import Errand
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

POSTS: Final = ("mediation", "injury", "rescue")
WORK: Final = ("centre.work_mediation", "centre.work_injury", "centre.work_rescue")
"""Who sits at the post may see to its errands."""
LEAST, MOST = 4, 500
Status = Errand.Status


@dataclass(frozen=True)
class CalledIn(Fact, name="centre.called_in"):
    """A post is to see to something in a case. `why`: hurt, stuck, asked (by an officer), handed_on."""

    errand_id: str
    post: str
    why: str


@dataclass(frozen=True)
class ErrandNoted(Fact, name="centre.errand_noted"):
    """Somebody at the post noted what was done."""

    errand_id: str
    post: str


@dataclass(frozen=True)
class ErrandDone(Fact, name="centre.errand_done"):
    """The post has seen to it; with `to` another post goes on."""

    errand_id: str
    post: str
    to: str = ""


def call_in(actor: Actor, case_id: UUID, post: str, *, why: str, words: str = "") -> Errand:
    """Give a post an errand, once while it is open. Raises Invalid at `post`, NotFound in another city."""
    _insist_post(post)
    with act(actor, "centre.call_in", case_id) as step:
        case = files.case(case_id)
        ours = case.city == actor.city
        step.insist(ours, _("There is no such case, or it is not yours."), otherwise=NotFound)
        known = Errand.objects.filter(case_id=case_id, post=post, status=Status.OPEN).first()
        if known is not None:
            step.already()
            return known
        errand = _open(actor, case_id, post, why, words)
        step.record(CalledIn(errand_id=str(errand.pk), post=post, why=why))
    return errand


def _open(actor: Actor, case_id: UUID, post: str, why: str, words: str) -> Errand:
    now = clock.now()
    due = now + timedelta(hours=rules(actor.city).errand_hours.get(post, 24))
    try:
        with transaction.atomic():
            return Errand.objects.create(
                city=actor.city, case_id=case_id, post=post, why=why, words=files.clean(words)[:MOST],
                opened_at=now, opened_by=actor.id, due_at=due,
            )  # fmt: skip
    except IntegrityError as twice:
        raise WrongState(_("This post has the case already."), code="has_it") from twice


def _insist_post(post: str) -> None:
    if post not in POSTS:
        raise Invalid(_("There is no such post."), fields={"post": _("There is no such post.")})


def verb_of(post: str) -> str:
    """The verb somebody needs to see to errands of this post."""
    return dict(zip(POSTS, WORK, strict=True))[post]


def own_posts(actor: Actor) -> list[str]:
    """The posts whose errands this member of staff sees to, where it sits now."""
    held = {
        "mediation": actor.may("centre.work_mediation"),
        "injury": actor.may("centre.work_injury"),
        "rescue": actor.may("centre.work_rescue"),
    }
    return [post for post in POSTS if held[post]]


def worklist(actor: Actor) -> list[Errand]:
    """What is open at the own post, what is due first on top."""
    rows = Errand.objects.filter(city=actor.city, post__in=own_posts(actor), status=Status.OPEN)
    return list(rows.select_related("case").order_by("due_at", "id")[:200])


def own(actor: Actor, errand_id: UUID) -> Errand:
    """An errand of the own post, open or done; raises NotFound for any other."""
    rows = Errand.objects.filter(pk=errand_id, city=actor.city, post__in=own_posts(actor))
    row = rows.select_related("case").first()
    if row is None:
        raise NotFound(_("There is no such errand at your post."))
    return row


def note(actor: Actor, errand_id: UUID, *, words: str) -> None:
    """Note what was done. Raises Invalid at `words`, NotFound, WrongState once it is finished."""
    told, known = _words(words), own(actor, errand_id)
    with act(actor, verb_of(known.post), known.case_id) as step:
        row = _to_work_on(step, actor, errand_id)
        if row.notes and row.notes[-1]["words"] == told and row.notes[-1]["by"] == actor.id:
            step.already()
            return
        _write(row, actor, told)
        row.save()
        step.record(ErrandNoted(errand_id=str(row.pk), post=row.post))


def finish(actor: Actor, errand_id: UUID, *, words: str, to: str = "") -> None:
    """Say how it ended; with `to` it goes on at that post, with these words.

    Raises Invalid at `words` or `to`, NotFound, WrongState once it is finished or `to` has the case.
    """
    told, known = _words(words), own(actor, errand_id)
    if to and (to not in POSTS or to == known.post):
        raise Invalid(_("Choose another post."), fields={"to": _("Choose another post.")})
    with act(actor, verb_of(known.post), known.case_id) as step:
        row = _to_work_on(step, actor, errand_id)
        _write(row, actor, told)
        move(row, Status.DONE)
        row.done_at, row.to = clock.now(), to
        row.save()
        if to:
            _open(actor, row.case_id, to, "handed_on", told)
        step.record(ErrandDone(errand_id=str(row.pk), post=row.post, to=to))


def _to_work_on(step: Step, actor: Actor, errand_id: UUID) -> Errand:
    row = own(actor, errand_id)
    step.insist(row.status == Status.OPEN, _("This errand is finished."), otherwise=WrongState)
    return row


def _write(row: Errand, actor: Actor, words: str) -> None:
    line: dict[str, Any] = {"at": clock.now().isoformat(), "by": actor.id, "words": words}
    row.notes = [*row.notes, line]


def _words(words: str) -> str:
    told = files.clean(words)
    if not LEAST <= len(told) <= MOST:
        text = _("Write %(least)d to %(most)d characters.") % {"least": LEAST, "most": MOST}
        raise Invalid(text, fields={"words": text})
    return told
