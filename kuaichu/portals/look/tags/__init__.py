"""The tag library of the look, one module a family of parts."""

from django.template import Library

register = Library()

from kuaichu.portals.look.tags import capturing, choosing, page, showing, writing  # noqa: E402

__all__ = ["capturing", "choosing", "page", "register", "showing", "writing"]
