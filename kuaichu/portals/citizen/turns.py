"""Whose turn it is in a case, seen by one party: a title, a sentence, and the one thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kuaichu.cases import absence
from kuaichu.cases.models import Case, Party
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, determinations
from kuaichu.desks.liability.models import Agreement, Wish
from kuaichu.portals.citizen.holding import Held
from kuaichu.portals.citizen.steps.plan import onward, plan


@dataclass(frozen=True, slots=True)
class Turn:
    """What this party can do now: a title, a sentence, and the button."""

    title: str
    text: str
    url: str = ""
    action: str = ""
    tone: str = "info"


def turn(held: Held, papers: list[Paper]) -> Turn:
    """Whose turn it is, seen by this party."""
    makers = {
        Case.Status.REPORTING: _reporting,
        Case.Status.READY: _ready,
        Case.Status.HANDED_OVER: _handed_over,
        Case.Status.WITHDRAWN: _withdrawn,
    }
    maker = makers.get(Case.Status(held.case.status))
    return maker(held) if maker else _decided(held, papers)


def _reporting(held: Held) -> Turn:
    if held.party.status == Party.Status.CONFIRMED:
        return _waiting(held)
    if held.party.status == Party.Status.REFUSED:
        return Turn(
            _("You do not take part"),
            _("An officer is called to the scene instead. Changed your mind? Call 122."),
            "tel:122",
            _("Call 122"),
            "warn",
        )
    left = sum(1 for step in plan(held) if not step.done(held))
    text = _("%(count)d steps left. Everything you have entered is saved.") % {"count": left}
    return Turn(_("Continue your report"), text, onward(held, ""), _("Continue"))


def _waiting(held: Held) -> Turn:
    """One's own part is complete; the others' are not, or nobody is left to wait for."""
    if any(p.status == Party.Status.REFUSED for p in held.others):
        return Turn(
            _("An officer comes to you"),
            _("The other party does not take part. Stay in a safe place; all you entered is kept."),
            "tel:122",
            _("Call 122"),
            "warn",
        )
    away = absence.waited_for(held.case, list(held.parties))
    if away is not None:
        return Turn(
            _("Waiting for who is not there"),
            _("You need not wait here. When they join, it goes on between you; else the police go on."),
            held.url("note", label=away.label) if held.first else "",
            _("Show the note") if away.status == Party.Status.ABSENT else _("What happens then"),
            "wait",
        )
    if all(p.status == Party.Status.CONFIRMED for p in held.parties):
        return Turn(
            _("Just a moment"),
            _("All of you have confirmed. We check which ways are open to you."),
            tone="wait",
        )
    waits = any(p.status == Party.Status.INVITED for p in held.others)
    text = (
        _("Not everybody has opened the link yet. Show the code again if needed.")
        if waits
        else _("Your part is complete. The others are still filling in theirs.")
    )
    url = held.url("others" if held.many else "code") if waits and held.first else ""
    return Turn(_("Waiting for the other party"), text, url, _("Show the code"), "wait")


def _ready(held: Held) -> Turn:
    found = determinations.alive_determination(held.case.pk)
    if found is not None:
        return Turn(
            _("An officer decides"),
            _("You may close this page. We send you a message as soon as it is decided."),
            held.url("waiting"),
            _("See the queue"),
            "wait",
        )
    agreement = agreements.alive_agreement(held.case.pk)
    if agreement is not None and agreement.status == Agreement.Status.PROPOSED:
        if held.party.label in agreement.signatures:
            return Turn(
                _("You have signed"),
                _("The other party reads and signs now."),
                held.url("agreement"),
                _("Read it again"),
                "wait",
            )
        return Turn(
            _("Read the proposal and sign"),
            _("Take your time. Nobody has to sign."),
            held.url("agreement"),
            _("Read the proposal"),
        )
    if Wish.objects.filter(party=held.party).exists():
        return Turn(
            _("Waiting for the other party's choice"),
            _("You have chosen. It goes on when all of you choose the same way."),
            held.url("ways"),
            _("Change my choice"),
            "wait",
        )
    return Turn(
        _("Choose how to settle it"),
        _("All parties have confirmed what they entered. Now choose the way."),
        held.url("ways"),
        _("Choose the way"),
    )


def _handed_over(held: Held) -> Turn:
    texts = {
        "general": (
            _("Police officers investigate this accident"),
            _("Stay in a safe place. Two officers handle the case and contact you."),
        ),
        "police_on_site": (
            _("An officer comes to you"),
            _("Stay in a safe place near the scene. Everything you entered goes with the case."),
        ),
        "criminal": (_("The police investigate"), _("Stay where you are and leave everything as it is.")),
    }
    title, text = texts.get(held.case.outcome, texts["general"])
    left = sum(1 for step in plan(held) if not step.done(held)) if held.open else 0
    if not left:
        return Turn(title, text, held.url("photos"), _("Add photographs"), "warn")
    if held.case.outcome == "police_on_site":
        asked = _("Go on here meanwhile, if it is safe: the officer finds it all, and nobody asks you twice.")
    else:
        asked = _("Only if it is safe and nobody needs you: photographs and your number help the officers.")
    return Turn(title, f"{text} {asked}", onward(held, ""), _("Go on with my report"), "warn")


def _decided(held: Held, papers: list[Paper]) -> Turn:
    if held.party.payee is None and held.case.status == Case.Status.DECIDED:
        return Turn(
            _("Where shall the money go?"),
            _("If an insurer owes you money, it is paid to this card as soon as the amount is known."),
            held.url("payee"),
            _("Enter a bank card"),
        )
    if held.case.status == Case.Status.CLOSED and held.party.rating is None:
        return Turn(
            _("All done. How did it go?"),
            _("Two taps help us to make it better."),
            held.url("rating"),
            _("Tell us"),
            "ok",
        )
    if held.case.status == Case.Status.CLOSED:
        return Turn(
            _("All done"),
            _("Your papers stay here and can be checked by anybody you show them to."),
            tone="ok",
        )
    if not papers:
        return Turn(
            _("Your paper is being made"), _("It is sealed and appears here within a minute."), tone="wait"
        )
    return Turn(
        _("The insurers are at work"),
        _("You have nothing to do. We tell you when money is paid."),
        tone="wait",
    )


def _withdrawn(_held: Held) -> Turn:
    text = _("Nothing more will happen. You may report again at any time.")
    return Turn(_("You have taken this report back"), text)
