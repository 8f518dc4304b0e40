"""Masks: how much of a name or a number is shown to those who need not know all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


_COMPOUND = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐夏侯司徒司空端木独孤南宫西门东郭百里呼延宇文长孙"
    "轩辕闻人申屠太史淳于单于澹台公冶宗政濮阳钟离鲜于闾丘亓官仲孙拓跋完颜赫连第五左丘梁丘纳兰万俟"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))


def mask_name(name: str, *, public: bool = False) -> str:
    """`陈明`→`陈*`, `陈小明`→`陈*明`, `欧阳小明`→`欧阳*明`; `public` keeps the surname only: `陈*`."""
    name = name.strip()
    if not name:
        return ""
    family = surname(name)
    given = name[len(family) :]
    chinese = all("一" <= char <= "鿿" or "㐀" <= char <= "䶿" for char in name)
    last = given[-1] if chinese and len(given) > 1 and not public else ""
    return f"{family}*{last}"


def surname(name: str) -> str:
    """The family name: 陈 of 陈小明, 欧阳 of 欧阳小明; empty for no name."""
    name = name.strip()
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]


def mask_id(number: str) -> str:
    """First and last four characters: `3716**********0017`; a number too short to hide is hidden whole."""
    return _keep(number, 4, 4)


def mask_id_tail(number: str) -> str:
    """Only the last four characters, for everybody but the parties."""
    return _keep(number, 0, 4)


def mask_phone(number: str) -> str:
    """`138****5678`: first three and last four; a landline keeps its area code and last two."""
    area, dash, local = number.partition("-")
    return f"{area}-{_keep(local, 0, 2)}" if dash else _keep(number, 3, 4)


def mask_plate(plate: str) -> str:
    """`鲁M12345` → `鲁M1**45`, as the public verification page shows it."""
    return _keep(plate, 3, 2)


def mask_vin(vin: str) -> str:
    """Only the last six characters."""
    return _keep(vin, 0, 6)


def _keep(text: str, head: int, tail: int) -> str:
    """Stars for everything between `head` and `tail`; for all of it when less than two would be hidden."""
    hidden = len(text) - head - tail
    if hidden < 2:
        return "*" * len(text)
    return f"{text[:head]}{'*' * hidden}{text[len(text) - tail :]}"
