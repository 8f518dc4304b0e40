"""Check a paper's QR code on the reader's own phone: after one visit also without network."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.papers.facts import PARTY_CODES, Grade
from kuaichu.kernel import clock
from kuaichu.portals.public.words import GRADES, KINDS


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page with everything it needs: published keys, the day of their list, words; nobody's data."""
    context = {"page": _data(), "day": clock.now()}
    return render(request, "public/offline.html", context)


def _data() -> dict[str, Any]:
    return {
        "keys": json.loads(certificates.keyset().jwks())["keys"],
        "kinds": {kind: str(name) for kind, name in KINDS.items()},
        "grades": {grade.letter: str(GRADES[grade.value]) for grade in Grade},
        "parties": list(PARTY_CODES),
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "signed": [
            _("Signed by us"),
            _(
                "The code was made by this installation and nothing in it was changed. Whether the paper was "
                "replaced or revoked since, only the page with network knows."
            ),
        ],
        "altered": [_("Changed or forged"), _("The QR code was changed or made by somebody else.")],
        "key_period": [
            _("Signed with a key that was not valid"),
            _("The QR code bears a date on which its key was not in use."),
        ],
        "not_ours": [_("Not a paper of ours"), _("The QR code is signed with a key that is not ours.")],
        "unreadable": [
            _("This could not be read"),
            _("The QR code was scanned only in part, or it is no code of ours."),
        ],
        "unable": [
            _("This browser cannot check signatures"),
            _("Use a newer browser, or open the link in the code: then the server checks."),
        ],
        "kind": _("Kind of paper"),
        "number": _("Paper number"),
        "date": _("Date on it"),
        "facts": _("Hash of the facts"),
        "leaf": _("Leaf of the log"),
        "compare": _(
            "Compare number, plates and grades with the paper in your hand. "
            "If anything differs, it was altered."
        ),
        "scanning": _("Hold the camera over the code."),
        "other_code": _("This code is no code of a paper."),
        "no_camera": _("No camera here. Paste the text, or choose a picture of the code."),
    }
