"""Parts that take something in: photographs, positions, signatures."""

from collections.abc import Mapping
from typing import Final

from django.template import Context
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.portals.browsers import in_app
from kuaichu.portals.look.pictograms.outlines import BOX, OUTLINES
from kuaichu.portals.look.tags import register


@register.inclusion_tag("look/parts/photo_slot.html", takes_context=True)
def photo_slot(
    context: Context,
    slot: str,
    title: str,
    action: str,
    *,
    upload_url: str = "",
    guide: str = "guide-front",
    hint: str = "",
    state: str = "todo",
    thumb: str = "",
    message: str = "",
    required: bool = True,
) -> dict[str, object]:
    """Ask for one photograph.

    `action` takes the plain multipart form (fields `slot`, `photo`); `upload_url` takes the raw PUT at
    `<upload_url>/<client id>`. `state`: todo, sent, warn (kept, better again), refused; `message` says why.
    """
    return {
        "csrf_token": context.get("csrf_token", ""),
        "slot": slot,
        "title": title,
        "action": action,
        "upload_url": upload_url.rstrip("/"),
        "guide": guide,
        "hint": hint,
        "state": state,
        "thumb": thumb,
        "message": message,
        "required": required,
    }


_CAMERA_WORDS: Final = {
    "starting": gettext_lazy("Starting the camera…"),
    "good": gettext_lazy("Good, hold still"),
    "still": gettext_lazy("Hold still"),
    "level": gettext_lazy("Hold the phone level"),
    "blurred": gettext_lazy("Not sharp: hold still, or wipe the lens"),
    "far": gettext_lazy("Closer"),
    "dark": gettext_lazy("Too dark: use the torch or call an officer"),
    "bright": gettext_lazy("Too bright: turn away from the light"),
    "glare": gettext_lazy("It reflects: tilt it a little"),
    "saved": gettext_lazy("Saved on this phone"),
    "again": gettext_lazy("Please take it again."),
    "then": gettext_lazy("Once more; then it is taken as it is."),
    "left": gettext_lazy("%n more after this"),
    "denied": gettext_lazy("The camera was not allowed here. The phone's own camera does as well."),
    "none": gettext_lazy("No camera can be shown in this page. The phone's own camera does as well."),
}


@register.inclusion_tag("look/parts/camera.html", takes_context=True)
def camera_sheet(context: Context) -> dict[str, object]:
    """Show the guided camera, closed until a slot is tapped; once on a page whose slots shall open it."""
    drawn = [
        {"shot": shot, "region": one.region, "level": one.level, "body": mark_safe(one.body)}
        for shot, one in OUTLINES.items()
    ]
    hotline = context.get("hotline") or "122"
    return {"outlines": drawn, "box": BOX, "words": _CAMERA_WORDS, "hotline": hotline}


@register.inclusion_tag("look/parts/inside_app.html", takes_context=True)
def inside_app(context: Context, *, begin: bool = False) -> dict[str, object]:
    """Say what works inside WeChat and its like, and with `begin` how to get out; nothing in a browser."""
    request = context.get("request")
    agent = request.headers.get("User-Agent", "") if request is not None else ""
    return {"app": in_app(agent), "begin": begin}


@register.inclusion_tag("look/parts/locate.html")
def locate(
    values: Mapping[str, object] | None = None, auto: bool = False, label: str = ""
) -> dict[str, object]:
    """Ask the phone for its position; fills hidden `lat`, `lon`, `accuracy` (metres) and `datum` (WGS84)."""
    known = values or {}
    return {
        "lat": known.get("lat", ""),
        "lon": known.get("lon", ""),
        "accuracy": known.get("accuracy", ""),
        "auto": auto,
        "label": label or _("Use my position"),
    }


@register.inclusion_tag("look/parts/sign_pad.html")
def sign_pad(name: str = "signature", signer: str = "", label: str = "", error: str = "") -> dict[str, str]:
    """Ask for a signature: `<name>` PNG data address, `<name>_path` SVG path data, `<name>_typed`.

    One of drawn and typed is enough; the server redraws from the path data and never stores client markup.
    """
    return {"name": name, "signer": signer, "label": label or _("Your signature"), "error": error}


@register.inclusion_tag("look/parts/emergency.html")
def emergency(title: str = "", compact: bool = False) -> dict[str, object]:
    """Show police 110, ambulance 120 and traffic police 122, each one tap away."""
    return {
        "title": title or (_("Emergency numbers") if compact else _("Someone hurt? Call now")),
        "compact": compact,
    }
