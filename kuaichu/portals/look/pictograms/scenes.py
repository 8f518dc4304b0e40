"""Vehicles, photo guides (120 × 90) and the car silhouette (200 × 340) with its eight contact zones."""

from kuaichu.portals.look.pictograms.shapes import car, ebike, impact, pedestrian, truck

VEHICLES: dict[str, str] = {
    "vehicle-car": car(48, 48, scale=2),
    "vehicle-truck": truck(48, 48, scale=1.35),
    "vehicle-ebike": ebike(48, 48, scale=2.4),
    "vehicle-pedestrian": pedestrian(48, 48, scale=2.6),
}
"""Who was in it, seen from above, inside a 96 × 96 box."""

_FRAME = (
    '<path class="pg-frame" d="M6 20V10a4 4 0 0 1 4-4H22M98 6h12a4 4 0 0 1 4 4V20'
    'M114 70v10a4 4 0 0 1-4 4H98M22 84H10a4 4 0 0 1-4-4V70"/>'
)
_LANES = '<path class="pg-faint" d="M12 80L48 30M108 80L72 30M60 80V70M60 62V54M60 46V40"/>'


def _face(x: float, y: float, scale: float, *, rear: bool = False) -> str:
    """A car seen from in front (or behind)."""
    lamp = "pg-red" if rear else "pg-lamp"
    return (
        f'<g transform="translate({x:g} {y:g}) scale({scale:g})">'
        '<path class="pg-body" d="M-17 14V0Q-17-4-14-5L-10-15Q-9-17-6-17H6Q9-17 10-15L14-5Q17-4 17 0V14'
        'Q17 17 14 17H11V13H-11V17H-14Q-17 17-17 14z"/>'
        '<path class="pg-pane" d="M-11-6L-8-13H8L11-6z"/>'
        '<rect class="pg-plate" x="-6" y="5" width="12" height="5" rx="1"/>'
        f'<path class="{lamp}" d="M-15-1h6v4h-6zM9-1h6v4H9z"/></g>'
    )


GUIDES: dict[str, str] = {
    "guide-front": _LANES + _face(44, 54, 1.15) + _face(78, 48, 1) + _FRAME,
    "guide-rear": _LANES + _face(76, 54, 1.15, rear=True) + _face(42, 48, 1, rear=True) + _FRAME,
    "guide-contact": '<path class="pg-body" d="M0 34H40Q52 36 54 46V58Q52 62 46 62H0zM120 26H82Q70 '
    '28 67 40V56Q69 60 74 60H120z"/>'
    '<path class="pg-lamp" d="M38 42h13v8H38zM71 38h13v8H71z"/>' + impact(60, 50, 1.3) + _FRAME,
    "guide-plate": '<path class="pg-body" d="M8 24H112V66H8z"/>'
    '<rect class="pg-plate" x="26" y="32" width="68" height="24" rx="3"/>'
    '<text class="pg-letters" x="60" y="50">A·12345</text>' + _FRAME,
    "guide-licence": '<rect class="pg-card" x="16" y="20" width="88" height="50" rx="5"/>'
    '<rect class="pg-pane" x="76" y="32" width="20" height="26" rx="2"/>'
    '<circle class="pg-body" cx="86" cy="41" r="5"/>'
    '<path class="pg-body" d="M77 58q0-10 9-10t9 10z"/>'
    '<path class="pg-text" d="M24 30H52M24 40H66M24 48H60M24 56H66"/>' + _FRAME,
    "guide-sign": _LANES
    + '<path class="pg-post" d="M34 78V40M88 78V48"/><circle class="pg-sign" cx="34" cy="30" r="14"/>'
    '<circle class="pg-ring" cx="34" cy="30" r="13"/><path class="pg-ring" d="M25 39L43 21"/>'
    '<rect class="pg-dark" x="80" y="14" width="16" height="38" rx="5"/>'
    '<circle class="pg-bad" cx="88" cy="22" r="5"/>'
    '<circle class="pg-lamp" cx="88" cy="33" r="5"/><circle class="pg-ok" cx="88" cy="44" r="5"/>' + _FRAME,
    "guide-wheel": '<path class="pg-body" d="M0 20H120V44H96A24 24 0 0 0 48 44H0z"/>'
    '<circle class="pg-tyre" cx="72" cy="50" r="20"/>'
    '<circle class="pg-pane" cx="72" cy="50" r="10"/><path class="pg-paint" d="M24 84L60 66"/>' + _FRAME,
    "guide-damage": '<path class="pg-body" d="M6 30Q40 16 66 22L96 32Q110 36 112 50V66H6z"/>'
    '<path class="pg-crack" d="M60 40l10 6l-4 6l12 6M74 36l6 8"/>'
    '<circle class="pg-lens" cx="70" cy="48" r="20"/>'
    '<path class="pg-post" d="M84 62L98 76"/>' + _FRAME,
    "guide-vin": '<rect class="pg-card" x="14" y="28" width="92" height="34" rx="3"/>'
    '<path class="pg-text" d="M22 38H60M22 46H98M22 54H84"/><circle class="pg-post" cx="18" cy="32" r=".5"/>'
    + _FRAME,
}
"""What a photograph should show: outline guides inside a 120 × 90 box."""

ZONES: dict[str, str] = {
    "FRONT": "M70 14Q100 4 130 14V64Q100 56 70 64z",
    "FRONT_LEFT": "M66 15V66Q58 68 52 78L38 84V52Q42 24 66 15z",
    "FRONT_RIGHT": "M134 15V66Q142 68 148 78L162 84V52Q158 24 134 15z",
    "LEFT": "M38 90L54 84V256L38 250z",
    "RIGHT": "M162 90L146 84V256L162 250z",
    "REAR_LEFT": "M38 256L52 262Q58 272 66 274V325Q42 318 38 290z",
    "REAR_RIGHT": "M162 256L148 262Q142 272 134 274V325Q158 318 162 290z",
    "REAR": "M70 276Q100 284 130 276V326Q100 336 70 326z",
}
"""Contact zone → its outline on the silhouette; the eight zones printed on the agreement."""

SILHOUETTE = (
    '<path class="zone-mirror" d="M38 98L22 92Q20 102 28 106L38 106zM162 98L178 92Q180 102 172 106'
    'L162 106z"/>'
    '<path class="zone-shell" d="M100 6Q150 6 164 52V290Q160 330 100 334Q40 330 36 290V52Q50 6 100 6z"/>'
    + "".join(
        f'<path class="zone-part zone-{name}" data-zone="{name}" d="{path}"/>' for name, path in ZONES.items()
    )
    + '<path class="zone-glass" d="M62 106Q100 84 138 106L128 142Q100 134 72 142z'
    'M66 246Q100 258 134 246L126 222Q100 228 74 222z"/>'
    '<rect class="zone-roof" x="70" y="148" width="60" height="68" rx="8"/>'
)
"""The car from above, nose up, with one path a zone."""
