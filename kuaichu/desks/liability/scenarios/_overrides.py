"""What comes before the table: unprovable facts, intent, forged scene, flight, pure accident (domain 2.2).

Accident procedure (D146) Articles 60, 61 and 67; Regulation Article 92.
"""

from dataclasses import dataclass

from kuaichu.law.statutes import Citation, parse

from ..facts import AccidentFacts
from ..grades import Grade
from ..vocabulary import PLACE
from ._result import Abstention, Reason


@dataclass(frozen=True, slots=True)
class Override:
    """A finding which decides alone; `bearer` is None for a pure accident."""

    code: str
    ref: str
    bearer: str | None
    zh: str
    en: str
    laws: tuple[Citation, ...]
    warnings: tuple[Reason, ...]

    def grades(self, facts: AccidentFacts) -> dict[str, Grade]:
        """The bearer FULL, all others NONE."""
        return {one.label: Grade.FULL if one.label == self.bearer else Grade.NONE for one in facts.vehicles}


_STOP = Reason(
    "general-procedure",
    "不适用自行协商、简易程序或在线认定，应由交警按一般程序调查",
    "Not for self-negotiation, summary or online handling: an officer investigates",
)
_MITIGABLE = Reason(
    "mitigable",
    "有证据证明对方也有过错的，可以减轻逃逸方责任（但同时破坏、伪造现场的不予减轻）",
    "May be mitigated if the other is proved to be at fault, unless evidence was also destroyed",
)
_OF_ONE = (
    ("IN-01", "intent", "故意造成交通事故", "caused the collision on purpose", ("D146 60¶2",), (_STOP,)),
    (
        "FD-01",
        "scene_tampered",
        "故意破坏、伪造现场、毁灭证据",
        "forged or destroyed the scene or evidence",
        ("D146 61¶1(2)", "条92¶2"),
        (_STOP,),
    ),
    (
        "HR-01",
        "fled",
        "发生交通事故后逃逸",
        "fled after the accident",
        ("D146 61¶1(1)", "条92¶1"),
        (_STOP, _MITIGABLE),
    ),
)
_ACCIDENT = ("AC-01", "交通意外事故", "pure accident", ("D146 60¶1(3)",))
_UNPROVABLE = parse("D146 67")


def override(facts: AccidentFacts) -> Override | Abstention | None:
    """The finding which decides before the table, an abstention if it is contested, or None."""
    if facts.place_answer("facts_unprovable") is True:
        zh = f"基本事实无法查清、成因无法判定：出具道路交通事故证明，不划分责任（{_UNPROVABLE.zh()}）"
        en = f"Facts cannot be established: a certificate of facts without grades ({_UNPROVABLE.en()})"
        return Abstention((Reason("facts-unprovable", zh, en),))
    for code, key, zh, en, laws, warnings in _OF_ONE:
        stated = [one.label for one in facts.vehicles if one.answer(key) is True]
        contested = [one.label for one in facts.vehicles if key in one.disputed]
        if contested or len(stated) > 1:
            return _contested(zh, en, tuple(f"{label}.{key}" for label in contested or stated))
        if stated:
            return Override(code, f"{stated[0]}.{key}", stated[0], zh, en, tuple(map(parse, laws)), warnings)
    if facts.place_answer("unforeseeable_event") is True:
        code, zh, en, laws = _ACCIDENT
        return Override(code, f"{PLACE}.unforeseeable_event", None, zh, en, tuple(map(parse, laws)), ())
    return None


def _contested(zh: str, en: str, refs: tuple[str, ...]) -> Abstention:
    reason = Reason(
        "contested-override", f"对是否存在“{zh}”有争议，或涉及多方", f"Contested, or said of several: {en}"
    )
    return Abstention((reason,), refs)
