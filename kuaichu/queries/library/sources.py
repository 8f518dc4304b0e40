"""What the keys in a rule's source stand for. Where only a public page repeats a rule, that is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import gettext as _

SOURCES: Final[dict[str, Callable[[], str]]] = {
    "L1": lambda: _("Provisions on the procedure for handling road traffic accidents, text held here"),
    "L2": lambda: _("Road Traffic Safety Law, text held here"),
    "L3": lambda: _("Its implementing regulation, text held here"),
    "L19": lambda: _("Shandong measures, text held here"),
    "L20": lambda: _("Beijing measures, text held here"),
    "W3": lambda: _("Beijing list of situations of full liability (BJ), as repeated by public pages"),
    "W5": lambda: _("Text of the Beijing agreement form, as repeated by a public page"),
    "W6": lambda: _("Beijing list of faults that weigh alike (EQ), as repeated by public pages"),
    "W8": lambda: _("Shandong quick-handling rules (SD), as repeated by a public page"),
    "W9": lambda: _("Ningbo standard of liability (NB), as repeated by public pages"),
    "W29": lambda: _("Customary shares and clause of the insurers, from a public page"),
    "W45": lambda: _("Provincial share tables, as repeated by public pages"),
    "W49": lambda: _("Six cases of rear-end collisions, from a public page"),
    "W53": lambda: _("Public pages on the same situation"),
    "W54": lambda: _("General list of sixteen cases, from public pages"),
    "W55": lambda: _("A public document on the same situation"),
    "W60": lambda: _("Copy of the 2009 amendment of the Jiangsu regulation, from a public page"),
    "G7": lambda: _("List of 22 situations in a provincial service (HN), public"),
}
_KEY = re.compile(r"\b([LWG]\d{1,2})\b")


def explained(source: str) -> Iterator[tuple[str, str]]:
    """The keys that a source names, each once, with what they stand for."""
    for key in dict.fromkeys(_KEY.findall(source)):
        if key in SOURCES:
            yield key, SOURCES[key]()
