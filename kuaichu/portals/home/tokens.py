"""Signed addresses that take a visitor of the demo past the password, and no further."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

SALT = "kuaichu.home.enter"
AGE = timedelta(days=30)


def make(username: str) -> str:
    """The token of an account's demo sign-in link."""
    return signing.dumps(username, salt=SALT)


def username_of(token: str) -> str | None:
    """Whose token this is; None when it is forged or older than 30 days."""
    try:
        found = signing.loads(token, salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return None
    return found if isinstance(found, str) else None
