"""在线认定: one qualified officer takes the oldest suitable case, decides, gives reasons, signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.desks.liability.rulings import Ruling, checked
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared, find_sure
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.people import signin


@dataclass(frozen=True)
class Taken(Fact, name="liability.taken"):
    """An officer took the case."""

    determination_id: str
    officer_id: str


@dataclass(frozen=True)
class GivenBack(Fact, name="liability.given_back"):
    """An officer gave the case back to the queue (conflict of interest, or end of shift)."""

    determination_id: str
    officer_id: str
    why: str


@dataclass(frozen=True)
class Drafted(Fact, name="liability.drafted"):
    """The officer saved a draft."""

    determination_id: str


@dataclass(frozen=True)
class Signed(Fact, name="liability.signed"):
    """The officer determined liability and signed. `shares` are the civil ones; empty while open."""

    determination_id: str
    officer_id: str
    grades: dict[str, str]
    shares: dict[str, str]
    citations: tuple[str, ...]
    followed_engine: bool
    clearing_shares: dict[str, str] = field(default_factory=dict)


def alive_determination(case_id: UUID) -> Determination | None:
    """The waiting, taken or signed determination of a case."""
    return _ALIVE.first(case_id)


def take_next(actor: Actor, proposal_for: Any) -> Determination | None:
    """The oldest waiting case this officer may take, now taken; None when there is none.

    `proposal_for(case_id)` gives the engine's proposal, frozen into the row. Never an own or conflicting
    case: officers are recused from cases of people with their own ID number and cases they gave back.
    Two officers asking at once get different cases.
    """
    held = _in_hand(actor)
    if held is not None:
        return held
    for row in _WAITING.all(actor.city):
        if actor.id in row.shunned or signin.conflicted(UUID(actor.id), _identities(row.case_id)):
            continue
        try:
            taken = _try_take(actor, row, proposal_for)
        except IntegrityError:  # a second tap at the same moment was given another case
            return _in_hand(actor)
        if taken is not None:
            return taken
    return None


def _in_hand(actor: Actor) -> Determination | None:
    return _IN_HAND.first(UUID(actor.id), actor.city)


_IN_HAND = Prepared(
    lambda officer, city: Determination.objects.filter(
        officer_id=officer, city=city, status=Determination.Status.TAKEN
    ),
    UUID,
    str,
)
_WAITING = Prepared(
    lambda city: Determination.objects.filter(
        city=city, status=Determination.Status.WAITING, case__status=Case.Status.READY
    ).order_by("requested_at")[:50],
    str,
)
_ALIVE = Prepared(
    lambda case_id: Determination.objects.filter(case_id=case_id).exclude(status=Determination.Status.ENDED),
    UUID,
)


def _identities(case_id: UUID) -> list[str]:
    return [p.id_number for p in files.parties(case_id) if p.id_number]


def _try_take(actor: Actor, row: Determination, proposal_for: Any) -> Determination | None:
    proposal = proposal_for(row.case_id)
    with act(actor, "liability.take", row.case_id) as step:
        _insist_qualified(step, actor)
        fresh = find_sure(Determination, pk=row.pk)
        if fresh.status != Determination.Status.WAITING:
            step.already()
            return None
        move(fresh, Determination.Status.TAKEN)
        fresh.officer_id, fresh.taken_at, fresh.proposal = UUID(actor.id), clock.now(), proposal
        fresh.save()
        step.record(Taken(determination_id=str(fresh.pk), officer_id=actor.id))
    return fresh


def _insist_qualified(step: Any, actor: Actor) -> None:
    step.insist(
        signin.qualified(actor.id, clock.today()),
        _(
            "Your qualification for the summary procedure is missing or has expired. "
            "Speak to your supervisor."
        ),
        code="not_qualified",
    )


def held_by(actor: Actor, case_id: UUID) -> Determination:
    """The determination this officer holds in this case; raises NotFound for anybody else's."""
    row = Determination.objects.filter(case_id=case_id, officer_id=UUID(actor.id)).exclude(
        Q(status=Determination.Status.ENDED) | Q(status=Determination.Status.WAITING)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(_("You do not hold this case."))
    return row


def draft(actor: Actor, case_id: UUID, fields: dict[str, Any]) -> Determination:
    """Keep what the officer has entered so far."""
    with act(actor, "liability.draft", case_id) as step:
        row = held_by(actor, case_id)
        step.insist(
            row.status == Determination.Status.TAKEN, _("This is signed already."), otherwise=WrongState
        )
        if row.draft == fields:
            step.already()
            return row
        row.draft = fields
        row.save()
        step.record(Drafted(determination_id=str(row.pk)))
    return row


def give_back(actor: Actor, case_id: UUID, *, why: str) -> None:
    """Return the case to the queue; this officer will not be offered it again."""
    with act(actor, "liability.give_back", case_id) as step:
        row = held_by(actor, case_id)
        move(row, Determination.Status.WAITING)
        row.shunned = [*row.shunned, actor.id]
        row.officer_id, row.taken_at, row.draft = None, None, {}
        row.save()
        step.record(GivenBack(determination_id=str(row.pk), officer_id=actor.id, why=why[:40]))


def determine(actor: Actor, case_id: UUID, ruling: Ruling, *, factor_fresh: bool) -> Determination:
    """Determine liability and sign.

    Raises Invalid naming each field (grades that cannot stand together, article that does not exist, no
    reasons), NotAllowed without a fresh second factor or valid qualification, WrongState when signed.
    """
    with act(actor, "liability.determine", case_id) as step:
        row = held_by(actor, case_id)
        if row.status == Determination.Status.SIGNED:
            step.already()
            return row
        step.insist(factor_fresh, _("Confirm with your second factor before signing."), code="second_factor")
        _insist_qualified(step, actor)
        case = files.case(case_id)
        agreed = Agreement.objects.filter(case_id=case_id, status=Agreement.Status.SIGNED).exists()
        step.insist(
            case.status == Case.Status.READY and not agreed,
            _("This case is no longer open."),
            otherwise=WrongState,
        )
        grades, settled = checked(case, ruling)
        move(row, Determination.Status.SIGNED)
        row.grades, row.citations = grades, ruling.citations
        row.shares, row.clearing_shares, row.share_rule = settled.civil, settled.clearing, settled.rule
        row.facts_found, row.reasons = ruling.facts_found.strip(), ruling.reasons.strip()
        row.form = ruling.form
        row.draft = {**(row.draft or {}), "found": ruling.found}
        row.followed_engine = (row.proposal or {}).get("grades") == grades
        row.signed_at = clock.now()
        row.save()
        step.record(
            Signed(
                determination_id=str(row.pk),
                officer_id=actor.id,
                grades=grades,
                shares=settled.civil,
                citations=tuple(ruling.citations),
                followed_engine=row.followed_engine,
                clearing_shares=settled.clearing,
            )
        )
    return row


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
        if party.label in row.served:
            step.already()
            return
        row.served[party.label] = clock.now().isoformat()
        row.save()
        step.record(Served(determination_id=str(row.pk), party_id=str(party.pk)))
