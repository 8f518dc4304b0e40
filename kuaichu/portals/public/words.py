"""The words of the verification page: for each answer a colour, a sign, a sentence and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from kuaichu.desks.documents.models import Paper
from kuaichu.portals.public import change_words
from kuaichu.portals.public.check_words import said
from kuaichu.queries.verdicts import Answer, Check, State, Verdict

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Face:
    """How an answer looks and what it says; `advice` is what to do now."""

    tone: str
    icon: str
    title: Words
    lead: Words
    advice: Words = ""


_COMPARE = later(
    "Compare number, plates and grades below with the paper in your hand. "
    "If anything differs, the paper was altered."
)
_DISTRUST = later(
    "Do not rely on this paper. Ask the person who gave it to you for the original, or call 122."
)

FACES: Final[dict[Answer, Face]] = {
    Answer.VALID: Face("ok", "check", later("Valid"), later("Issued by us and in force."), _COMPARE),
    Answer.SUPERSEDED: Face(
        "warn",
        "refresh",
        later("Replaced by a newer paper"),
        later("It was issued by us, but a newer paper has taken its place."),
        later("Ask for the newer paper and verify that one."),
    ),
    Answer.REVOKED: Face(
        "bad",
        "cross",
        later("Revoked"),
        later("It was issued by us, but it is no longer valid."),
        later("Nothing may be paid or decided on this paper any more."),
    ),
    Answer.MAKING: Face(
        "warn",
        "clock",
        later("Not issued yet"),
        later("The number is taken, but the paper is still being sealed."),
        later("Look again in a minute."),
    ),
    Answer.OTHER_BYTES: Face(
        "warn",
        "alert",
        later("Our seal, but not the file we issued"),
        later("The sealed content is ours and unchanged, yet these are not the bytes that were issued."),
        later("Ask for the original file, or rely only on what is shown below."),
    ),
    Answer.ALTERED: Face(
        "bad", "stop", later("Changed or forged"), later("This is not what was issued."), _DISTRUST
    ),
    Answer.NOT_OURS: Face(
        "bad", "stop", later("Not a paper of ours"), later("It bears no seal of this city."), _DISTRUST
    ),
    Answer.KEY_NOT_VALID: Face(
        "bad",
        "stop",
        later("Signed with a key that was not valid"),
        later("The seal is one of this city's, but at the time it was used its key was not valid."),
        _DISTRUST,
    ),
    Answer.SEALED: Face(
        "warn",
        "seal",
        later("Sealed and unchanged"),
        later("The seal leads to the given root and nothing was changed."),
        later("Only the page of the city that issued it knows whether it is still in force."),
    ),
    Answer.UNKNOWN: Face(
        "bad",
        "help",
        later("No such paper"),
        later("We have not issued a paper with this number or code."),
        later("Look for a typing slip first. If the paper says exactly this, do not rely on the paper."),
    ),
    Answer.CODE_NEEDED: Face(
        "warn",
        "search",
        later("Enter the anti-counterfeit code"),
        later("A number alone shows nothing, whether there is such a paper or not: numbers can be guessed."),
        later("Type the code of 12 letters and digits beside the QR code, scan the QR, or check the file."),
    ),
    Answer.SLIP: Face(
        "warn",
        "edit",
        later("There is a typing slip in the code"),
        later("Its characters do not fit together: one is wrong, two are swapped, or one is missing."),
        later("A code has 12 letters and digits, such as 7K3M-9QXR-04WD. Type it again."),
    ),
    Answer.UNREADABLE: Face(
        "warn",
        "eye",
        later("This could not be read"),
        later("It is damaged, incomplete, or not what this page can check."),
        later("Upload the original PDF file, not a photo or a scan; or type the code printed on the paper."),
    ),
    Answer.TOO_LARGE: Face(
        "warn",
        "upload",
        later("The file is too large"),
        later("Our papers are far smaller than 5 MB, so this is not the file we issued."),
        later("Upload the original PDF file, or type the code printed on the paper."),
    ),
}

_LEADS: Final[dict[tuple[Answer, str], Words]] = {
    (Answer.VALID, "file"): later("This is, byte for byte, the file we issued, and it is in force."),
    (Answer.VALID, "qr"): later("The QR code was signed by us, and the paper it stands on is in force."),
    (Answer.ALTERED, "register"): later(
        "The register and the public log contradict each other. Rely on nothing and tell us, please."
    ),
    (Answer.ALTERED, "altered"): later("The file was changed after it was sealed."),
    (Answer.ALTERED, "signature"): later("The QR code was changed or made by somebody else."),
    (Answer.KEY_NOT_VALID, "key_period"): later("The QR code bears a date on which its key was not in use."),
    (Answer.KEY_NOT_VALID, "revoked"): later(
        "The key of this seal had been revoked when the file was signed."
    ),
    (Answer.KEY_NOT_VALID, "period"): later(
        "The file was signed outside the time for which the key of this seal was issued, "
        "or nothing proves when."
    ),
    (Answer.NOT_OURS, "untrusted"): later("The file is signed, but not by a seal of this city."),
    (Answer.NOT_OURS, "unsigned"): later(
        "The file bears no electronic seal at all: a scan, a print or a copy without its seal."
    ),
    (Answer.NOT_OURS, "unknown_key"): later("The QR code is signed with a key that is not ours."),
    (Answer.UNKNOWN, "signed"): later(
        "It bears our signature, but the register does not know it. Tell us, please."
    ),
    (Answer.UNREADABLE, "format"): later("The QR code was scanned only in part, or it is no code of ours."),
}

KINDS: Final[dict[str, Words]] = {str(value): label for value, label in Paper.Kind.choices}
GRADES: Final[dict[str, Words]] = {
    "FULL": later("full liability"),
    "PRIMARY": later("primary liability"),
    "EQUAL": later("equal liability"),
    "SECONDARY": later("secondary liability"),
    "NONE": later("no liability"),
}

_MARKS: Final = {State.OK: ("ok", "check"), State.BAD: ("bad", "cross"), State.OPEN: ("wait", "help")}
_PLACED: Final = {"log_facts", "log_file"}


def shown(verdict: Verdict) -> dict[str, object]:
    """Everything the page of an answer shows."""
    face = FACES[verdict.answer]
    paper = verdict.paper
    exact = verdict.answer is Answer.VALID and verdict.way == "file"  # nothing is left to compare by eye
    return {
        "verdict": verdict,
        "face": face,
        "advice": "" if exact else face.advice,
        "lead": _LEADS.get((verdict.answer, verdict.why or verdict.way), face.lead),
        "kind": KINDS.get(paper.kind, "") if paper is not None else "",
        "parties": [
            {"code": party.code, "plate": party.plate, "grade": GRADES.get(party.grade, "")}
            for party in (paper.parties if paper is not None else ())
        ],
        "checks": [_check(check) for check in verdict.checks],
        "stamp": _stamp(verdict),
        "changes": change_words.told(verdict.changes),
    }


def _check(check: Check) -> dict[str, object]:
    tone, mark = _MARKS[check.state]
    text = said(check)
    detail = _("index %(index)s") % {"index": check.value} if check.name in _PLACED else ""
    spoken = {State.OK: _("passed"), State.BAD: _("failed"), State.OPEN: _("undecided")}[check.state]
    return {"text": text, "tone": tone, "mark": mark, "detail": detail, "spoken": spoken}


def _stamp(verdict: Verdict) -> str:
    """Who stamped the time, named honestly."""
    if verdict.seal is None or verdict.seal.stamped_at is None:
        return ""
    if verdict.seal.authority == "local":
        return _(
            "The time stamp is local: this installation's own. It shows the order of things to those who "
            "trust this installation, and proves nothing to others."
        )
    return _("Time-stamp authority: %(name)s") % {"name": verdict.seal.authority}
