"""Rights over one's data: asked by a party, granted or refused in writing; the machine refuses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.oversight.models import RightsRequest
from kuaichu.desks.oversight.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.kernel.workdays import reckon

MOST = 1000
Kind, Status = RightsRequest.Kind, RightsRequest.Status


@dataclass(frozen=True)
class Asked(Fact, name="oversight.rights_asked"):
    """A party asked to correct, delete or explain."""

    request_id: str
    party_id: str
    kind: str


@dataclass(frozen=True)
class Answered(Fact, name="oversight.rights_answered"):
    """The request was granted or refused."""

    request_id: str
    party_id: str
    kind: str
    granted: bool


def ask(actor: Actor, case_id: UUID, *, kind: str, words: str) -> RightsRequest:
    """Ask; one open request of a kind at a time, the same again finds it.

    Raises Invalid at `kind` or `words` (needed unless everything shall be deleted; at most 1000 characters).
    """
    words = files.clean(words)
    wrong: dict[str, str] = {}
    if kind not in Kind.values:
        wrong["kind"] = _("Choose what you want.")
    if len(words) > MOST or (kind != Kind.DELETE and len(words) < 4):
        wrong["words"] = _("Say in 4 to 1000 characters what is wrong or what you want to know.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    with act(actor, "oversight.ask", case_id) as step:
        party = files.own_party(actor, case_id)
        step.insist(party.phone_proven_at, _("Confirm your phone number first."), code="phone_not_proven")
        known = RightsRequest.objects.filter(party=party, kind=kind, status=Status.OPEN).first()
        if known is not None:
            step.insist(
                known.words == words,
                _("You have already asked this. The answer comes by the date shown."),
                otherwise=WrongState,
                code="asked",
            )
            step.already()
            return known
        now = clock.now()
        row = RightsRequest.objects.create(
            case_id=case_id, party=party, city=actor.city, kind=kind, words=words, asked_at=now,
            due_at=reckon(now, working_days=rules(actor.city).answer_days).at,
        )  # fmt: skip
        step.record(Asked(request_id=str(row.pk), party_id=str(party.pk), kind=kind))
    return row


def answer(actor: Actor, request_id: UUID, *, granted: bool, words: str, kept_until: str = "") -> None:
    """Answer in writing. `kept_until` names the end of the time for which the law keeps the file.

    Raises NotFound for another city's, Invalid without reasons, WrongState when a deletion is granted for a
    file that must still be kept.
    """
    words = files.clean(words)
    if not 4 <= len(words) <= MOST:
        text = _("Write the answer in 4 to 1000 characters.")
        raise Invalid(text, fields={"words": text})
    known = RightsRequest.objects.filter(pk=request_id, city=actor.city).first()
    if known is None:
        raise NotFound(_("There is no such request."))
    if granted and known.kind == Kind.DELETE and kept_until:
        text = _("This file must be kept until %(day)s. Answer with that reason.") % {"day": kept_until}
        raise WrongState(text, code="must_be_kept")
    with act(actor, "oversight.answer", known.case_id) as step:
        _settle(step, request_id, granted=granted, words=words)


def grant_erasure(actor: Actor, request_id: UUID) -> None:
    """Grant a deletion that nothing stands against (the system's own act: it never refuses)."""
    known = RightsRequest.objects.get(pk=request_id)
    with act(actor, "oversight.grant_erasure", known.case_id) as step:
        _settle(step, request_id, granted=True, words="")


def _settle(step: Step, request_id: UUID, *, granted: bool, words: str) -> None:
    row = RightsRequest.objects.get(pk=request_id)
    if row.status != Status.OPEN:
        step.already()
        return
    move(row, Status.GRANTED if granted else Status.REFUSED)
    row.answer, row.answered_at = words, clock.now()
    row.save()
    step.record(Answered(request_id=str(row.pk), party_id=str(row.party_id), kind=row.kind, granted=granted))
