"""A ruling is looked at again: samples are drawn, sides are told, money and papers follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from kuaichu.cases import files, outcome
from kuaichu.cases.models import Case, Party
from kuaichu.desks.claims import calculations, holds, readjusting
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.claims.rules import rules as claim_rules
from kuaichu.desks.documents import revocations
from kuaichu.desks.documents.models import CERTIFICATES, Paper
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.liability.rechecks import anew, samples
from kuaichu.desks.notify import words_bench
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process import hooking, paying
from kuaichu.process.calling import each
from kuaichu.process.telling import link_of, number_of, parties_of, tell_parties
from kuaichu.queries import losses

DECIDING = (*CERTIFICATES, Paper.Kind.FACTS)
SETTLING = (*CERTIFICATES, Paper.Kind.AGREEMENT)


def draw_sample(event: Event) -> None:
    """The lot decides whether a signed ruling is judged again, unseen."""
    samples.draw(system(event.city), UUID(event.fact.determination_id))


def others_of(event: Event) -> list[Party]:
    """Everybody but the party that acted."""
    return [p for p in parties_of(event) if str(p.pk) != event.fact.party_id]


def say_objected(event: Event) -> None:
    """The others hear of an objection, and that they may answer."""
    number = number_of(event)
    made = partial(with_link, event, lambda link: words_bench.objected(number, link))
    tell_parties(event, others_of(event), "objected", made, keep=False)


def say_objection_settled(event: Event) -> None:
    """All hear what the second officer found."""
    number, upheld = number_of(event), event.fact.upheld
    made = partial(with_link, event, lambda link: words_bench.objection_settled(number, link, upheld=upheld))
    tell_parties(event, parties_of(event), "objection_settled", made, keep=False)


def say_review_asked(event: Event) -> None:
    """The others hear that a review was applied for."""
    number = number_of(event)
    made = partial(with_link, event, lambda link: words_bench.review_asked(number, link))
    tell_parties(event, others_of(event), "review_asked", made, keep=False)


def say_decided_anew(event: Event) -> None:
    """All hear that the determination counts no more."""
    number = number_of(event)
    made = partial(with_link, event, lambda link: words_bench.decided_anew(number, link))
    tell_parties(event, parties_of(event), "decided_anew", made, keep=False)


def with_link(event: Event, words: Callable[[str], str], party: Party) -> str:
    """The words of a message with the party's own link."""
    return words(link_of(event, party))


def stop_the_money(event: Event) -> None:
    """The ruling counts no more: nothing is paid until another one does."""
    assert event.case_id is not None
    holds.hold(system(event.city), event.case_id, readjusting.ANEW)


def replace_older(event: Event) -> None:
    """A newer certificate is in force: the ones before it are superseded, and their readers told."""
    paper = Paper.objects.get(pk=UUID(event.fact.paper_id))
    issued = Paper.objects.filter(case_id=paper.case_id, kind__in=DECIDING, status=Paper.Status.ISSUED)
    for one in issued.filter(numbered_at__lt=paper.numbered_at):
        revocations.replace(system(event.city), one.pk, paper)


def let_money_follow(event: Event) -> None:
    """A case decided anew: computed again, what is too much to come back, what is missing to be approved."""
    assert event.case_id is not None
    case_id, actor = event.case_id, system(event.city)
    decided_anew = Determination.objects.filter(case_id=case_id, status=Determination.Status.REPLACED)
    if not decided_anew.exists() or not Claim.objects.filter(case_id=case_id).exists():
        return
    loss = losses.loss_case(files.case(case_id))
    if loss is not None:
        calculations.calculate(actor, case_id, loss)
    readjusting.readjust(actor, case_id)
    paying.close_if_paid(event)


def pay_the_rest(event: Event) -> None:
    """After the money was readjusted: small sums go on by themselves, larger ones wait for the insurer."""
    assert event.case_id is not None
    newest = calculations.newest_calculation(event.case_id)
    due = calculations.by_insurer(newest) if newest else {}
    limit = claim_rules(event.city).approve_up_to_fen
    for insurer in sorted(event.fact.due):
        if due.get(insurer, 0) <= limit:
            paying.small(event, insurer)


def say_recoveries(event: Event) -> None:
    """Each insurer hears what it has to get back, and what it owes besides."""
    assert event.case_id is not None
    claims = {c.insurer: c for c in Claim.objects.filter(case_id=event.case_id)}
    calls = []
    for code, claim in claims.items():
        recover, due = event.fact.recover.get(code, 0), event.fact.due.get(code, 0)
        data = {
            "claim_id": str(claim.pk), "why": event.fact.why, "recover_fen": recover, "due_fen": due,
            "stopped": len(event.fact.stopped),
        }  # fmt: skip
        calls.append(partial(hooking.tell, event, "claim.readjusted", code, data))
    each(calls)


def count_what_left(event: Event) -> None:
    """Money that was under way when it was stopped did arrive: it is counted again."""
    assert event.case_id is not None
    actor, newest = system(event.city), calculations.newest_calculation(event.case_id)
    if Claim.objects.filter(case_id=event.case_id, held_for=readjusting.REVOKED).exists():
        readjusting.readjust(actor, event.case_id, why=readjusting.REVOKED)
    elif newest is not None and newest.version > 1:
        readjusting.readjust(actor, event.case_id)


def follow_revocation(event: Event) -> None:
    """A paper was revoked: no money on it, what was paid is to come back, the police go on."""
    assert event.case_id is not None
    paper = Paper.objects.get(pk=UUID(event.fact.paper_id))
    if paper.kind not in SETTLING:
        return
    actor, case_id = system(event.city), event.case_id
    holds.hold(actor, case_id, readjusting.REVOKED)
    anew.withdraw_revoked(actor, case_id)
    readjusting.readjust(actor, case_id, why=readjusting.REVOKED)
    if files.case(case_id).status in (Case.Status.DECIDED, Case.Status.CLOSED):
        outcome.hand_over(actor, case_id, to="general", reasons=("REVOKED",))
    number = number_of(event)
    made = partial(with_link, event, lambda link: words_bench.paper_revoked(number, event.fact.number, link))
    tell_parties(event, parties_of(event), "paper_revoked", made, keep=False)
