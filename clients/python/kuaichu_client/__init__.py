"""The insurers' door of Kuaichu: claims, events, webhooks."""

from kuaichu_client.calls import Lost, Problem
from kuaichu_client.city import Kuaichu
from kuaichu_client.rows import Claim, Event, Line, Packet, State
from kuaichu_client.webhooks import Message, NotGenuine, new_secret, sign, verify

__all__ = [
    "Claim",
    "Event",
    "Kuaichu",
    "Line",
    "Lost",
    "Message",
    "NotGenuine",
    "Packet",
    "Problem",
    "State",
    "new_secret",
    "sign",
    "verify",
]
