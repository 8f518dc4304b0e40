"""Service of a certificate: a party acknowledges receipt, and its days of review run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Party
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import WrongState


@dataclass(frozen=True)
class Served(Fact, name="liability.served"):
    """A party acknowledged receipt of the certificate; the three working days of review run."""

    determination_id: str
    party_id: str


def receive(actor: Actor, case_id: UUID) -> None:
    """Acknowledge receipt of the certificate (D146 Art. 24, service by consent ADM Art. 36)."""
    with act(actor, "documents.receive", case_id) as step:
        row = alive_determination(case_id)
        party = files.own_party(actor, case_id)
        step.insist(
            row is not None and row.status == Determination.Status.SIGNED,
            _("There is no certificate yet."),
            otherwise=WrongState,
        )
        assert row is not None
        _serve(step, row, party, clock.now())


def note_served(actor: Actor, case_id: UUID, party_id: UUID, at: datetime) -> None:
    """The certificate was handed to a party, or refused, in print: its days of review run from `at`."""
    with act(actor, "liability.note_served", case_id) as step:
        row = alive_determination(case_id)
        if row is None or row.status != Determination.Status.SIGNED:
            step.already()
            return
        _serve(step, row, files.party(case_id, party_id), at)


def _serve(step: Step, row: Determination, party: Party, at: datetime) -> None:
    if party.label in row.served:
        step.already()
        return
    row.served[party.label] = at.isoformat()
    row.save()
    step.record(Served(determination_id=str(row.pk), party_id=str(party.pk)))
