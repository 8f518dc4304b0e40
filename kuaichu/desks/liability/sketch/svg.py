"""Writes SVG: presentation attributes only, one decimal, always the same bytes for the same drawing."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

FONT = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Noto Serif SC, sans-serif"


def number(value: float) -> str:
    """A coordinate with at most one decimal, never a negative zero."""
    text = f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(tag: str, *inside: str, **attributes: object) -> str:
    """One element; `stroke_width=2` becomes stroke-width="2", None is left out, text must be escaped."""
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(_text(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def _text(value: object) -> str:
    return number(value) if isinstance(value, int | float) else str(value)


def point(at: complex) -> str:
    """`x y` of a point of the path language."""
    return f"{number(at.real)} {number(at.imag)}"


def line(points: Iterable[complex], *, close: bool = False) -> str:
    """Path data through points."""
    return "M" + "L".join(point(one) for one in points) + ("z" if close else "")


def path(data: str, **attributes: object) -> str:
    """A path; without a fill unless one is given."""
    return element("path", d=data, **{"fill": "none", **attributes})


def polygon(points: Iterable[complex], **attributes: object) -> str:
    """A closed shape."""
    return path(line(points, close=True), **attributes)


def rect(left: float, top: float, width: float, height: float, **attributes: object) -> str:
    """A rectangle."""
    return element("rect", x=left, y=top, width=width, height=height, **attributes)


def circle(at: complex, radius: float, **attributes: object) -> str:
    """A circle."""
    return element("circle", cx=at.real, cy=at.imag, r=radius, **attributes)


def words(at: complex, text: str, size: float, **attributes: object) -> str:
    """Upright text, its base line at the point."""
    return element("text", escape(text), x=at.real, y=at.imag, font_size=size, **attributes)


def group(*inside: str, **attributes: object) -> str:
    """A group; empty when there is nothing in it."""
    return element("g", *inside, **attributes) if any(inside) else ""


def turned(at: complex, heading: float) -> str:
    """Transformation which puts a figure drawn nose up around the origin at a point, turned clockwise."""
    return f"translate({point(at)}) rotate({number(heading)})"
