"""From an order to the facts of its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import Paper, PaperOrder
from kuaichu.desks.documents.papers.facts import Paper as PaperFacts
from kuaichu.queries.papering import evidence, first, moneyed, settling

Kind = Paper.Kind
Build = Callable[[Case, PaperOrder, Head], PaperFacts]

BUILDS: Final[dict[str, Build]] = {
    Kind.ACCEPTANCE: first.acceptance,
    Kind.RIGHTS: first.rights,
    Kind.CLEAR: first.clear,
    Kind.HAND_OVER: first.hand_over,
    Kind.SUPPLEMENT: first.supplement,
    Kind.SERVICE: first.service,
    Kind.PROXY: first.proxy,
    Kind.MEDIATION: settling.agreement,
    Kind.MEDIATION_END: settling.end,
    Kind.MEDIATION_RECORD: settling.record,
    Kind.EVIDENCE_LIST: evidence.evidence_list,
    Kind.EXTRACTION: evidence.extraction,
    Kind.COPY: evidence.copy,
    Kind.PHOTOS: evidence.photo_sheet,
    Kind.RESCUE_COST: moneyed.rescue_cost,
    Kind.RESCUE_FUND: moneyed.rescue_fund,
    Kind.TOW: moneyed.tow,
    Kind.LOSS: moneyed.loss,
    Kind.KNOCK_FOR_KNOCK: moneyed.knock_for_knock,
}


def facts_of(order: PaperOrder, head: Head) -> PaperFacts:
    """The facts to be frozen; raises WrongState or Invalid where the file does not hold what is stated."""
    return BUILDS[order.kind](files.case(order.case_id), order, head)
