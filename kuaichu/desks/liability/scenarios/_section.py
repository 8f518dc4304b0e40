"""Reading `[liability.pack]`: each value that cannot be used is refused with its place in the section."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import TypedDict, TypeVar

from kuaichu.law.statutes import Citation, exists, parse

from ..grades import Grade, ShareRange, share_table, valid_multiset
from ..matrix import FaultClass
from ..share_tables import NATIONAL, ShareTable, check_against, check_between, percentages, share_tables
from . import ALL
from ._scenario import Scope

T = TypeVar("T")
Section = Mapping[str, object]
ILLEGAL_STOP_CHOICES = ("RE-06", "PK-05")
SAME_TARGET_CHOICES = ("equal", "left_yields")
_SOME_DAY = date(9999, 12, 31)
_BEFORE_THE_TABLE = (Scope.PARTY, Scope.ACCIDENT)


class PackInvalid(ValueError):
    """An option which cannot be used; `at` is the path of keys (and the value) in the section."""

    def __init__(self, message: str, *at: str) -> None:
        super().__init__(f"{'.'.join(at)}: {message}" if at else message)
        self.reason, self.at = message, at


class Options(TypedDict):
    """The options of a pack, read and checked."""

    off: frozenset[str]
    grades: Mapping[str, tuple[Grade, Grade]]
    classes: Mapping[str, FaultClass]
    situations: Mapping[str, tuple[str, ...]]
    illegal_stop: str
    same_target: str
    shares: str
    mv_shares: Mapping[Grade, Fraction]
    nmv_shares: Mapping[Grade, ShareRange]
    supplements: Mapping[str, tuple[Citation, ...]]
    same_class_equal: bool
    aggravation: bool


def read(section: Section) -> Options:
    """All options, with the national defaults for what is not set. Raises PackInvalid."""
    for key in section:
        if key not in Options.__annotations__:
            raise PackInvalid("there is no such option", key)
    table = _declared(section)
    return Options(
        off=frozenset(_switched_off(code) for code in _list(section, "off")),
        grades=_by_code(section, "grades", _pair),
        classes=_by_code(section, "classes", _class),
        situations={number: _codes(number, codes) for number, codes in _rows(section, "situations")},
        illegal_stop=_choice(section, "illegal_stop", ILLEGAL_STOP_CHOICES),
        same_target=_choice(section, "same_target", SAME_TARGET_CHOICES),
        shares=table.code,
        mv_shares=_table(section, "mv_shares", percentages, check_between) or table.between_motors,
        nmv_shares=_table(section, "nmv_shares", _ranges, check_against) or table.against_weaker,
        supplements=_by_code(section, "supplements", _articles),
        same_class_equal=_flag(section, "same_class_equal", default=True),
        aggravation=_flag(section, "aggravation", default=False),
    )


def _declared(section: Section) -> ShareTable:
    name = section.get("shares", NATIONAL)
    found = share_tables().get(str(name))
    if found is None:
        raise PackInvalid(f"is one of {', '.join(sorted(share_tables()))}", "shares", str(name))
    return found


def _known(code: str, *at: str) -> str:
    if code not in ALL:
        raise PackInvalid("there is no such scenario", *at, code)
    return code


def _codes(number: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise PackInvalid("is a list of codes", "situations", number)
    return tuple(_known(str(code), "situations", number) for code in value)


def _switched_off(code: str) -> str:
    if ALL[_known(code, "off")].scope in _BEFORE_THE_TABLE:
        raise PackInvalid("national law, a city cannot switch it off", "off", code)
    return code


def _by_code(section: Section, option: str, make: Callable[[object], T]) -> dict[str, T]:
    found = {}
    for code, value in _rows(section, option):
        _known(code, option)
        try:
            found[code] = make(value)
        except ValueError as flaw:
            raise PackInvalid(str(flaw), option, code) from flaw
    return found


def _pair(value: object) -> tuple[Grade, Grade]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("the grades of (actor, other) are needed")
    first, second = Grade(value[0]), Grade(value[1])
    if not valid_multiset((first, second)):
        raise ValueError("grades of a scenario must fit together")
    return first, second


def _class(value: object) -> FaultClass:
    return FaultClass(str(value))


def _articles(value: object) -> tuple[Citation, ...]:
    if not isinstance(value, list):
        raise ValueError("a list of citations is needed")
    cited = tuple(parse(str(text)) for text in value)
    missing = [str(one) for one in cited if not exists(one, _SOME_DAY)]
    if missing:
        raise ValueError(f"the law texts have no {', '.join(missing)}")
    return cited


def _table(
    section: Section, option: str, make: Callable[[object], T], check: Callable[[T], None]
) -> T | None:
    if option not in section:
        return None
    try:
        made = make(section[option])
        check(made)
    except ValueError as flaw:
        raise PackInvalid(str(flaw), option) from flaw
    return made


def _ranges(rows: object) -> dict[Grade, ShareRange]:
    if not isinstance(rows, dict):
        raise ValueError("a table of percentages by grade is needed")
    return share_table(rows)


def _choice(section: Section, option: str, choices: tuple[str, ...]) -> str:
    value = section.get(option, choices[0])
    if value not in choices:
        raise PackInvalid(f"is one of {', '.join(choices)}", option)
    return str(value)


def _flag(section: Section, option: str, *, default: bool) -> bool:
    value = section.get(option, default)
    if not isinstance(value, bool):
        raise PackInvalid("is true or false", option)
    return value


def _list(section: Section, option: str) -> list[str]:
    value = section.get(option, [])
    if not isinstance(value, list):
        raise PackInvalid("is a list of codes", option)
    return [str(one) for one in value]


def _rows(section: Section, option: str) -> list[tuple[str, object]]:
    value = section.get(option, {})
    if not isinstance(value, dict):
        raise PackInvalid("is a table", option)
    return list(value.items())
