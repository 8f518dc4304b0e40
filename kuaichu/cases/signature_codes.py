"""A code for one signature: sent to the signer's own phone, good for one text only."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, phones
from kuaichu.cases.models import PhoneCode
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import Invalid


def ask_signature_code(actor: Actor, case_id: UUID, bound: str) -> PhoneCode:
    """Send a code to the party's proven phone, to sign the text whose SHA-256 (hex) is `bound`.

    Raises NotAllowed without a proven phone of its own, WrongState when too many were asked for in an hour.
    """
    with act(actor, "cases.ask_signature_code", case_id) as step:
        party = files.own_party(actor, case_id)
        step.insist(party.phone_proven_at, _("Confirm your phone number first."), code="phone_not_proven")
        return phones.new_code(step, party, party.phone, phones.SIGN, bound)


def try_signature_code(actor: Actor, digits: str, bound: str) -> PhoneCode:
    """Count the try and return the code, not yet used; call it before the act that signs.

    Raises Invalid at field `code` when it is wrong, expired, or was asked for another text.
    """
    if not digits.strip():
        text = _("Enter the code we sent to your phone.")
        raise Invalid(text, code="code_missing", fields={"code": text})
    code = phones.try_code(actor, digits, phones.SIGN)
    if code.bound != bound:
        text = _("The text has changed since this code was sent. Read it again and ask for a new code.")
        raise Invalid(text, code="other_text", fields={"code": text})
    return code


def open_signature_code(party_id: UUID, bound: str) -> PhoneCode | None:
    """The newest code of this party for this text that can still be entered."""
    row = find_one(PhoneCode, "-asked_at", party_id=party_id, purpose=phones.SIGN, bound=bound)
    return row if row is not None and row.used_at is None and row.expires_at > clock.now() else None
