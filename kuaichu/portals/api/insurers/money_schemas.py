"""What insurers' systems send and get about books, clearing and demands. Amounts are whole fen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kuaichu.portals.api.insurers.schemas import Told

MOST = 10**13


class Book(Schema):
    """Accounts (`debit_fen` less `credit_fen` is the balance), receivables by age, open demands."""

    accounts: list[dict[str, Any]]
    receivables: list[dict[str, Any]] = Field(description="`ages`: up to 30, 60, 90 days, and older")
    demands: list[dict[str, Any]]


class Day(Schema):
    """What the company got of a day's netting; below zero it paid."""

    day: date
    position_fen: int


class Item(Schema):
    """One item of the clearing; `own` is debtor or creditor."""

    item_id: UUID
    case_number: str
    own: str
    debtor: str
    creditor: str
    fen: int
    reversal: bool
    status: str
    at: datetime
    dispute_until: datetime
    dispute: str | None
    answer_until: datetime | None


class Clearing(Schema):
    """Days and items, newest first."""

    days: list[Day]
    items: list[Item]


class Disputed(Told):
    """Why the company does not owe the item."""

    grounds: str = Field(max_length=400, examples=["Our policy had ended the day before the accident."])


class Answered(Told):
    """The creditor's answer; `agree` takes the item back."""

    agree: bool
    words: str = Field(max_length=400, examples=["Agreed: paid on the wrong account."])


class DisputeState(Schema):
    """How the dispute stands."""

    item_id: UUID
    dispute: str
    answer_until: datetime


class Back(Told):
    """Money that came back, under the bank's reference."""

    fen: int = Field(ge=1, le=MOST, examples=[120000])
    reference: str = Field(max_length=80, examples=["BANK-20261122-0001"])


class DemandState(Schema):
    """What of the demand is open still."""

    demand_id: UUID
    status: str
    open_fen: int
    received_fen: int


class PayFirst(Told):
    """`reason` is absent, uncooperative, uninsured or unpaid."""

    to: str = Field(max_length=12, examples=["B"])
    debtor: str = Field(max_length=12, examples=["A"])
    reason: str = Field(max_length=16, examples=["uncooperative"])


class FirstPayout(Schema):
    """One payout that was ordered, and on whose account."""

    payout_id: UUID
    fen: int
    on_account_of: str


class PaidFirst(Schema):
    """What was ordered; empty when it had been before."""

    payouts: list[FirstPayout]


class Bill(Told):
    """A bill: `kind` is hospital or fund, `basis` its number."""

    label: str = Field(max_length=12, examples=["B"])
    kind: str = Field(max_length=8, examples=["hospital"])
    holder: str = Field(max_length=130, examples=["First People's Hospital"])
    account: str = Field(max_length=40, examples=["6222020000000001"])
    fen: int = Field(ge=1, le=MOST, examples=[350000])
    basis: str = Field(max_length=130, examples=["Inpatient 20261122-17"])


class BillState(Schema):
    """The bill as it was noted."""

    bill_id: UUID
    label: str
    fen: int
