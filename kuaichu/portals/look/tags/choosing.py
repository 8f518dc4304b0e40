"""Parts that ask: form fields, choice cards, the car silhouette, one-time codes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from kuaichu.portals.look.pictograms import SILHOUETTE, names
from kuaichu.portals.look.tags import register

_DRAWN = frozenset(names())
_GROUPS = frozenset({"radioselect", "checkboxselectmultiple"})


@dataclass(frozen=True, slots=True)
class Option:
    """One card of a choice."""

    value: str
    label: str
    icon: str
    hint: str
    checked: bool
    drawing: str = ""


@register.inclusion_tag("look/parts/field.html")
def field(bound: BoundField, label: str = "", help_text: str = "", key: str = "") -> dict[str, object]:
    """Show a form field with label, help and errors wired to it by `aria-describedby` and `aria-invalid`.

    `key` binds a desk key that puts the cursor there.
    """
    base = bound.auto_id or bound.html_name
    hint = help_text or bound.help_text
    told = [f"{base}_hint"] if hint else []
    told += [f"{base}_error"] if bound.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(told)} if told else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if key:
        attrs["data-key"] = key
    kind = bound.widget_type
    grouped = kind in _GROUPS
    return {
        "bound": bound,
        "base": base,
        "label": label or bound.label,
        "hint": hint,
        "errors": bound.errors,
        "kind": kind,
        "grouped": grouped,
        "described": " ".join(told),
        "optional": not bound.field.required and kind != "checkbox",
        "widget": bound.as_widget(attrs={} if grouped else attrs),
        "key": key,
    }


@register.inclusion_tag("look/parts/choice_cards.html")
def choice_cards(
    name: str | BoundField,
    legend: str = "",
    *,
    options: Iterable[object] = (),
    value: object = None,
    help_text: str = "",
    error: str = "",
    columns: int = 2,
    multiple: bool = False,
    icons: Mapping[str, str] | None = None,
    hide_legend: bool = False,
) -> dict[str, object]:
    """Show a choice as cards with pictures; `name` may be a bound choice field, which brings all the rest.

    An option is `(value, label)`, `(value, label, icon)`, `(value, label, icon, hint)` or a mapping with
    those keys, and `drawing` for SVG markup of its own (escaped unless marked safe). Without an icon, a
    pictogram named like the value is used if there is one. `columns` 1 to 4.
    """
    bound = name if isinstance(name, BoundField) else None
    if bound is not None:
        legend = legend or force_str(bound.label)
        help_text = help_text or force_str(bound.help_text)
        error = error or " ".join(force_str(one) for one in bound.errors)
        options = options or [
            pair for pair in getattr(bound.field, "choices", ()) if pair[0] not in {"", None}
        ]
        value = bound.value() if value is None else value
        name = bound.html_name
    chosen = (
        {force_str(one) for one in value} if isinstance(value, (list, tuple, set)) else {force_str(value)}
    )
    return {
        "name": name,
        "base": f"id_{name}",
        "legend": legend,
        "hide_legend": hide_legend,
        "hint": help_text,
        "error": error,
        "columns": columns,
        "kind": "checkbox" if multiple else "radio",
        "required": bool(bound and bound.field.required and not multiple),
        "options": [_option(one, chosen, icons or {}) for one in options],
    }


@register.inclusion_tag("look/parts/zone_picker.html")
def zone_picker(
    name: str,
    *,
    value: object = None,
    legend: str = "",
    multiple: bool = False,
    error: str = "",
    required: bool = False,
    hide_legend: bool = False,
) -> dict[str, object]:
    """Show the car from above with its eight contact zones to pick (FRONT, FRONT_LEFT, … REAR_RIGHT)."""
    chosen = (
        {force_str(one) for one in value} if isinstance(value, (list, tuple, set)) else {force_str(value)}
    )
    labels: Sequence[tuple[str, str]] = (
        ("FRONT", _("Front")),
        ("FRONT_LEFT", _("Front left corner")),
        ("FRONT_RIGHT", _("Front right corner")),
        ("LEFT", _("Left side")),
        ("RIGHT", _("Right side")),
        ("REAR_LEFT", _("Rear left corner")),
        ("REAR_RIGHT", _("Rear right corner")),
        ("REAR", _("Rear")),
    )
    return {
        "name": name,
        "base": f"id_{name}",
        "legend": legend or _("Where was it hit?"),
        "kind": "checkbox" if multiple else "radio",
        "required": required and not multiple,
        "hide_legend": hide_legend,
        "error": error,
        "zones": [{"value": code, "label": label, "checked": code in chosen} for code, label in labels],
        "silhouette": SILHOUETTE,
    }


@register.inclusion_tag("look/parts/code_input.html")
def code_input(
    name: str = "code", label: str = "", length: int = 6, error: str = "", help_text: str = ""
) -> dict[str, object]:
    """Ask for a one-time code; phones offer it from the message."""
    return {
        "name": name,
        "label": label or _("Code from the message"),
        "length": length,
        "error": error,
        "hint": help_text,
    }


def _option(one: object, chosen: set[str], icons: Mapping[str, str]) -> Option:
    if isinstance(one, Mapping):
        names = ("value", "label", "icon", "hint", "drawing")
        parts = [one.get(name, "") for name in names]
    else:
        parts = [*one, "", "", ""] if isinstance(one, (tuple, list)) else [one, one, "", "", ""]
    value, label, picture, hint = (force_str(part) for part in parts[:4])
    picture = picture or icons.get(value, "") or (value if value in _DRAWN else "")
    drawing = force_str(parts[4]) if isinstance(one, Mapping) else ""
    return Option(value, label, "" if drawing else picture, hint, value in chosen, drawing)
