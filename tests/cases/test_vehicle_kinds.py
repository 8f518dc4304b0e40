import pytest

from kuaichu.cases.vehicle_kinds import CLASSES, classes_in, coverage, covers, name_of, needed
from kuaichu.cases.vehicle_tables import TYPES, USES


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("K11", "大型普通客车"),
        ("K14", "大型铰接客车"),
        ("K28", "中型专用校车"),
        ("K33", "小型轿车"),
        ("K39", "小型面包车"),
        ("K43", "微型轿车"),
        ("K49", "微型面包车"),
        ("H17", "重型自卸货车"),
        ("H1A", "重型车辆运输车"),
        ("H31", "轻型普通货车"),
        ("H51", "低速普通货车"),
        ("Q11", "重型半挂牵引车"),
        ("Q32", "轻型全挂牵引车"),
        ("Z51", "重型非载货专项作业车"),
        ("Z12", "大型载货专项作业车"),
        ("M15", "侧三轮摩托车"),
        ("N11", "三轮汽车"),
        ("T23", "手扶变形运输机"),
        ("X99", "其他"),
        ("B11", "重型半挂车"),
        ("g21", "中型全挂车"),
    ],
)
def test_names(code, zh):
    assert name_of(code) == zh
    assert name_of(code, english=True)


def test_unknown_codes_have_no_name():
    assert [name_of(code) for code in ("K44", "K10", "Y11", "", "H5A", "B41", "K333")] == [None] * 7


def test_the_tables_are_complete_and_distinct():
    assert len({names[0] for names in TYPES.values()}) == len(TYPES)
    assert len({names[1] for names in TYPES.values()}) == len(TYPES)
    assert set(USES) == set("ABCDEFGHIJKLMNOPQRSZ")


@pytest.mark.parametrize(
    ("licence", "also"),
    [
        ("A1", "A3 B1 B2 C1 C2 C3 C4 M"),
        ("A2", "B1 B2 C1 C2 C3 C4 M C6"),
        ("A3", "C1 C2 C3 C4"),
        ("B1", "C1 C2 C3 C4 M"),
        ("B2", "C1 C2 C3 C4 M"),
        ("C1", "C2 C3 C4"),
        ("C2", ""),
        ("C3", "C4"),
        ("C5", ""),
        ("C6", ""),
        ("D", "E F"),
        ("E", "F"),
        ("M", ""),
    ],
)
def test_coverage_closure(licence, also):
    assert coverage(licence) == {licence, *also.split()}


@pytest.mark.parametrize(
    ("licence", "vehicle", "facts", "answer"),
    [
        ("C1", "H17", {}, False),  # trap case T2
        ("B2", "H17", {}, True),
        ("A2", "H17", {}, True),
        ("C1", "K33", {}, True),
        ("C2", "K33", {}, None),
        ("C2", "K33", {"automatic": True}, True),
        ("C2", "K33", {"automatic": False}, False),
        ("C5", "K33", {"automatic": True, "adapted": True}, True),
        ("C5", "K33", {"automatic": True}, None),
        ("C5", "K33", {"adapted": False}, False),
        ("C5", "H31", {"automatic": True, "adapted": True}, False),
        ("C3", "K33", {}, False),
        ("A3", "K11", {}, None),
        ("A3", "K11", {"use": "C"}, True),
        ("A3", "K11", {"use": "B"}, False),
        ("A1", "K11", {"use": "B"}, True),
        ("B1", "K21", {}, True),
        ("B2", "K21", {}, False),
        ("A2", "Q11", {}, True),
        ("B2", "Q11", {}, False),
        ("C1C6", "Q31", {}, True),
        ("C1", "Q31", {}, False),
        ("C1D", "M21", {}, True),
        ("C1", "M21", {}, False),
        ("E", "M22", {}, True),
        ("F", "M21", {}, False),
        ("F", "M12", {}, True),
        ("C4", "N11", {}, True),
        ("B1", "J11", {}, True),
        ("C1", "D11", {}, False),
        ("P", "D12", {}, True),
        ("C1", "T11", {}, None),
        ("C1", "X99", {}, None),
        ("??", "K33", {}, None),
        ("C9", "K33", {}, None),
        ("c1", "k33", {}, True),
    ],
)
def test_covers(licence, vehicle, facts, answer):
    assert covers(licence, vehicle, **facts) is answer


def test_more_classes_never_cover_less():
    order = {False: 0, None: 1, True: 2}
    for vehicle in TYPES:
        for one in CLASSES:
            for two in CLASSES:
                both = order[covers(one + two, vehicle)]
                assert both >= max(order[covers(one, vehicle)], order[covers(two, vehicle)])


def test_every_driven_type_but_tractors_and_others_has_a_minimum():
    assert {code for code in TYPES if needed(code) is None} == {"T11", "T21", "T22", "T23", "X99"}


def test_classes_on_a_licence():
    assert classes_in("A2D") == ("A2", "D")
    assert classes_in("C1, E") == ("C1", "E")
    assert classes_in("") is None
    assert classes_in("C1X") is None
