"""What stands behind a signature: the text was shown, a notice with it, a code went to the signer's phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kuaichu.cases import files, helping, signature_codes
from kuaichu.cases.models import Party, PhoneCode
from kuaichu.desks.liability.models import Agreement
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.canonical import digest
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid

PAGE: Final = "page"
API: Final = "api"
SHARED: Final = "shared"
"""Doors to a signature: a page on the signer's phone, a proven phone's token, a page on another's phone."""
# A drawn signature is kept as SVG path data only: commands, numbers, blanks and commas.
PATH = re.compile(r"^[MLCQmlcqzZ0-9eE.,\-\s]{10,20000}$")


@dataclass(frozen=True)
class AgreementShown(Fact, name="liability.agreement_shown"):
    """The agreement was shown to a party, with this version of the notice."""

    agreement_id: str
    party_id: str
    terms: str
    notice: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said at the point of signing, in the reader's language; `version` changes with the words."""

    text: str
    version: str


def notice_of(city: str) -> Notice:
    """The city's notice at the point of signing, or ours. The version is of the Chinese words, which bind."""
    own = rules(city).signing_notice
    english = (get_language() or "").startswith("en")
    with override("zh-hans"):
        binding = own.get("zh") or _ours()
    text = (own.get("en") or (binding if own.get("zh") else _ours())) if english else binding
    return Notice(text, digest(binding)[:12])


def _ours() -> str:
    return _(
        "You state facts and settle between you who bears the liability for this accident. You need not "
        "admit anything, and you need not sign now or at all. Nobody may press you. Without your signature "
        "nothing is lost: an officer decides, online if both of you ask, or at the scene."
    )


def terms_of(agreement: Agreement) -> str:
    """SHA-256 (hex) of exactly what is signed: the proposal with its facts and reasons, grades and shares."""
    told = {
        "agreement": agreement.pk,
        "case": agreement.case_id,
        "proposal": agreement.proposal,
        "grades": agreement.grades,
        "shares": agreement.shares,
        "clearing_shares": agreement.clearing_shares,
    }
    return digest(told)


def show(actor: Actor, case_id: UUID, agreement: Agreement) -> None:
    """Record, once a party and text, that the agreement and the notice are on the party's screen now."""
    label = files.own_party(actor, case_id).label
    if label in agreement.shown or agreement.status != Agreement.Status.PROPOSED:
        return
    notice = notice_of(actor.city)
    with act(actor, "liability.read_agreement", case_id) as step:
        row = Agreement.objects.get(pk=agreement.pk)
        if label in row.shown or row.status != Agreement.Status.PROPOSED:
            step.already()
            return
        row.shown[label] = {"at": clock.now().isoformat(), "notice": notice.version}
        row.save(update_fields=["shown"])
        agreement.shown = row.shown
        step.record(
            AgreementShown(
                agreement_id=str(row.pk),
                party_id=str(actor.party_id),
                terms=terms_of(row),
                notice=notice.version,
            )
        )


def needs_code(actor: Actor, door: str) -> bool:
    """Whether a signature through this door needs a code sent to the signer's phone.

    On somebody else's phone always; otherwise as the city says for pages and for systems. A member of staff
    who witnesses the signature of a party without a phone needs none.
    """
    if actor.kind == "staff":
        return False
    own = rules(actor.city)
    return door == SHARED or (own.signature_code if door == PAGE else own.signature_code_api)


def ask_code(actor: Actor, case_id: UUID, agreement: Agreement) -> PhoneCode:
    """Send the signer a code for this text; see `signature_codes.ask_signature_code`."""
    return signature_codes.ask_signature_code(actor, case_id, terms_of(agreement))


def checked_code(actor: Actor, agreement: Agreement, door: str, digits: str) -> PhoneCode | None:
    """The code that was entered, its try counted; None where none is needed. Before the act that signs."""
    party = files.own_party(actor, agreement.case_id)
    settled = party.label in agreement.signatures or agreement.status != Agreement.Status.PROPOSED
    if settled or not needs_code(actor, door):
        return None
    return signature_codes.try_signature_code(actor, digits, terms_of(agreement))


def insist_drawn(path: str, read: bool) -> None:
    """Refuse (Invalid) an empty signature, and one under a text that was not confirmed as read."""
    if not read:
        text = _("Please confirm that you have read the agreement and the notices.")
        raise Invalid(text, fields={"read": text})
    if not PATH.match(path):
        text = _("Please sign in the field.")
        raise Invalid(text, fields={"signature": text})


def insist_read(agreement: Agreement, label: str, door: str, terms: str) -> None:
    """Refuse (Invalid) what was not shown before: on a page by our record, elsewhere by the text's digest."""
    if door != API and label not in agreement.shown:
        text = _("First read the agreement on this screen.")
        raise Invalid(text, code="not_shown", fields={"read": text})
    if terms and terms != terms_of(agreement):
        text = _("This is not the text as it stands now. Read it again.")
        raise Invalid(text, code="other_text", fields={"terms": text})


def insist_own_hand(step: Any, actor: Actor, party: Party) -> None:
    """Refuse (NotAllowed) whoever has neither a proven phone of its own nor a witness."""
    before_witness = actor.kind == "staff" and helping.witnessed(party) and not helping.has_own_phone(party)
    step.insist(
        before_witness or (party.phone_proven_at and actor.kind != "staff"),
        _("Confirm your phone number first."),
        code="phone_not_proven",
    )


def signature_of(
    actor: Actor,
    party: Party,
    agreement: Agreement,
    *,
    path: str,
    how: str,
    door: str,
    code: PhoneCode | None,
) -> dict[str, Any]:
    """What is kept of a signature: the drawn path, and all that shows whose it is and what was read."""
    now, shown = clock.now().isoformat(), agreement.shown.get(party.label, {})
    proven = party.phone_proven_at
    witness = actor.kind == "staff"
    return {
        "path": path,
        "how": "witnessed" if witness else "typed" if how == "typed" else "drawn",
        "at": now,
        "door": door,
        "terms": terms_of(agreement),
        "shown_at": shown.get("at", ""),
        "notice": shown.get("notice", ""),
        "phone_proven_at": proven.isoformat() if proven else "",
        "code_at": now if code is not None else "",
        "helper": _helper(party),
        "witness": actor.id if witness else "",
    }


def _helper(party: Party) -> dict[str, str]:
    """Who filled in for this party, as it is named on the paper; empty for nobody."""
    helper = party.helper or {}
    return {key: str(helper.get(key, "")) for key in ("kind", "name", "organisation")} if helper else {}
