"""How money, time and plates are written on screen."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FOLD = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})
_SEPARATORS = re.compile(r"[\s·•.\-－]")
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_COLOURS: Final = (
    (re.compile(r"^(WJ|[A-Z]{2}\d{5}$)|(警|应急)$"), "white"),
    (re.compile(r"^使|[使领港澳]$"), "black"),
    (re.compile(r"[挂学]$"), "yellow"),
    (re.compile(rf"^[{_PROVINCES}][A-Z][A-K][A-Z\d]\d{{4}}$"), "green"),
    (re.compile(rf"^[{_PROVINCES}][A-Z]\d{{5}}[A-K]$"), "lime"),
    (re.compile(rf"^[{_PROVINCES}][A-Z][A-Z\d]{{5}}$"), "blue"),
)


def yuan(fen: int) -> str:
    """Write whole fen as yuan: 123456 → ￥1,234.56."""
    whole, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}￥{whole:,}.{cents:02d}"


def plate_text(text: str) -> str:
    """Write a plate with its dot after the registration letter: 鲁M12345 → 鲁M·12345; others unchanged."""
    plain = _plain(text)
    if re.match(rf"^[{_PROVINCES}][A-Z].{{4,}}$", plain):
        return f"{plain[:2]}·{plain[2:]}"
    return plain or text


def plate_colour(text: str) -> str:
    """Guess the plate colour from its pattern (GA 36-2018); `plain` where the pattern is none of them.

    A large vehicle's yellow plate has the same pattern as a blue one: say the colour where it is known.
    """
    plain = _plain(text)
    return next((colour for pattern, colour in _COLOURS if pattern.search(plain)), "plain")


def local_datetime(moment: datetime, *, clock: bool = True, seconds: bool = False) -> str:
    """Write an aware moment in China time: 2026年11月21日 08:30, or 21 Nov 2026 08:30 in English."""
    here = timezone.localtime(moment, SHANGHAI)
    if (get_language() or "").startswith("zh"):
        day = f"{here.year}年{here.month}月{here.day}日"
    else:
        day = f"{here.day} {_MONTHS[here.month - 1]} {here.year}"
    if not clock:
        return day
    return f"{day} {here:%H:%M:%S}" if seconds else f"{day} {here:%H:%M}"


def time_left(left: timedelta) -> str:
    """Write a remaining time: 4:32 under an hour, 3:04:32 under a day, then days and hours; 0:00 if over."""
    total = max(0, int(left.total_seconds()))
    days, rest = divmod(total, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    if days:
        shown = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
        return shown + (" " + _("%(n)d h") % {"n": hours} if hours else "")
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", text.translate(_FOLD)).upper()
