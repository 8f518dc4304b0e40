"""Sentences of the certificate: what was violated, and on which article the grade rests."""

from collections.abc import Mapping, Sequence

from kuaichu.law.statutes import Citation, instrument, parse

from .grades import Grade

ONE_AT_FAULT = parse("D146 60¶1(1)")
SEVERAL_AT_FAULT = parse("D146 60¶1(2)")
ACCIDENT = parse("D146 60¶1(3)")


def places_zh(citations: Sequence[Citation]) -> str:
    """Cited places, each law named once: 《…条例》第三十八条第三款、第五十一条."""
    parts: list[str] = []
    for index, one in enumerate(citations):
        same = index > 0 and citations[index - 1].law == one.law
        parts.append(one.place_zh() if same else one.zh())
    return "、".join(parts)


def places_en(citations: Sequence[Citation]) -> str:
    """Cited places in English, grouped by law."""
    laws = dict.fromkeys(one.law for one in citations)
    groups = (
        f"{instrument(law).en}, " + " and ".join(one.place_en() for one in citations if one.law == law)
        for law in laws
    )
    return "; ".join(groups)


def violation_zh(subject: str, conduct: str, citations: Sequence[Citation]) -> str:
    """`subject` is a name or label, `conduct` the Chinese wording of the fault."""
    return f"{subject}{conduct}的行为违反了{places_zh(citations)}的规定。"


def violation_en(subject: str, conduct: str, citations: Sequence[Citation]) -> str:
    """The same in English."""
    return f"{subject} {conduct}, contrary to {places_en(citations)}."


def grading_law(grades: Mapping[str, Grade]) -> Citation:
    """The item of Article 60 of the accident procedure on which such grades rest."""
    given = set(grades.values())
    if given == {Grade.NONE}:
        return ACCIDENT
    return ONE_AT_FAULT if Grade.FULL in given else SEVERAL_AT_FAULT


def grading_zh(grades: Mapping[str, Grade], rest_on: Sequence[Citation] = ()) -> str:
    """One sentence with the grade of everybody; keys are names or labels in the order to print."""
    basis = places_zh(rest_on or (grading_law(grades),))
    each = "，".join(f"{subject}{_bears_zh(grade)}" for subject, grade in grades.items())
    return f"根据{basis}的规定，{each}。"


def grading_en(grades: Mapping[str, Grade], rest_on: Sequence[Citation] = ()) -> str:
    """The same in English."""
    each = ", ".join(f"{subject} bears {grade.en}" for subject, grade in grades.items())
    return f"Under {places_en(rest_on or (grading_law(grades),))}: {each}."


def _bears_zh(grade: Grade) -> str:
    return grade.zh if grade is Grade.NONE else f"承担{grade.zh}"
