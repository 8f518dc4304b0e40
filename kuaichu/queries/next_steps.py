"""What comes next, who must act, by when, and what happens if nobody does: for every screen of every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import absence, files
from kuaichu.cases.models import Case, Party
from kuaichu.cases.rules import rules as case_rules
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.claims.rules import rules as claim_rules
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.liability.models import Agreement, Determination, EvidenceRequest, Wish
from kuaichu.desks.liability.rules import rules as liability_rules
from kuaichu.kernel import clock
from kuaichu.kernel.prepared import Prepared, find
from kuaichu.queries.fact_words import handed_to
from kuaichu.queries.field.coming import alive
from kuaichu.queries.field.words import role_name


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: what, who acts (`party:A`, `officer`, `insurer`, `nobody`), by when, and the default."""

    what: str
    who: str
    who_words: str
    by: datetime | None
    default: str


def next_step(case: Case) -> Next:
    """The next step of a case."""
    makers = {
        Case.Status.REPORTING: _reporting,
        Case.Status.READY: _ready,
        Case.Status.DECIDED: _decided,
        Case.Status.HANDED_OVER: _handed_over,
    }
    maker = makers.get(Case.Status(case.status))
    if maker is None:
        return Next(_("Nothing more to do."), "nobody", "", None, "")
    return maker(case)


def _party(label: str) -> tuple[str, str]:
    return f"party:{label}", _("Party %(label)s") % {"label": label}


def _reporting(case: Case) -> Next:
    parties = files.parties(case.pk)
    waiting = next((p for p in parties if p.status != Party.Status.CONFIRMED), parties[0])
    refused = next((p for p in parties if p.status == Party.Status.REFUSED), None)
    by = case.opened_at + timedelta(minutes=liability_rules(case.city).agreement_minutes)
    default = _("An officer on site is offered instead.")
    if refused is not None:
        return Next(_("Call an officer to the place."), *_party("A"), None, default)
    away = absence.waited_for(case, parties)
    if away is not None and parties[0].status == Party.Status.CONFIRMED:
        until = absence.waits_until(case, away)
        return Next(
            _("Join the case by the note or link."), *_party(away.label), until, _("The police go on.")
        )
    if case.cleared_at is not None:  # the rest may follow at home
        by = case.opened_at + timedelta(hours=case_rules(case.city).home_hours)
        default = _("Everybody is reminded, and an officer can be asked for.")
    what = {
        Party.Status.INVITED: _("Join the case by the code or link."),
        Party.Status.ABSENT: _("Join the case by the note or link."),
        Party.Status.JOINED: _("Complete and confirm your part."),
    }.get(Party.Status(waiting.status), _("Complete and confirm your part."))
    return Next(what, *_party(waiting.label), by, default)


_DETERMINATION = Prepared(
    lambda case: Determination.objects.filter(case=case).exclude(status__in=Determination.OVER), UUID
)
_PROPOSED = Prepared(lambda case: Agreement.objects.filter(case=case, status=Agreement.Status.PROPOSED), UUID)
_WISHES = Prepared(lambda case: Wish.objects.filter(case=case).values_list("party__label", "way"), UUID)


def _ready(case: Case) -> Next:
    found = _DETERMINATION.first(case.pk)
    if found is not None:
        words = _("Traffic police officer")
        if found.status == Determination.Status.RETURNED:
            return _returned(case, found)
        if found.status == Determination.Status.CHECKED:
            return Next(_("A second officer reads the ruling."), "officer", words, found.due_at, "")
        if found.status == Determination.Status.WAITING:
            return Next(
                _("Take the case from the queue."), "officer", words, found.due_at,
                _("It is drawn by lot for an officer who is free."),
            )  # fmt: skip
        return Next(
            _("Decide and sign."), "officer", words, found.due_at, _("It is shown to the supervisor.")
        )
    agreement = _PROPOSED.first(case.pk)
    by_minutes = timedelta(minutes=liability_rules(case.city).agreement_minutes)
    if agreement is not None:
        left = [p.label for p in files.parties(case.pk) if p.label not in agreement.signatures]
        return Next(
            _("Read and sign the agreement, or decline."), *_party(left[0] if left else "A"),
            agreement.proposed_at + by_minutes, _("The agreement lapses; you may ask for an officer."),
        )  # fmt: skip
    wishes = dict(_WISHES.rows(case.pk))
    wished, wished_ways = set(wishes), set(wishes.values())
    left = [p.label for p in files.parties(case.pk) if p.label not in wished]
    what = _("Choose: agree, or ask jointly for an officer.") if left else _joint_words(wished_ways)
    return Next(
        what, *_party(left[0] if left else "A"), None, _("Either of you may call an officer on site.")
    )


def _returned(case: Case, found: Determination) -> Next:
    """One more photograph is wanted of a party."""
    asked = EvidenceRequest.objects.filter(determination=found).order_by("-asked_at").first()
    label = next((p.label for p in files.parties(case.pk) if asked and p.pk == asked.party_id), "A")
    return Next(
        _("Send the photograph the officer asked for."), *_party(label), asked.due_at if asked else None,
        _("The officer decides on what there is."),
    )  # fmt: skip


def _joint_words(ways: set[str]) -> str:
    if ways == {Wish.Way.AGREE.value}:
        return _("No proposal is possible. Ask jointly for an officer.")
    return _("You want different ways. Choose the same one.")


def _decided(case: Case) -> Next:
    claims = find(Claim, case_id=case.pk)
    insurer = _("Insurer")
    if not claims:
        return Next(_("Make the paper and tell the insurers."), "system", _("Kuaichu"), None, "")
    assess_by = max(c.registered_at for c in claims) + timedelta(
        minutes=claim_rules(case.city).assess_minutes
    )
    late = _("The delay is shown here to everybody concerned.")
    if any(c.status == Claim.Status.REGISTERED for c in claims):
        return Next(_("Accept the claim."), "insurer", insurer, min(c.due_at for c in claims), late)
    if any(c.status == Claim.Status.ACKNOWLEDGED for c in claims):
        return Next(_("Assess the damage."), "insurer", insurer, assess_by, late)
    if any(c.status == Claim.Status.CALCULATED for c in claims):
        return Next(_("Approve the payout."), "insurer", insurer, assess_by, late)
    for party in files.parties(case.pk):
        if party.payee is None:
            by = clock.now() + timedelta(days=claim_rules(case.city).payee_days)
            return Next(
                _("Say where your money shall go."),
                *_party(party.label),
                by,
                _("We remind you; nothing is lost."),
            )
    return Next(_("Pay."), "insurer", insurer, None, late)


def _handed_over(case: Case) -> Next:
    task = alive(case.pk)
    if task is not None:
        return _coming(task)
    words = handed_to(case.outcome)
    return Next(
        _("The police continue with this file."), "officer", words, None, _("Call 122 if nobody comes.")
    )


def _coming(task: Task) -> Next:
    """Somebody is looked for, on the way, or there."""
    who = role_name(task.role) or _("Control room")
    if task.status == Task.Status.ARRIVED:
        return Next(
            _("Is with you and goes on."), "officer", who, None, _("Call 122 if you need somebody else.")
        )
    if task.status == Task.Status.ACCEPTED:
        default = _("Somebody else is sent, and you are told.")
        return Next(_("Is on the way to you."), "officer", who, task.due_at, default)
    default = _("The next person is asked. Nobody there? Call 122.")
    return Next(_("Looks for somebody near you."), "officer", _("Control room"), task.due_at, default)
