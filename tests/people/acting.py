"""Staff as tests need them."""

from __future__ import annotations

from dataclasses import replace

from kuaichu.kernel.actors import Actor
from kuaichu.people.roles import grants


def seated(actor: Actor) -> Actor:
    """The same with what everybody at the centre may do beside the own post: sit, get up, declare."""
    return replace(actor, grants=actor.grants | grants(["staff"]))
