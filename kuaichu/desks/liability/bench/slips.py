"""A party says that a name, the place or the words of its certificate hold a slip; who signed puts it right.

The officer who signed, and nobody else, corrects or says in writing why there is nothing to correct
(`bench/corrections.py`). What is not a slip of the pen is an objection or a review.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.bench.issuing import open_recheck
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.taking import ALIVE, finish, mine, reasons_of
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import WrongState
from kuaichu.kernel.workdays import reckon

KIND = Recheck.Kind.CORRECTION


@dataclass(frozen=True)
class SlipTold(Fact, name="liability.slip_told"):
    """A party says that the certificate holds a slip; its officer answers by `due_at`."""

    recheck_id: str
    party_id: str
    due_at: str


@dataclass(frozen=True)
class SlipAnswered(Fact, name="liability.slip_answered"):
    """The officer says, with reasons, that there is nothing to put right."""

    recheck_id: str
    determination_id: str


def tell(actor: Actor, case_id: UUID, *, words: str) -> Recheck:
    """Say what is written wrongly; while one is open, the same again finds it.

    Raises Invalid at `words`, WrongState without a certificate, or while another one is open.
    """
    told = reasons_of(words)
    with act(actor, "liability.tell_slip", case_id) as step:
        party, row = files.own_party(actor, case_id), alive_determination(case_id)
        step.insist(
            row is not None and row.status == Determination.Status.SIGNED,
            _("There is no certificate to correct."),
            otherwise=WrongState,
        )
        assert row is not None
        known = Recheck.objects.filter(determination=row, kind=KIND, status__in=ALIVE).first()
        if known is not None and known.party_id == party.pk and known.told["words"] == told:
            step.already()
            return known
        step.insist(
            known is None,
            _("The officer looks at an earlier note already. Wait for the answer."),
            otherwise=WrongState,
            code="slip_open",
        )
        now = clock.now()
        due = reckon(now, working_days=rules(row.city).objection_days).at
        recheck = open_recheck(row, KIND, now, due, told={"words": told}, party=party)
        step.record(SlipTold(str(recheck.pk), str(party.pk), due.isoformat()))
    return recheck


def decline(actor: Actor, recheck_id: UUID, *, words: str) -> None:
    """Say why there is nothing to put right. Raises Invalid at `words`, NotFound for what is not taken."""
    known, why = mine(actor, recheck_id, KIND), reasons_of(words)
    with act(actor, "liability.correct", known.case_id) as step:
        recheck = mine(actor, recheck_id, KIND)
        finish(recheck, "not_corrected", words=why)
        step.record(SlipAnswered(str(recheck.pk), str(recheck.determination_id)))


def put_right(row: Determination) -> None:
    """What was told about this ruling is answered by its correction, inside that act."""
    for recheck in Recheck.objects.filter(determination=row, kind=KIND, status__in=ALIVE):
        if recheck.status == Recheck.Status.WAITING:
            move(recheck, Recheck.Status.TAKEN)
            recheck.officer_id = row.officer_id
        finish(recheck, "corrected")


def newest_of(case_id: UUID, party_id: UUID) -> Recheck | None:
    """This party's newest note."""
    rows = Recheck.objects.filter(case_id=case_id, kind=KIND, party_id=party_id)
    return rows.order_by("-requested_at").first()
