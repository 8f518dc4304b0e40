"""Building blocks of the pictograms: everything is seen from above, in a box of 96 by 96 units.

Traffic keeps to the right. Colours come from CSS classes, so that sunlight and print themes reach them:
`pg-road` asphalt, `pg-line` paint, `pg-own` the vehicle in question, `pg-other` another one, `pg-go` its way,
`pg-bad` danger, `pg-kerb` what is beside the road.
"""

ROAD_TWO = (
    '<rect class="pg-road" x="12" width="72" height="96"/>'
    '<path class="pg-line" d="M15 0V96M81 0V96"/><path class="pg-line pg-dash" d="M48 2V96"/>'
)
ROAD_CROSS = (
    '<path class="pg-road" d="M24 0H72V24H96V72H72V96H24V72H0V24H24z"/>'
    '<path class="pg-line pg-dash" d="M48 0V22M48 76V96M0 48H20M76 48H96"/>'
    '<path class="pg-line" d="M50 74H70"/>'
)
ROAD_ONE_KERB = (
    '<rect class="pg-road" width="64" height="96"/><rect class="pg-kerb" x="64" width="32" height="96"/>'
    '<path class="pg-line pg-dash" d="M26 2V96"/><path class="pg-line" d="M64 0V96"/>'
)
ROAD_ACROSS = (
    '<rect class="pg-kerb" width="96" height="96"/><path class="pg-road" d="M0 14H96V62H72V96H40V62H0z"/>'
    '<path class="pg-line pg-dash" d="M2 38H96"/>'
)


def car(x: float, y: float, turn: float = 0, kind: str = "own", scale: float = 1) -> str:
    """A car of 20 by 38 units around (x, y), nose up, turned clockwise by `turn` degrees."""
    return (
        f'<g class="pg-{kind}"{_place(x, y, turn, scale)}>'
        '<rect x="-10" y="-19" width="20" height="38" rx="6"/><path d="M-13-6l4-2v4zM13-6l-4-2v4z"/>'
        '<path class="pg-glass" d="M-7.5-6Q0-10.5 7.5-6L6 0H-6zM-6.5 13Q0 16 6.5 13L5.5 8.5h-11z"/></g>'
    )


def truck(x: float, y: float, turn: float = 0, kind: str = "own", scale: float = 1) -> str:
    """A lorry of 24 by 62 units around (x, y)."""
    return (
        f'<g class="pg-{kind}"{_place(x, y, turn, scale)}>'
        '<rect x="-11" y="-31" width="22" height="17" rx="4"/>'
        '<rect x="-12" y="-12" width="24" height="43" rx="2"/>'
        '<path class="pg-glass" d="M-8-26Q0-29 8-26V-21H-8z"/>'
        '<path class="pg-seam" d="M-12 2H12M-12 16H12"/></g>'
    )


def ebike(x: float, y: float, turn: float = 0, kind: str = "own", scale: float = 1) -> str:
    """A rider on a two-wheeler of 18 by 34 units around (x, y)."""
    return (
        f'<g class="pg-{kind}"{_place(x, y, turn, scale)}>'
        '<rect x="-2" y="-18" width="4" height="36" rx="2"/><path class="pg-bar" d="M-9-9Q0-14 9-9"/>'
        '<ellipse cy="1" rx="9" ry="5.5"/><circle class="pg-head" cy="-1" r="4.5"/></g>'
    )


def pedestrian(x: float, y: float, turn: float = 0, kind: str = "own", scale: float = 1) -> str:
    """A person on foot of 24 by 16 units around (x, y)."""
    return (
        f'<g class="pg-{kind}"{_place(x, y, turn, scale)}>'
        '<path class="pg-leg" d="M-5 0V-11M5 0V11"/>'
        '<path d="M-14-3q0-4 4-4h20q4 0 4 4v6q0 4-4 4h-20q-4 0-4-4z"/>'
        '<circle class="pg-head" r="5"/></g>'
    )


def way(path: str, x: float, y: float, turn: float = 0) -> str:
    """The way a vehicle takes, ending in an arrow head at (x, y) pointing `turn` degrees clockwise of up."""
    return f'<path class="pg-go" d="{path}"/><path class="pg-tip"{_place(x, y, turn, 1)} d="M0-9L8 4H-8z"/>'


def impact(x: float, y: float, scale: float = 1) -> str:
    """The star that marks where vehicles touched."""
    star = "M0-12L3-4L11-6L5 0L11 6L3 4L0 12L-3 4L-11 6L-5 0L-11-6L-3-4z"
    return f'<path class="pg-bad"{_place(x, y, 0, scale)} d="{star}"/>'


def _place(x: float, y: float, turn: float, scale: float) -> str:
    steps = f"translate({x:g} {y:g})"
    steps += f" rotate({turn:g})" if turn else ""
    steps += f" scale({scale:g})" if scale != 1 else ""
    return f' transform="{steps}"'
