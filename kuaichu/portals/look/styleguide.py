"""Sample content of the style page: invented, plausible, and in both languages."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django import forms
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.portals.look.pictograms import GUIDES, STROKES

_MORNING: Final = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)

MOVEMENTS: Final = (
    ("STRAIGHT", gettext_lazy("Going straight")),
    ("LEFT_TURN", gettext_lazy("Turning left")),
    ("RIGHT_TURN", gettext_lazy("Turning right")),
    ("U_TURN", gettext_lazy("U-turn")),
    ("REVERSING", gettext_lazy("Reversing")),
    ("ROLLING", gettext_lazy("Rolling away")),
    ("LANE_CHANGE_LEFT", gettext_lazy("Changing lane to the left")),
    ("LANE_CHANGE_RIGHT", gettext_lazy("Changing lane to the right")),
    ("OVERTAKING", gettext_lazy("Overtaking")),
    ("MERGING", gettext_lazy("Merging")),
    ("LEAVING_KERB", gettext_lazy("Pulling out from the kerb")),
    ("ENTERING_BAY", gettext_lazy("Driving into a bay")),
    ("LEAVING_BAY", gettext_lazy("Driving out of a bay")),
    ("ENTERING_ROAD", gettext_lazy("Entering the road")),
    ("CROSSING_ROAD", gettext_lazy("Crossing the road")),
    ("DOOR_OPENING", gettext_lazy("Opening a door")),
    ("STOPPED_QUEUE", gettext_lazy("Standing in a queue")),
    ("STOPPED_SIGNAL", gettext_lazy("Standing at a signal")),
    ("BROKEN_DOWN", gettext_lazy("Broken down")),
    ("PARKED_LEGAL", gettext_lazy("Parked properly")),
    ("PARKED_ILLEGAL", gettext_lazy("Parked where it is forbidden")),
)
"""Movement code and the words a party reads."""


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Full name"), help_text=gettext_lazy("As on the driving licence")
    )
    phone = forms.RegexField(r"^1[3-9]\d{9}$", label=gettext_lazy("Mobile phone"))
    road = forms.ChoiceField(
        label=gettext_lazy("Kind of road"),
        choices=[("city", gettext_lazy("City street")), ("rural", gettext_lazy("Country road"))],
    )
    words = forms.CharField(
        label=gettext_lazy("What happened"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agree = forms.BooleanField(label=gettext_lazy("I have read it and agree"))
    light = forms.ChoiceField(
        label=gettext_lazy("Light"),
        widget=forms.RadioSelect,
        choices=[("day", gettext_lazy("Daylight")), ("dusk", gettext_lazy("Dusk"))],
    )


def parts() -> dict[str, object]:
    """Everything the style page shows."""
    wrong = SampleForm({"phone": "1234", "road": "city", "light": "day"})
    wrong.is_valid()
    now = timezone.now()
    return {
        "form": SampleForm(initial={"road": "city", "light": "day"}),
        "wrong": wrong,
        "movements": MOVEMENTS,
        "guides": list(GUIDES),
        "marks": list(STROKES),
        "vehicles": _vehicles(),
        "weather": _weather(),
        "deadlines": {
            "soon": now + timedelta(seconds=58),
            "run": now + timedelta(minutes=7, seconds=32),
            "days": now + timedelta(days=2, hours=5),
            "over": now - timedelta(minutes=3),
        },
        "moment": _MORNING,
        "features": _streets(),
        "plates": ["鲁M12345", "鲁MD12345", "渝A12345D", "鲁M1234学", "鲁M1234警", "224578使", "青岛123456"],
        **_common(),
    }


def sample(name: str) -> dict[str, object]:
    """Content of a sample page of one base template."""
    content: dict[str, object] = {
        **_common(),
        "movements": MOVEMENTS[:6],
        "deadline": timezone.now() + timedelta(minutes=7, seconds=32),
        "moment": _MORNING,
        "features": _streets(),
    }
    if name == "console":
        content |= {
            "nav": _nav(),
            "role_name": _("Determination officer"),
            "person_name": _("Officer Chen"),
            "queue_count": 7,
            "queue_url": "#queue",
            "sign_out_url": "",
        }
    if name == "public":
        content["menu"] = [
            {"url": "#verify", "label": _("Verify a paper")},
            {"url": "#calculate", "label": _("Who pays what")},
            {"url": "#law", "label": _("The law in plain words")},
        ]
    return content


def _common() -> dict[str, object]:
    front, rear = static("look/img/sample-front.svg"), static("look/img/sample-rear.svg")
    return {
        "step_names": [_("Safety"), _("Place"), _("Photos"), _("What happened"), _("Sign")],
        "entries": [
            {
                "at": _MORNING,
                "title": _("Reported"),
                "who": _("Driver of 鲁M·12345"),
                "icon": "phone",
                "tone": "info",
            },
            {
                "at": _MORNING + timedelta(minutes=3),
                "title": _("Three photos received"),
                "icon": "camera",
                "tone": "ok",
            },
            {
                "at": _MORNING + timedelta(minutes=5),
                "title": _("The other side disputes the lane change"),
                "text": _("An officer has been asked to decide."),
                "icon": "alert",
                "tone": "warn",
            },
            {
                "at": _MORNING + timedelta(minutes=12),
                "title": _("Determination signed"),
                "icon": "sign",
                "tone": "ok",
            },
        ],
        "photos": [{"url": front, "title": _("Front overview")}, {"url": rear, "title": _("Rear overview")}],
        "heads": [_("Said by A"), _("Said by B"), _("Read from the photos")],
        "rows": [
            {"label": _("Plate of A"), "values": ["鲁M·12345"] * 3},
            {
                "label": _("Movement of A"),
                "values": [_("Going straight"), _("Changing lane to the left"), "—"],
                "differs": True,
            },
            {
                "label": _("Contact zone of A"),
                "values": [_("Front left corner"), _("Front left corner"), _("Front")],
            },
        ],
    }


def _vehicles() -> list[tuple[str, str, str]]:
    return [
        ("car", _("Car"), "vehicle-car"),
        ("truck", _("Lorry or bus"), "vehicle-truck"),
        ("ebike", _("E-bike, motorcycle"), "vehicle-ebike"),
        ("pedestrian", _("On foot"), "vehicle-pedestrian"),
    ]


def _weather() -> list[tuple[str, str, str, str]]:
    return [
        ("clear", _("Clear sky"), "clear", ""),
        ("rain", _("Rain"), "rain", _("The road is wet")),
        ("snow", _("Snow"), "snow", ""),
        ("fog", _("Fog"), "fog", _("Less than 200 m of sight")),
    ]


def _nav() -> list[dict[str, object]]:
    return [
        {"url": "#queue", "label": _("Queue"), "icon": "list", "key": "g q", "count": 7, "current": True},
        {"url": "#mine", "label": _("My cases"), "icon": "document", "key": "g m", "count": 2},
        {"url": "#map", "label": _("Map"), "icon": "map", "key": "g k"},
        {"url": "#law", "label": _("Law"), "icon": "law", "key": "g l"},
        {"url": "#figures", "label": _("Figures"), "icon": "chart", "key": "g f"},
    ]


def _streets() -> dict[str, object]:
    """A small invented street grid around the sample place."""
    lines = [
        ("major", [[118.01, 37.38], [118.03, 37.381]]),
        ("road", [[118.0195, 37.372], [118.021, 37.389]]),
    ]
    lines += [
        ("road", [[118.012, 37.376], [118.029, 37.3765]]),
        ("road", [[118.0145, 37.373], [118.015, 37.387]]),
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kind": kind},
                "geometry": {"type": "LineString", "coordinates": coordinates},
            }
            for kind, coordinates in lines
        ],
    }
