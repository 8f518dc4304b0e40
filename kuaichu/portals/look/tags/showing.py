"""Parts that tell: status, clocks, progress, timelines, evidence, figures, empty states."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from kuaichu.portals.look import formats
from kuaichu.portals.look.tags import register
from kuaichu.queries.origins import origin_words

_TONES: Final = {
    "ok": "done paid signed issued accepted agreed closed valid received completed confirmed sent passed",
    "bad": "refused rejected failed revoked cancelled expired invalid overdue disputed lost blocked",
    "warn": "warning blurred doubtful superseded late missing flagged",
    "wait": "waiting pending queued offered requested draft opened ordered registered assessed todo",
    "info": "taken assigned enroute arrived started running signing",
}
_TONE_OF: Final = {word: tone for tone, words in _TONES.items() for word in words.split()}
_MARKS: Final = {"ok": "check", "bad": "cross", "warn": "alert", "wait": "clock", "info": "arrow-right"}


@register.inclusion_tag("look/parts/pill.html")
def pill(status: object, text: str = "", tone: str = "") -> dict[str, str]:
    """Show a status word with its tone (ok bad warn wait info plain) and mark.

    `status` is a code or a `TextChoices` member; the tone of common codes is known, `tone` overrides it.
    """
    code = force_str(getattr(status, "value", status))
    label = text or force_str(getattr(status, "label", "")) or _(code)
    shade = tone or _TONE_OF.get(code.lower(), "plain")
    return {"label": label, "tone": shade, "mark": _MARKS.get(shade, "")}


@register.inclusion_tag("look/parts/elapsed.html")
def elapsed(since: datetime, label: str = "", note: str = "") -> dict[str, str]:
    """Show the time since an aware moment, running: minutes and seconds."""
    now = timezone.now()
    minutes, seconds = divmod(max(0, int((now - since).total_seconds())), 60)
    hours, rest = divmod(minutes, 60)
    return {
        "since": since.isoformat(timespec="seconds"),
        "now": now.isoformat(timespec="milliseconds"),
        "label": label or _("Since the first tap"),
        "text": f"{hours}:{rest:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}",
        "note": note,
    }


@register.inclusion_tag("look/parts/clock.html")
def clock(deadline: datetime, label: str = "", default: str = "", total: int = 0) -> dict[str, object]:
    """Show the time left until an aware `deadline` and what happens by itself (`default`) when it is over.

    `total` seconds of the whole wait, when given, draws the share that is left. Counts down in the browser.
    """
    now = timezone.now()
    left = deadline - now
    seconds = left.total_seconds()
    state = "over" if seconds <= 0 else "soon" if seconds < max(60, total / 5) else "run"
    return {
        "deadline": deadline,
        "deadline_text": formats.local_datetime(deadline),
        "deadline_iso": deadline.isoformat(timespec="seconds"),
        "now_iso": now.isoformat(timespec="milliseconds"),
        "label": label or _("Time left"),
        "default": default,
        "left": formats.time_left(left),
        "state": state,
        "total": total,
        "share": max(0, min(100, round(100 * seconds / total))) if total else None,
    }


@register.inclusion_tag("look/parts/steps.html")
def steps(labels: Sequence[object], current: int = 1, label: str = "") -> dict[str, object]:
    """Show progress through named steps; `current` counts from 1, one past the end means all done.

    A step is a label, or a pair of label and address (a link back while the step lies behind).
    """
    rows = []
    for number, step in enumerate(labels, start=1):
        name, url = (step[0], step[1]) if isinstance(step, (tuple, list)) else (step, "")
        state = "done" if number < current else "now" if number == current else "todo"
        rows.append({"number": number, "name": name, "url": url if state == "done" else "", "state": state})
    here = rows[min(current, len(rows)) - 1] if rows else {"name": ""}
    return {
        "rows": rows,
        "current": min(current, len(rows)),
        "count": len(rows),
        "name": here["name"],
        "label": label or _("Progress"),
        "finished": current > len(rows),
    }


@register.inclusion_tag("look/parts/timeline.html")
def timeline(entries: Iterable[object]) -> dict[str, object]:
    """Show what happened: entries with `at`, `title` and optionally `text`, `who`, `icon`, `tone`, `url`."""
    return {"entries": entries}


@register.inclusion_tag("look/parts/evidence_tile.html")
def evidence_tile(
    url: str,
    title: str,
    *,
    thumb: str = "",
    at: datetime | None = None,
    source: str = "",
    by: str = "",
    digest: str = "",
    flag: str = "",
    guide: str = "guide-front",
) -> dict[str, object]:
    """Show one photograph: `url` of the large picture, `thumb` of the small one, when, by whom, its SHA-256.

    `source` is `in_app`, `camera` or `gallery`, the grades of evidence; `flag` is a warning in words; without
    `url` the guide is drawn instead.
    """
    return {
        "url": url,
        "thumb": thumb or url,
        "title": title,
        "at": at,
        "origin": origin_words(source) if source else "",
        "mark": "gallery" if source == "gallery" else "camera",
        "by": by,
        "digest": digest[:12],
        "flag": flag,
        "guide": guide,
    }


@register.inclusion_tag("look/parts/compare_bar.html")
def compare_bar() -> dict[str, object]:
    """Put the tool bar of the lightbox into a gallery that has `data-behaviour="compare"`."""
    return {
        "tools": [
            ("previous", "arrow-left", _("Previous photo"), "←"),
            ("next", "arrow-right", _("Next photo"), "→"),
            ("nearer", "zoom-in", _("Zoom in"), "+"),
            ("farther", "zoom-out", _("Zoom out"), "-"),
            ("turn", "rotate", _("Rotate"), "r"),
            ("beside", "compare", _("Side by side"), "s"),
            ("close", "cross", _("Close"), "x"),
        ]
    }


@register.inclusion_tag("look/parts/versus.html")
def versus(
    heads: Sequence[str], rows: Sequence[Mapping[str, object]], caption: str = ""
) -> dict[str, object]:
    """Compare what several sources say: rows of `label`, `values` and optionally `differs`."""
    return {"heads": heads, "rows": rows, "caption": caption}


@register.inclusion_tag("look/parts/stat.html")
def stat(value: object, label: str, note: str = "", url: str = "", tone: str = "") -> dict[str, object]:
    """Show one figure with its name, a note (n and missing) and the address of the cases behind it."""
    return {"value": value, "label": label, "note": note, "url": url, "tone": tone}


@register.inclusion_tag("look/parts/notice.html")
def notice(text: str, tone: str = "info", title: str = "", urgent: bool = False) -> dict[str, object]:
    """Show a message box (info ok warn bad); `urgent` reads it out at once."""
    mark = {"ok": "check", "warn": "alert", "bad": "stop"}.get(tone, "info")
    return {"text": text, "tone": tone, "title": title, "urgent": urgent, "mark": mark}


@register.inclusion_tag("look/parts/empty.html")
def empty(
    title: str, text: str = "", url: str = "", action: str = "", picture: str = "check"
) -> dict[str, str]:
    """Show a designed emptiness: what is not there, why, and a way on."""
    return {"title": title, "text": text, "url": url, "action": action, "picture": picture}


@register.inclusion_tag("look/parts/map_box.html")
def map_box(
    lon: float, lat: float, text: str, features: Mapping[str, object] | None = None, label: str = ""
) -> dict[str, object]:
    """Show a place (WGS-84 degrees) on our own lines (GeoJSON), with the place in words beneath."""
    drawn = json.dumps(features, ensure_ascii=False) if features else ""
    return {
        "lon": f"{lon:.6f}",
        "lat": f"{lat:.6f}",
        "text": text,
        "features": drawn,
        "label": label or _("Map"),
    }
