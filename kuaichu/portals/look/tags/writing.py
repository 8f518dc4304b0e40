"""Inline parts: icons, money, plates, dates, keys, QR codes."""

from collections.abc import Iterable
from datetime import datetime

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.law.statutes import parse
from kuaichu.portals.look import formats
from kuaichu.portals.look.pictograms import pictogram
from kuaichu.portals.look.tags import register


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw a pictogram; decorative unless `label` names it. `size`: "", "s", "l", "xl".

    Raises `KeyError` for a name that was never drawn.
    """
    drawn = pictogram(name)
    css = f"pic pic-{drawn.kind}" + (f" pic-{size}" if size else "")
    naming = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    body = mark_safe(drawn.body)
    return format_html(
        '<svg class="{}" viewBox="{}" focusable="false" {}>{}</svg>', css, drawn.box, naming, body
    )


@register.simple_tag
def cited(places: Iterable[str]) -> str:
    """Write articles such as `D146 24¶2` out in the language of the reader."""
    chinese = (get_language() or "").startswith("zh")
    written = [parse(place).zh() if chinese else parse(place).en() for place in places]
    return "、".join(written) if chinese else "; ".join(written)


@register.simple_tag
def money(fen: int | None, missing: str = "—") -> SafeString:
    """Write whole fen as ￥1,234.56 in tabular figures."""
    if fen is None:
        return format_html('<span class="money">{}</span>', missing)
    return format_html('<span class="money">{}</span>', formats.yuan(fen))


@register.simple_tag
def plate(text: str, colour: str = "") -> SafeString:
    """Write a number plate in its colour (blue yellow green lime white black plain), guessed if not given."""
    if not text:
        return format_html('<span class="plate plate-plain">{}</span>', _("no plate"))
    shade = colour or formats.plate_colour(text)
    return format_html(
        '<span class="plate plate-{}" translate="no">{}</span>', shade, formats.plate_text(text)
    )


@register.simple_tag
def zh_datetime(moment: datetime | None, seconds: bool = False) -> SafeString:
    """Write an aware moment in China time inside `<time>`; a dash when there is none."""
    return _time(moment, formats.local_datetime(moment, seconds=seconds) if moment else "")


@register.simple_tag
def zh_date(moment: datetime | None) -> SafeString:
    """Write the China day of an aware moment."""
    return _time(moment, formats.local_datetime(moment, clock=False) if moment else "")


@register.simple_tag
def keyhint(keys: str) -> SafeString:
    """Show the key (`+`-joined keys, a sequence with blanks) of an action; hidden from screen readers."""
    inner = SafeString()
    for one in keys.split():
        inner += format_html("<kbd>{}</kbd>", one.replace("+", " + "))
    return format_html('<span class="keyhint" aria-hidden="true">{}</span>', inner)


@register.inclusion_tag("look/parts/qr.html")
def qr(content: str, caption: str = "", label: str = "") -> dict[str, str]:
    """Show a QR code: finished SVG marked safe is framed as it is, any other text is encoded (level M)."""
    ready = isinstance(content, SafeString) and content.lstrip().startswith("<svg")
    if not ready:
        code = segno.make(content, error="m", micro=False)
        content = mark_safe(code.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=2))
    return {"svg": content, "caption": caption, "label": label or _("QR code")}


def _time(moment: datetime | None, shown: str) -> SafeString:
    if moment is None:
        return mark_safe("—")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), shown)
