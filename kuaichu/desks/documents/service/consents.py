"""Consent to electronic service (ADM Art. 36¶3): given by the party itself, withdrawn at any time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.documents.models import ServiceConsent
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact


@dataclass(frozen=True)
class ServiceAgreed(Fact, name="documents.service_agreed"):
    """A party agreed to be served electronically."""

    party_id: str


@dataclass(frozen=True)
class ServiceDeclined(Fact, name="documents.service_declined"):
    """A party no longer wants to be served electronically: what comes from now on is printed."""

    party_id: str


def agree(actor: Actor, case_id: UUID) -> None:
    """Agree to electronic service for oneself. Raises NotFound for who has no part in the case."""
    with act(actor, "documents.agree_service", case_id) as step:
        party = files.own_party(actor, case_id)
        if consent_of(case_id, party.pk) is not None:
            step.already()
            return
        ServiceConsent(case_id=case_id, party_id=party.pk, at=clock.now()).save()
        step.record(ServiceAgreed(party_id=str(party.pk)))


def decline(actor: Actor, case_id: UUID) -> None:
    """Take the consent back; what was served before stays served."""
    with act(actor, "documents.decline_service", case_id) as step:
        party = files.own_party(actor, case_id)
        row = consent_of(case_id, party.pk)
        if row is None:
            step.already()
            return
        row.withdrawn_at = clock.now()
        row.save()
        step.record(ServiceDeclined(party_id=str(party.pk)))


def consent_of(case_id: UUID, party_id: UUID) -> ServiceConsent | None:
    """The consent in force."""
    return ServiceConsent.objects.filter(case_id=case_id, party_id=party_id, withdrawn_at=None).first()
