"""The words of each check on the verification page: passed, failed, undecided."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from kuaichu.queries.verdicts import Check, State

Words = str | Promise

_SAID: Final[dict[str, tuple[Words, Words, Words]]] = {
    # passed, failed, could not be decided
    "bytes": (
        later("Byte for byte the issued file, by SHA-256 and SM3"),
        later("Not the bytes of the issued file"),
        later("The bytes could not be compared"),
    ),
    "intact": (
        later("Signature intact: nothing that was signed has changed"),
        later("Signature broken: something was changed after signing"),
        later("The signature could not be checked just now"),
    ),
    "trusted": (
        later("The seal's certificate leads to the root of this city's seals"),
        later("The certificate does not lead to the root of this city's seals"),
        later("Certificate not checked: there is no intact signature"),
    ),
    "covers": (
        later("The signature covers the whole file"),
        later("The file contains something that no signature covers"),
        later("What the signature covers could not be checked just now"),
    ),
    "stamp": (later("Time stamp checked"), later("Time stamp wrong"), later("No time stamp was found")),
    "embedded": (
        later("The facts inside the file are those in the register"),
        later("The facts inside the file are not those in the register"),
        later("The facts inside the file could not be read"),
    ),
    "qr_signature": (
        later("The QR code was signed with our key"),
        later("The QR code was not signed by us"),
        "",
    ),
    "qr_facts": (
        later("The QR code fits the facts in the register"),
        later("The QR code does not fit the facts in the register"),
        "",
    ),
    "facts": (
        later("The facts in the register are those frozen when the number was given"),
        later("The facts in the register were changed"),
        "",
    ),
    "log_facts": (
        later("The facts' hash stands in the public log, with an inclusion proof"),
        later("The public log does not contain these facts"),
        "",
    ),
    "log_file": (
        later("The file's hash stands in the public log, with an inclusion proof"),
        later("The public log does not contain this file"),
        "",
    ),
    "status": (
        later("Neither replaced nor revoked"),
        later("Replaced or revoked since"),
        later("Not in force yet"),
    ),
}


def said(check: Check) -> Words:
    """How a check ended, in a sentence."""
    passed, failed, undecided = _SAID[check.name]
    return {State.OK: passed, State.BAD: failed, State.OPEN: undecided}[check.state]
