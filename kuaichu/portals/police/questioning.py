"""The facts behind a proposal as questions: who said what, and what the officer finds instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.desks.liability.questions import QUESTIONS, About, key_of, question

MOST = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact: its question, what is known and from whom, the choices, and the officer's finding."""

    ref: str
    name: str
    text: str
    known: str
    sources: str
    choices: list[tuple[str, str]]
    found: str
    open: bool


def asked(ref: str) -> str:
    """The question behind a reference, in words; the reference itself when the vocabulary lacks it."""
    if key_of(ref) not in QUESTIONS:
        return ref
    return _(question(ref).text) % {"label": ref.split(".", 1)[0]}


def answer_words(ref: str, value: object) -> str:
    """An answer in words."""
    if key_of(ref) in QUESTIONS:
        for known, text in question(ref).choices:
            if known == value and isinstance(known, bool) == isinstance(value, bool):
                return _(text)
    return str(value)


def source_words(source: str) -> str:
    """Who stated a fact."""
    kind, _sep, label = source.partition(":")
    if kind == "party":
        return _("Party %(label)s") % {"label": label}
    return {"officer": _("Officer"), "register": _("Register"), "photo": _("Photograph")}.get(kind, source)


def field_name(ref: str) -> str:
    """The form field that carries the officer's finding about `ref`."""
    return f"fact.{ref}"


def needed(proposal: Mapping[str, Any], found: Mapping[str, Any]) -> list[Asked]:
    """The facts the proposal stands on or lacks, open ones first; the officer's own findings stay."""
    used = {one["ref"]: one for one in proposal.get("facts", [])}
    told = proposal.get("contradictions", [])
    disputed = [ref for c in told for ref in c.get("refs", [f"{c['subject']}.{c['key']}"])]
    wanted = [r for r in proposal.get("would_decide", []) if key_of(r) in QUESTIONS]
    refs = dict.fromkeys([*found, *disputed, *wanted[:MOST], *used])
    return [_asked(ref, used.get(ref), found, ref in wanted) for ref in refs if key_of(ref) in QUESTIONS]


def sketched(labels: Iterable[str], found: Mapping[str, Any], shown: Iterable[str]) -> list[Asked]:
    """What the sketch is drawn from and the form does not show yet."""
    refs = [f"{label}.{key}" for label in labels for key in ("movement", "zone", "other_came_from")]
    known = set(shown)
    rows = (*refs, "place.control", "place.road_form")
    return [_asked(ref, None, found, False) for ref in rows if ref not in known]


def further(labels: Iterable[str], shown: Iterable[str]) -> list[Asked]:
    """What parties rarely tell and an officer may find of his own accord (speed, phone, drink …)."""
    rows = []
    for key, one in QUESTIONS.items():
        subjects = ["place"] if one.about is About.PLACE else list(labels)
        rows += [f"{subject}.{key}" for subject in subjects if one.volunteered]
    known = set(shown)
    return [_asked(ref, None, {}, False) for ref in rows if ref not in known]


def _asked(ref: str, used: Mapping[str, Any] | None, found: Mapping[str, Any], is_open: bool) -> Asked:
    value = used["value"] if used else None
    return Asked(
        ref=ref,
        name=field_name(ref),
        text=asked(ref),
        known=answer_words(ref, value) if value is not None else "",
        sources="、".join(source_words(s) for s in used["sources"]) if used else "",
        choices=[(json.dumps(v), _(text)) for v, text in question(ref).choices],
        found=json.dumps(found[ref]) if ref in found else "",
        open=is_open and ref not in found,
    )


def read(form: Mapping[str, Any], labels: Iterable[str]) -> dict[str, Any]:
    """The officer's findings in a form; answers outside the vocabulary are dropped."""
    found = {}
    for name in form:
        ref = name.removeprefix("fact.")
        if name == ref or not form[name] or not known(ref, labels):
            continue
        value = next((v for v, _t in question(ref).choices if json.dumps(v) == form[name]), None)
        if value is not None:
            found[ref] = value
    return found


def known(ref: str, labels: Iterable[str]) -> bool:
    """Whether `ref` names a fact of the vocabulary about one of these vehicles or the place."""
    head, _sep, key = ref.partition(".")
    one = QUESTIONS.get(key.split("@")[0])
    if one is None:
        return False
    return head == "place" if one.about is About.PLACE else head in set(labels)
