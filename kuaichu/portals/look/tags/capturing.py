"""Parts that take something in: photographs, positions, signatures."""

from collections.abc import Mapping

from django.template import Context
from django.utils.translation import gettext as _

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
