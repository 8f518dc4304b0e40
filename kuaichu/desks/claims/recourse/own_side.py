"""互碰自赔: each insurer pays its own insured, when every party wants it (industry rule [S:W24])."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims.models import Calculation, Claim, OwnSideWish
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find, find_one
from kuaichu.kernel.refusals import WrongState


@dataclass(frozen=True)
class OwnSideWished(Fact, name="claims.own_side_wished"):
    """A party wants each insurer to pay its own insured; `all`: now every party does."""

    party_id: str
    label: str
    all: bool


def wish(actor: Actor, case_id: UUID, *, label: str, lawful: bool, parties: int) -> OwnSideWish:
    """Want 互碰自赔; nobody has to. It counts when all `parties` want it, before anything is computed.

    Raises WrongState where it is not `lawful` here, or the calculation is made already.
    """
    with act(actor, "claims.wish_own_side", case_id) as step:
        known = find_one(OwnSideWish, case_id=case_id, label=label)
        if known is not None:
            step.already()
            return known
        step.insist(
            lawful and find(Claim, case_id=case_id) and not find(Calculation, case_id=case_id),
            _("It is not possible here, or it was computed already who pays what."),
            otherwise=WrongState,
            code="not_lawful",
        )
        row = OwnSideWish(case_id=case_id, label=label, at=clock.now())
        row.save()
        every = len(wishes(case_id)) == parties
        step.record(OwnSideWished(party_id=str(actor.party_id), label=label, all=every))
    return row


def wishes(case_id: UUID) -> frozenset[str]:
    """The labels of the parties that want it."""
    return frozenset(row.label for row in find(OwnSideWish, case_id=case_id))
