"""Which plates are well-formed, and of which kind they most likely are (GA 36-2018; domain 5.2)."""

from __future__ import annotations

import re

_P = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]"
_L = "[A-HJ-NP-Z]"
_LD = "[A-HJ-NP-Z0-9]"

_SHAPES = (
    ("52", re.compile(f"{_P}{_L}[DABCEFGHJK]{_LD}[0-9]{{4}}")),
    ("51", re.compile(f"{_P}{_L}[0-9]{{5}}[DABCEFGHJK]")),
    ("15", re.compile(f"{_P}{_L}{_LD}{{4}}挂")),
    ("16", re.compile(f"{_P}{_L}{_LD}{{4}}学")),
    ("23", re.compile(f"{_P}{_L}{_LD}{{4}}警")),
    ("33", re.compile(f"{_P}X[0-9]{{4}}应急")),
    ("26", re.compile(f"粤Z{_LD}{{4}}港")),
    ("27", re.compile(f"粤Z{_LD}{{4}}澳")),
    ("02", re.compile(f"{_P}{_L}{_LD}{{5}}")),
)


def kind_of(plate: str) -> str | None:
    """The plate-kind code which the shape suggests; None when the plate is not well-formed."""
    return next((code for code, shape in _SHAPES if shape.fullmatch(plate)), None)


def normal(plate: str) -> str:
    """Upper case, without the dot, dashes and spaces people write."""
    return re.sub(r"[·•\-\s]", "", plate).upper()


def unknown_on_purpose(plate: str) -> bool:
    """Plates whose serial starts with Z0 are in no register, so that not-found can be shown."""
    return plate[2:4] == "Z0"
