"""What covers, insurers and citations of a claim are called on a page; codes stay with the interfaces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.law import statutes
from kuaichu.people.models import Organisation

_COVERS: Final[dict[str, Callable[[], str]]] = {
    "CTALI": lambda: _("Compulsory insurance"),
    "TPL": lambda: _("Commercial third-party insurance"),
    "MOD": lambda: _("Own-damage insurance"),
    "NF_SUBSTITUTE": lambda: _("No-fault payment in the other's place"),
    "PERSONAL": lambda: _("Paid personally"),
    "OWN_BORNE": lambda: _("Borne by oneself"),
}


def cover_name(cover: str) -> str:
    """The name of a cover or of another purse; a code not known here as it is."""
    return _COVERS[cover]() if cover in _COVERS else cover


def insurer_names(codes: Iterable[str | None]) -> dict[str, str]:
    """The names of insurers by code; a company not registered here keeps its code."""
    wanted = {code for code in codes if code}
    known = dict(Organisation.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: known.get(code, code) for code in wanted}


def citation_names(citations: Iterable[str]) -> list[str]:
    """Citations in full and once each: `CTALI-Reg21` → 《机动车交通事故责任强制保险条例》第二十一条.

    The insurers' industry rules have no articles held here and bear one common name.
    """
    return list(dict.fromkeys(_citation_name(one) for one in citations))


def _citation_name(short: str) -> str:
    if short.startswith("S:"):
        return _("Industry rule of the insurers")
    try:
        citation = statutes.parse(short)
    except ValueError:
        return short
    return citation.en() if (get_language() or "").startswith("en") else citation.zh()
