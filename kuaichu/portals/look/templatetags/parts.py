"""`{% load parts %}`: the parts pages are built from, shown at `/parts` and listed in `docs/parts.md`."""

from kuaichu.portals.look.tags import register

__all__ = ["register"]
