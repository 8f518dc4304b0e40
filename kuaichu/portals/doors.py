"""Every address and for whom it is. A row is a name or a pattern of names; a test keeps it complete.

The door says who may come to it; what may be done behind it is decided by the verb (`act`) or the query.
"""

from __future__ import annotations

from typing import Final

ANYONE: Final = "anyone"
PARTY: Final = "a party in the browser that proved its phone"
OFFICER: Final = "staff of the police"
ADJUSTER: Final = "staff of an insurer, own claims"
STAFF: Final = "anybody signed in"

DOORS: Final[dict[str, str]] = {
    "public:*": ANYONE,
    "citizen:start": ANYONE,
    "citizen:join": "whoever holds the link; nothing is shown before the phone is proven",
    "citizen:mine": "the cases of this browser",
    "citizen:again": "anyone; says the same whether there is such a case or not",
    "citizen:home": PARTY,
    "citizen:timeline": PARTY,
    "citizen:safety": PARTY,
    "citizen:consent": PARTY,
    "citizen:place": PARTY,
    "citizen:checks": PARTY,
    "citizen:vehicle": PARTY,
    "citizen:owner": PARTY,
    "citizen:register": PARTY,
    "citizen:driver": PARTY,
    "citizen:phone": PARTY,
    "citizen:photos": PARTY,
    "citizen:photo": PARTY,
    "citizen:upload*": PARTY,
    "citizen:happened": PARTY,
    "citizen:question": PARTY,
    "citizen:sketch": PARTY,
    "citizen:other*": PARTY,
    "citizen:code": PARTY,
    "citizen:refused": PARTY,
    "citizen:seen": PARTY,
    "citizen:review": PARTY,
    "citizen:ways": PARTY,
    "citizen:waiting": PARTY,
    "citizen:agreement": PARTY,
    "citizen:reasons": PARTY,
    "citizen:paper": PARTY,
    "citizen:received": PARTY,
    "citizen:looks": PARTY,
    "citizen:payee": PARTY,
    "citizen:rating": PARTY,
    "citizen:withdraw": PARTY,
    "police:*": OFFICER,
    "insurer:*": ADJUSTER,
    "api:reference": ANYONE,
    "api:openapi-json": ANYONE,
    "api:cases": ANYONE,
    "api:joins": "whoever holds the invitation; nothing is shown before the phone is proven",
    "api:calls": "the 110 call centre's system (OAuth scope calls)",
    "api:case": "the party whose token is shown",
    "api:me": "the party whose token is shown",
    "api:statement": "the party whose token is shown",
    "api:phone-*": "the party whose token is shown",
    "api:photo": "the party whose token is shown",
    "api:invitations": "the party whose token is shown",
    "api:confirmation": "the party whose token is shown",
    "api:refusal": "the party whose token is shown",
    "api:way": "the party whose token is shown",
    "api:signature": "the party whose token is shown",
    "api:agreement-refusal": "the party whose token is shown",
    "api:paper": "the party whose token is shown",
    "api:receipt": "the party whose token is shown",
    "api:payee": "the party whose token is shown",
    "api:rating": "the party whose token is shown",
    "api:claim*": "an insurer's system (OAuth scope claims), own claims",
    "live:case": "the parties, the officer and the insurers of the case",
    "live:work": STAFF,
    "home:desk": STAFF,
    "home:enter": "holders of a demo link, in the demo only; the second factor is still asked",
    "account_*": ANYONE,
    "mfa_*": STAFF,
    "oauth2_provider:*": "partners' systems with their own credentials",
    "set_language": ANYONE,
    "look:*": ANYONE,
}
