"""The company's book, what it clears with the other insurers, and its demands, for its system."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from kuaichu.desks.claims.clearing import disputes, statements
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.recourse import advances, liens, recovering
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.api.guards import ClaimsToken
from kuaichu.portals.api.insurers.claims import insurer_of
from kuaichu.portals.api.insurers.money_schemas import (
    Answered,
    Back,
    Bill,
    BillState,
    Book,
    Clearing,
    DemandState,
    Disputed,
    DisputeState,
    PaidFirst,
    PayFirst,
)
from kuaichu.portals.api.repeated import repeatable
from kuaichu.queries.losses import homes
from kuaichu.queries.money import books

router = Router(tags=["Insurers' money"], auth=ClaimsToken())


@router.get("/book", response=Book, url_name="money-book", summary="Read the company's book")
def read_book(request: HttpRequest) -> Any:
    """Accounts in double entry (their balances add up to nothing), receivables by age, open demands."""
    return books.plain(insurer_of(request))


@router.get("/clearing", response=Clearing, url_name="money-clearing", summary="Read the clearing")
def read_clearing(request: HttpRequest) -> Any:
    """The days on which the company was netted, and the newest items in which it owes or is owed."""
    viewer = insurer_of(request)
    return {
        "days": [{"day": day, "position_fen": fen} for day, fen in books.clearing_days(viewer)],
        "items": [
            {
                "item_id": one.item.pk,
                "case_number": one.item.case.number,
                "own": one.own,
                "debtor": one.item.debtor,
                "creditor": one.item.creditor,
                "fen": one.item.fen,
                "reversal": one.item.reversal,
                "status": one.item.status,
                "at": one.item.at,
                "dispute_until": one.dispute_until,
                "dispute": one.dispute.status if one.dispute else None,
                "answer_until": one.dispute.due_at if one.dispute else None,
            }
            for one in books.clearing_items(viewer)
        ],
    }


@router.get(
    "/clearing/statements/{day}",
    url_name="money-statement",
    summary="Fetch the statement file of a day",
    openapi_extra={
        "responses": {
            200: {"description": "CSV, UTF-8, CRLF; amounts in fen", "content": {"text/csv": {}}},
        }
    },
)
def fetch_statement(request: HttpRequest, day: date) -> HttpResponse:
    """Each item and payment of the day, and the position they add up to; the same bytes each time."""
    content = statements.statement(insurer_of(request), day)
    if content is None:
        raise NotFound(_("Your company was not netted on this day."))
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["X-Content-SHA256"] = hashlib.sha256(content).hexdigest()
    return answer


@router.put(
    "/clearing/items/{uuid:item_id}/dispute",
    response=DisputeState,
    url_name="money-dispute",
    summary="Dispute an item",
)
@repeatable
def dispute(request: HttpRequest, item_id: UUID, told: Disputed) -> Any:
    """Say why the company does not owe it. Who does not answer by `answer_until` has agreed."""
    row = disputes.dispute(insurer_of(request), item_id, told.grounds)
    return {"item_id": item_id, "dispute": row.status, "answer_until": row.due_at}


@router.put(
    "/clearing/items/{uuid:item_id}/answer",
    response=DisputeState,
    url_name="money-answer",
    summary="Take a disputed item back",
)
@repeatable
def answer(request: HttpRequest, item_id: UUID, told: Answered) -> Any:
    """A system may take an item back; that it stands is said by a person on the insurer's page (403)."""
    row = disputes.answer(insurer_of(request), item_id, agree=told.agree, words=told.words)
    return {"item_id": item_id, "dispute": row.status, "answer_until": row.due_at}


@router.post(
    "/demands/{uuid:demand_id}/receipts",
    response=DemandState,
    url_name="money-receipt",
    summary="Book money that came back",
)
@repeatable
def book_receipt(request: HttpRequest, demand_id: UUID, told: Back) -> Any:
    """Booked once for each bank reference."""
    row = recovering.receive(insurer_of(request), demand_id, told.fen, told.reference)
    return {"demand_id": row.pk, "status": row.status, "open_fen": row.fen, "received_fen": row.received_fen}


@router.post(
    "/claims/{uuid:claim_id}/pay-first",
    response=PaidFirst,
    url_name="claim-pay-first",
    summary="Pay one's own insured first",
)
@repeatable
def pay_first(request: HttpRequest, claim_id: UUID, told: PayFirst) -> Any:
    """Pay `to`, one's own insured, what party `debtor` or its insurers owe by the newest calculation."""
    viewer = insurer_of(request)
    case_id = own_claim(viewer, claim_id).case_id
    rows = advances.step_in(
        viewer, claim_id, to=told.to, debtor=told.debtor, reason=told.reason, homes=homes(case_id)
    )
    return {"payouts": [{"payout_id": r.pk, "fen": r.fen, "on_account_of": _owner(r)} for r in rows]}


def _owner(row: Any) -> str:
    return f"party:{row.debtor}" if row.debtor else f"insurer:{row.insurer}"


@router.post(
    "/claims/{uuid:claim_id}/bills",
    response=BillState,
    url_name="claim-bills",
    summary="Note a bill paid first",
)
@repeatable
def note_bill(request: HttpRequest, claim_id: UUID, told: Bill) -> Any:
    """A hospital's or the rescue fund's bill is paid first out of what the party gets for its injuries."""
    viewer = insurer_of(request)
    row = liens.note(viewer, own_claim(viewer, claim_id).case_id, liens.Bill(**told.dict()))
    return {"bill_id": row.pk, "label": row.label, "fen": row.fen}
