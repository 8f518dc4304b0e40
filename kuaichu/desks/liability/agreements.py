"""自行协商: the engine proposes, both read, both sign (D146 Art. 19–22)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, phones
from kuaichu.cases.watch.marks import signable
from kuaichu.desks.liability import signing
from kuaichu.desks.liability.apportioning import apportion, kept, kinds_of
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared, find
from kuaichu.kernel.refusals import NotFound, WrongState


@dataclass(frozen=True)
class AgreementProposed(Fact, name="liability.agreement_proposed"):
    """The engine's proposal was put before the parties."""

    agreement_id: str
    grades: dict[str, str]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class AgreementSigned(Fact, name="liability.agreement_signed"):
    """One party signed."""

    agreement_id: str
    party_id: str


@dataclass(frozen=True)
class Agreed(Fact, name="liability.agreed"):
    """All parties have signed: the agreement stands. `shares` are the civil ones; empty while open."""

    agreement_id: str
    grades: dict[str, str]
    shares: dict[str, str]
    clearing_shares: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AgreementDeclined(Fact, name="liability.agreement_declined"):
    """A party will not sign; the parties may still ask for an officer. `offered`: the way shown instead."""

    agreement_id: str
    party_id: str
    offered: str = ""


def propose(actor: Actor, case_id: UUID, proposal: dict[str, Any]) -> Agreement:
    """Put the engine's proposal before the parties, once while one is alive."""
    with act(actor, "liability.propose_agreement", case_id) as step:
        alive = alive_agreement(case_id)
        if alive is not None:
            step.already()
            return alive
        _insist_open(step, case_id)
        settled = kept(apportion(files.case(case_id).city, kinds_of(case_id), proposal["grades"]))
        agreement = Agreement.objects.create(
            case_id=case_id,
            city=actor.city,
            proposal=proposal,
            grades=proposal["grades"],
            shares=settled.civil,
            clearing_shares=settled.clearing,
            share_rule=settled.rule,
            proposed_at=clock.now(),
        )
        step.record(
            AgreementProposed(
                agreement_id=str(agreement.pk),
                grades=agreement.grades,
                rules=tuple(fault["code"] for fault in proposal.get("faults", ())),
            )
        )
    return agreement


def _insist_open(step: Any, case_id: UUID) -> None:
    """Refuse while an officer decides or has decided, and when the case is not with the parties."""
    decided = {one.status for one in find(Determination, case_id=case_id)}
    step.insist(
        signable(files.case(case_id))
        and not decided & {Determination.Status.TAKEN, Determination.Status.SIGNED},
        _("This agreement can no longer be signed."),
        otherwise=WrongState,
    )


@dataclass(frozen=True)
class NotProposed(Fact, name="liability.not_proposed"):
    """The facts told do not suffice for a proposal; the parties may answer more or ask for an officer."""

    agreement_id: str
    reasons: tuple[str, ...]
    would_decide: tuple[str, ...]


def not_proposed(actor: Actor, case_id: UUID, answer: dict[str, Any]) -> None:
    """Say that the engine makes no proposal, and why; the same answer is said once."""
    with act(actor, "liability.propose_agreement", case_id) as step:
        before = find(Agreement, case_id=case_id)
        declined = [row.proposal for row in before if row.status == Agreement.Status.DECLINED]
        if alive_agreement(case_id) is not None or answer in declined:
            step.already()
            return
        row = Agreement.objects.create(
            case_id=case_id,
            city=actor.city,
            status=Agreement.Status.DECLINED,
            proposal=answer,
            grades={},
            shares={},
            proposed_at=clock.now(),
        )
        step.record(
            NotProposed(
                agreement_id=str(row.pk),
                reasons=tuple(reason["code"] for reason in answer["reasons"]),
                would_decide=tuple(answer["would_decide"]),
            )
        )


def answered_since(case_id: UUID, moment: datetime) -> bool:
    """Whether the engine has proposed, or said why it cannot, at or after `moment`."""
    return any(one.proposed_at >= moment for one in find(Agreement, case_id=case_id))


def alive_agreement(case_id: UUID) -> Agreement | None:
    """The proposed or signed agreement of a case."""
    return _ALIVE.first(case_id)


_ALIVE = Prepared(
    lambda case_id: Agreement.objects.filter(case_id=case_id).exclude(status=Agreement.Status.DECLINED), UUID
)


def _standing(case_id: UUID) -> Agreement:
    """The agreement that is alive, else the one that was declined last."""
    put = Agreement.objects.filter(case_id=case_id).exclude(grades={}).order_by("-proposed_at")
    agreement = alive_agreement(case_id) or put.first()
    if agreement is None:
        raise NotFound(_("There is no agreement to sign."))
    return agreement


def sign(
    actor: Actor,
    case_id: UUID,
    *,
    path: str,
    read: bool,
    how: str = "drawn",
    door: str = signing.API,
    code: str = "",
    terms: str = "",
) -> Agreement:
    """Sign with a drawn signature (`path`, SVG path data) after having read the whole text.

    `how` is kept with it: `typed` says that `path` is only the mark of a party that typed its name. `door`
    says where it is signed and so what else is needed: `code`, sent to the signer's phone for this text alone
    (`signing.needs_code`), and on a page that it was shown before. `terms` is the digest a system has shown.

    Raises Invalid when the signature is empty, the text was not shown or confirmed as read, or the code is
    wrong; WrongState when a second party tries after a refusal. The last one makes the agreement stand.
    """
    signing.insist_drawn(path, read)
    before = _standing(case_id)
    proof = signing.checked_code(actor, before, door, code)
    with act(actor, "liability.sign_agreement", case_id) as step:
        agreement = _standing(case_id)
        party = files.own_party(actor, case_id)
        if agreement.status != Agreement.Status.DECLINED and party.label in agreement.signatures:
            step.already()
            return agreement
        step.insist(
            agreement.status == Agreement.Status.PROPOSED and agreement.pk == before.pk,
            _("This agreement can no longer be signed."),
            otherwise=WrongState,
        )
        _insist_open(step, case_id)
        signing.insist_own_hand(step, actor, party)
        signing.insist_read(agreement, party.label, door, terms)
        if proof is not None:
            phones.use_code(proof)
        agreement.signatures[party.label] = signing.signature_of(
            actor, party, agreement, path=path, how=how, door=door, code=proof
        )
        _finish_signing(step, agreement, str(party.pk), len(files.parties(case_id)))
    return agreement


def _finish_signing(step: Any, agreement: Agreement, party_id: str, parties: int) -> None:
    if len(agreement.signatures) == parties:
        move(agreement, Agreement.Status.SIGNED)
        agreement.signed_at = clock.now()
        agreement.save()
        told = (agreement.grades, agreement.shares, agreement.clearing_shares)
        step.record(Agreed(str(agreement.pk), *told))
    else:
        agreement.save()
        step.record(AgreementSigned(agreement_id=str(agreement.pk), party_id=party_id))


@dataclass(frozen=True)
class AgreementLapsed(Fact, name="liability.agreement_lapsed"):
    """Nobody signed or declined in time: the agreement lapsed, the parties may ask for an officer."""

    agreement_id: str


def lapse(actor: Actor, case_id: UUID, agreement_id: UUID) -> None:
    """Let a proposed agreement lapse; nothing happens to one that was signed or declined."""
    with act(actor, "liability.lapse_agreement", case_id) as step:
        agreement = Agreement.objects.get(pk=agreement_id)
        if agreement.status != Agreement.Status.PROPOSED:
            step.already()
            return
        move(agreement, Agreement.Status.DECLINED)
        agreement.save()
        step.record(AgreementLapsed(agreement_id=str(agreement.pk)))


def decline(actor: Actor, case_id: UUID, *, offered: str = "") -> Agreement:
    """Not sign. Nobody has to; the reason is nobody's business. `offered` names the way shown instead."""
    with act(actor, "liability.decline_agreement", case_id) as step:
        files.own_party(actor, case_id)
        agreement = _standing(case_id)
        if agreement.status == Agreement.Status.DECLINED:
            step.already()
            return agreement
        move(agreement, Agreement.Status.DECLINED)
        agreement.save()
        told = {"agreement_id": str(agreement.pk), "party_id": str(actor.party_id)}
        step.record(AgreementDeclined(**told, offered=offered))
    return agreement
