"""What a base template needs: the list of behaviours and their words, and the switch of language."""

import json
from functools import lru_cache
from pathlib import Path

from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.portals.look import texts
from kuaichu.portals.look.tags import register

_FOLDER = Path(__file__).resolve().parent.parent / "static" / "look"
_CONSOLE_ONLY = frozenset({"areas", "compare", "keys", "map"})


@register.simple_tag(takes_context=True)
def look_boot(context: Context, audience: str = "citizen") -> SafeString:
    """Load the browser behaviours: addresses and words as data, then the one small loader.

    `audience` is `citizen` or `console`; the latter adds the behaviours and vendored parts of desk pages.
    """
    desk = audience == "console"
    words = {**texts.CITIZEN, **(texts.CONSOLE if desk else {})}
    data = {
        "modules": {name: static(path) for name, path in modules(desk).items()},
        "texts": {key: _(source) for key, source in words.items()},
        "csrf": str(context.get("csrf_token", "")),
    }
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return format_html(
        '<script type="application/json" id="look-data">{}</script>\n'
        '<script type="module" src="{}"></script>',
        mark_safe(packed.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"})),
        static("look/js/boot.js"),
    )


@register.simple_tag
def vendor(name: str, file: str) -> str:
    """Address of a vendored file: `{% vendor 'idb' 'index.js' %}`; `KeyError` for an unknown library."""
    return static(f"look/vendor/{_vendored()[name]}/{file}")


@register.inclusion_tag("look/parts/language.html", takes_context=True)
def language_switch(context: Context) -> dict[str, object]:
    """Offer the page in the other language (a form to Django's `set_language`)."""
    request = context.get("request")
    chinese = (get_language() or "").startswith("zh")
    return {
        "code": "en" if chinese else "zh-hans",
        "name": "English" if chinese else "中文",
        "short": "EN" if chinese else "中",
        "next": request.get_full_path() if request is not None else "/",
        "csrf_token": context.get("csrf_token", ""),
    }


@lru_cache(maxsize=2)
def modules(desk: bool = False) -> dict[str, str]:
    """Name → path of every script a page may load; with `desk` also those of desk pages."""
    found = {
        file.stem: f"look/js/behaviours/{file.name}" for file in (_FOLDER / "js" / "behaviours").glob("*.js")
    }
    mine = {name: path for name, path in found.items() if desk or name not in _CONSOLE_ONLY}
    mine |= {
        file.stem: f"look/js/{file.name}" for file in (_FOLDER / "js").glob("*.js") if file.stem != "boot"
    }
    libraries = {
        "idb": "index.js", "signature_pad": "signature_pad.min.js", "htmx.org": "htmx.min.js",
        "jsqr": "jsQR.js", "noble-ed25519": "index.js",
    }  # fmt: skip
    if desk:
        libraries |= {"maplibre-gl": "maplibre-gl.mjs", "uplot": "uPlot.esm.js"}
    mine |= {name: f"look/vendor/{_vendored()[name]}/{file}" for name, file in libraries.items()}
    if desk:
        mine["maplibre-gl.css"] = f"look/vendor/{_vendored()['maplibre-gl']}/maplibre-gl.css"
    return dict(sorted(mine.items()))


@lru_cache(maxsize=1)
def _vendored() -> dict[str, str]:
    lock = json.loads((_FOLDER / "vendor" / "vendor.lock.json").read_text(encoding="utf-8"))
    plain = {name.removeprefix("@").replace("/", "-"): entry for name, entry in lock.items()}
    return {name: f"{name}-{entry['version']}" for name, entry in plain.items()}
