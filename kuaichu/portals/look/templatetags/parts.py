"""`{% load parts %}`: the parts pages are built from; every one is shown at `/parts` and in `docs/parts.md`."""

from kuaichu.portals.look.tags import register

__all__ = ["register"]
