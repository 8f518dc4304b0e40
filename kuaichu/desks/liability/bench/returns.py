"""Returned for evidence: one more photograph is asked for; the case comes back to the same officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.evidence import SHOTS
from kuaichu.desks.liability.bench.issuing import keep_for
from kuaichu.desks.liability.determinations import in_hand
from kuaichu.desks.liability.models import Determination, EvidenceRequest
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid

Status = EvidenceRequest.Status
MOST = 300


@dataclass(frozen=True)
class EvidenceAsked(Fact, name="liability.evidence_asked"):
    """An officer needs one more photograph of a party; the case waits for it."""

    determination_id: str
    request_id: str
    party_id: str
    shot: str


@dataclass(frozen=True)
class EvidenceSettled(Fact, name="liability.evidence_settled"):
    """The photograph came, or its time passed (`how` came or lapsed): its officer is wanted again."""

    determination_id: str
    request_id: str
    party_id: str
    how: str


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is missing: of which party, which kind of photograph, and what it should show, in own words."""

    label: str
    shot: str
    words: str = ""


def ask(actor: Actor, case_id: UUID, missing: Missing) -> EvidenceRequest:
    """Ask for one more photograph; the officer is free for the next case meanwhile, the draft is kept.

    Raises Invalid at `label`, `shot` or `words`, NotFound for a case that is not held.
    """
    words = files.clean(missing.words)
    with act(actor, "liability.ask_evidence", case_id) as step:
        row = in_hand(step, actor, case_id)
        party = next((p for p in files.parties(case_id) if p.label == missing.label and p.phone), None)
        wrong: dict[str, str] = {}
        if party is None:
            wrong["label"] = _("Choose a party that can be reached by phone.")
        if missing.shot not in SHOTS:
            wrong["shot"] = _("Choose one of the kinds.")
        if len(words) > MOST:
            wrong["words"] = _("At most %(most)d characters.") % {"most": MOST}
        if wrong or party is None:
            raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
        move(row, Determination.Status.RETURNED)
        row.kept_for, row.officer_id = row.officer_id, None
        row.save()
        now = clock.now()
        asked = EvidenceRequest.objects.create(
            case_id=case_id, determination=row, party=party, officer_id=UUID(actor.id), shot=missing.shot,
            words=words, asked_at=now, due_at=now + timedelta(minutes=rules(row.city).evidence_minutes),
        )  # fmt: skip
        step.record(
            EvidenceAsked(
                determination_id=str(row.pk),
                request_id=str(asked.pk),
                party_id=str(party.pk),
                shot=asked.shot,
            )
        )
    return asked


def open_request(case_id: UUID, party_id: UUID | None = None) -> EvidenceRequest | None:
    """What an officer waits for in this case (of this party, when named); None for nothing."""
    rows = EvidenceRequest.objects.filter(case_id=case_id, status=Status.ASKED)
    return (rows.filter(party_id=party_id) if party_id else rows).first()


def settle(actor: Actor, case_id: UUID, request_id: UUID, *, evidence_id: UUID | None = None) -> None:
    """The photograph came (`evidence_id`), or its time is over: the case goes back to its officer, once."""
    with act(actor, "liability.settle_evidence", case_id) as step:
        asked = EvidenceRequest.objects.select_related("determination").get(pk=request_id)
        if asked.status != Status.ASKED:
            step.already()
            return
        row = asked.determination
        alive = row.status == Determination.Status.RETURNED
        move(asked, (Status.CAME if evidence_id else Status.LAPSED) if alive else Status.ENDED)
        asked.answered_at, asked.evidence_id = clock.now(), evidence_id
        asked.save()
        if not alive:
            step.already()
            return
        keep_for(row, asked.officer_id)
        row.save()
        step.record(
            EvidenceSettled(
                determination_id=str(row.pk),
                request_id=str(asked.pk),
                party_id=str(asked.party_id),
                how=asked.status,
            )
        )


def newest_answer(determination: Determination) -> EvidenceRequest | None:
    """What was asked last for this determination, with what came of it."""
    rows = EvidenceRequest.objects.filter(determination=determination).exclude(status=Status.ASKED)
    return rows.order_by("-asked_at").first()
