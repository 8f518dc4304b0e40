"""What parties send and get. Amounts are whole fen, times ISO 8601 with offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kuaichu.portals.api.moments import Moment


class Told(Schema):
    """Base of everything sent: unknown fields are refused, so that a typing error is no silence."""

    model_config = {"extra": "forbid"}


class NewCase(Told):
    """A report. `client_id` is made by the app and kept: sending it again opens no second case."""

    client_id: UUID | None = Field(None, examples=["5b7e9a52-4c1f-4f6a-9a73-0f6e6f3a2d11"])
    tapped_at: Moment | None = Field(None, description="when the reporter first tapped, if earlier")
    source: str = Field("app", pattern="^(app|web|wechat|alipay|kiosk|replay)$", examples=["app"])


class OpenedCase(Schema):
    """The new case and the token by which its first party goes on."""

    case_id: UUID
    number: str = Field(examples=["3209002026112100001"])
    party_id: UUID
    token: str


class Join(Told):
    """The token of an invitation, from the link in a message or from the code shown on the other phone."""

    token: str = Field(max_length=200)


class Joined(Schema):
    """A token that opens nothing but the proof of the phone."""

    case_id: UUID
    party_id: UUID
    label: str
    number: str
    token: str
    next: str = "phone-proof"


class Call(Told):
    """A call to 110: the caller's number, and the place as the caller said it."""

    phone: str = Field(max_length=32, examples=["13800000001"])
    place: str = Field("", max_length=200)


class Called(Schema):
    """The case that the caller's link leads to."""

    case_id: UUID
    number: str


class Description(Told):
    """Place, time and circumstances; what is left out stays as it is."""

    place: str | None = Field(None, max_length=300, examples=["Renmin South Road at Century Avenue"])
    lon: float | None = Field(None, examples=[120.15])
    lat: float | None = Field(None, examples=[33.36])
    accuracy_m: float | None = Field(None, ge=0, allow_inf_nan=False)
    happened_at: Moment | None = None
    weather: str | None = Field(None, max_length=4, examples=["1"])
    light: str | None = Field(None, max_length=16, examples=["day"])
    injury: str | None = Field(None, max_length=12, examples=["none"])
    triage: dict[str, bool] | None = Field(None, examples=[{"alcohol_suspected": False}])
    site: str | None = Field(None, max_length=12, examples=["car_park"])
    struck: dict[str, str] | None = Field(None, examples=[{"kind": "16", "owner": "pole 12"}])


class Identity(Told):
    """Vehicle and driver of one's own part; the plate fetches the rest from the registers."""

    plate: str | None = Field(None, max_length=32)
    plate_kind: str | None = Field(None, max_length=2, examples=["02"])
    vehicle_kind: str | None = Field(None, max_length=12, examples=["MV"])
    is_owner: bool | None = None
    name: str | None = Field(None, max_length=60)
    id_number: str | None = Field(None, max_length=32)


class Statement(Told):
    """What happened, as this party says it."""

    movement: str | None = Field(None, max_length=40, examples=["STRAIGHT"])
    zone: str | None = Field(None, max_length=20, examples=["FRONT"])
    other_movement: str | None = Field(None, max_length=40, examples=["STOPPED_QUEUE"])
    other_zone: str | None = Field(None, max_length=20, examples=["REAR"])
    answers: dict[str, bool | int | str] = Field(default_factory=dict, max_length=80)
    contacts: dict[str, dict[str, str] | None] = Field(
        default_factory=dict,
        max_length=9,
        description="Among three and more: by label where one touched that party, null where not.",
        examples=[{"B": {"zone": "REAR", "other_zone": "FRONT"}, "C": None}],
    )
    first: str = Field("", max_length=1, description="Among several contacts, the label of the first.")
    words: str = Field("", max_length=2000)


class Phone(Told):
    """The number a code is sent to; may be left out where the case knows it."""

    phone: str = Field("", max_length=32, examples=["13800000001"])


class Code(Told):
    """The code from the message."""

    code: str = Field(max_length=12, examples=["123456"])


class Proven(Schema):
    """The phone is proven: from now on this token is the part's."""

    party_id: UUID
    status: str
    token: str


class Invitation(Told):
    """By SMS to `phone`, or without one by the token to show as a code."""

    phone: str = Field("", max_length=32)
    label: str = Field("B", pattern="^[B-J]$")


class Invited(Schema):
    """The invited part; `join_token` only where no message was sent."""

    party_id: UUID
    label: str
    join_token: str | None = None


class Absent(Told):
    """The vehicle that stands there without its owner."""

    plate: str = Field(max_length=32, examples=["WJ12345"])
    label: str = Field("B", pattern="^[B-J]$")


class Gone(Told):
    """How a party left: with a `number` for the others, `gone` without a word, or `fled`."""

    how: str = Field(pattern="^(number|gone|fled)$", examples=["gone"])
    label: str = Field("B", pattern="^[B-J]$")


class Refused(Told):
    """Who will not take part: oneself, or the other party that says so."""

    label: str = Field("", max_length=1)


class Way(Told):
    """Which way this party wants to go: agree, officer, police."""

    way: str = Field(max_length=8, examples=["agree"])


class Signature(Told):
    """A drawn signature as SVG path data, after the text was read.

    `code` where the view says `code_needed`; `terms` binds it to the text that was shown (as in the view).
    """

    path: str = Field(max_length=20_000, examples=["M10 10 L100 100 L50 60"])
    read: bool
    code: str = Field("", max_length=12, examples=["123456"])
    terms: str = Field("", max_length=64)


class Payee(Told):
    """Where money due to this party shall go."""

    holder: str = Field(max_length=60)
    account: str = Field(max_length=40)


class Rating(Told):
    """How it went: one to five, and words if one likes."""

    score: int = Field(examples=[5])
    words: str = Field("", max_length=2000)


class Kept(Schema):
    """A photograph as it was kept: the hashes of exactly the bytes that arrived."""

    id: UUID
    client_id: UUID
    shot: str
    sha256: str
    sm3: str
    size: int
    received_at: datetime
    remarks: list[str]


class Done(Schema):
    """What was done, and how this part and the case stand now."""

    party_id: UUID
    party_status: str
    case_status: str


class OwnView(Schema):
    """The case as this party may see it: its own part whole, the other's masked."""

    case_id: UUID
    number: str
    status: str
    status_words: str
    opened_at: datetime
    happened_at: datetime
    place: dict[str, Any]
    site: str
    advice: str = Field(description="what to do with the vehicles: photograph, clear, keep or cleared")
    cleared_at: datetime | None
    you: dict[str, Any]
    others: list[dict[str, Any]]
    missing: dict[str, str]
    next: dict[str, Any]
    screening: dict[str, Any] | None
    ways: dict[str, str]
    agreement: dict[str, Any] | None
    liability: dict[str, Any] | None
    photos: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    payouts: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
