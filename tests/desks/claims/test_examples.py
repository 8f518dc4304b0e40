"""The worked cases of the domain dossier (§10), line by line: "payer/cover→recipient": yuan."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from kuaichu.desks.claims.payout.case import LossCase, NonMotor, Outside
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.plan import Cover, KnockForKnock, explain
from kuaichu.kernel.money import yuan
from tests.desks.claims.sides import DAY, EQUAL, FULL, NONE, PRIMARY, SECONDARY
from tests.desks.claims.sides import insured_car as car


def lines(plan):
    """`{"A/CTALI→B": fen}` with the lines of one key added up."""
    found = Counter()
    for line in plan.lines:
        found[f"{line.from_party}/{line.cover}→{line.to}"] += line.fen
    return dict(found)


CASES = {
    "EX1": (
        LossCase(DAY, (car("A", "3500", FULL), car("B", "2600", NONE))),
        "A/CTALI→B 2000; A/TPL→B 600; A/NF_SUBSTITUTE→A 100; A/MOD→A 3400",
        {"A": "6100"},
    ),
    "EX2": (
        LossCase(DAY, (car("A", "1200", FULL), car("B", "1800", NONE, tpl=None, mod=False))),
        "A/CTALI→B 1800; A/NF_SUBSTITUTE→A 100; A/MOD→A 1100",
        {"A": "3000"},
    ),
    "EX3": (
        LossCase(DAY, (car("A", "3500", EQUAL), car("B", "3200", EQUAL))),
        "A/CTALI→B 2000; B/CTALI→A 2000; B/TPL→A 750; A/MOD→A 750; A/TPL→B 600; B/MOD→B 600",
        {"A": "3350", "B": "3350"},
    ),
    "EX4": (
        LossCase(DAY, (car("A", "1800", EQUAL), car("B", "1500", EQUAL)), knock_for_knock=frozenset("AB")),
        "A/CTALI→A 1800; B/CTALI→B 1500",
        {"A": "1800", "B": "1500"},
    ),
    "EX4b": (
        LossCase(DAY, (car("A", "1900", EQUAL), car("B", "2300", EQUAL)), knock_for_knock=frozenset("AB")),
        "A/CTALI→B 2000; B/CTALI→A 1900; A/TPL→B 150; B/MOD→B 150",
        {"A": "2150", "B": "2050"},
    ),
    "EX5": (
        LossCase(DAY, (car("A", "12000", PRIMARY), car("B", "8000", SECONDARY))),
        "A/CTALI→B 2000; B/CTALI→A 2000; A/TPL→B 4200; B/MOD→B 1800; B/TPL→A 3000; A/MOD→A 7000",
        {"A": "13200", "B": "6800"},
    ),
    "EX6": (
        LossCase(DAY, (car("C", "6000", FULL), car("B", "4000", NONE), car("A", "1000", NONE))),
        "C/NF_SUBSTITUTE→C 200; C/CTALI→B 1600; C/CTALI→A 400; C/TPL→B 2400; C/TPL→A 600; C/MOD→C 5800",
        {"C": "11000"},
    ),
    "EX7": (
        LossCase(
            DAY,
            (
                car("A", "1500", PRIMARY),
                car("B", "300", SECONDARY),
                car("C", "600", NONE),
                car("D", "800", NONE),
            ),
        ),
        (
            "A/NF_SUBSTITUTE→A 100; B/NF_SUBSTITUTE→B 100; A/CTALI→B 200; A/CTALI→C 314.29; A/CTALI→D "
            "419.05; "
            "B/CTALI→A 1333.33; B/CTALI→C 285.71; B/CTALI→D 380.95; B/TPL→A 20.00; A/MOD→A 46.67"
        ),
        {"A": "1080.01", "B": "2119.99"},
    ),
    "EX9 property": (
        LossCase(
            DAY,
            (car("A", "1500", SECONDARY),),
            nonmotors=(NonMotor("N", yuan("900"), PRIMARY, motor_share=Fraction(2, 5)),),
        ),
        "A/CTALI→N 900; N/PERSONAL→A 900; A/MOD→A 600",
        {"A": "1500"},
    ),
    "EX10": (
        LossCase(DAY, (car("A", "2000", FULL, ctali=False, mod=False), car("B", "3000", NONE))),
        "A/PERSONAL→B 2000; A/TPL→B 1000; B/CTALI→A 100; A/OWN_BORNE→A 1900",
        {"A": "1000", "B": "100"},
    ),
    "EX11": (
        LossCase(DAY, (car("A", "5200", FULL),), outside=(Outside("rail", yuan("3800")),)),
        "A/CTALI→rail 2000; A/TPL→rail 1800; A/MOD→A 5200",
        {"A": "9000"},
    ),
    "EX12": (
        LossCase(
            DAY,
            (car("A", "3000", FULL), car("B", "4000", NONE)),
            outside=(Outside("fence", yuan("1000")),),
        ),
        (
            "A/CTALI→B 1600; A/CTALI→fence 400; A/NF_SUBSTITUTE→A 100; A/TPL→B 2400; A/TPL→fence 600; "
            "A/MOD→A 2900"
        ),
        {"A": "8000"},
    ),
    "EX13": (
        LossCase(DAY, (car("A", "20000", FULL, tpl="50000", mod=False), car("B", "90000", NONE))),
        "A/CTALI→B 2000; A/TPL→B 50000; A/PERSONAL→B 38000; A/NF_SUBSTITUTE→A 100; A/OWN_BORNE→A 19900",
        {"A": "52100"},
    ),
    "EX14": (
        LossCase(DAY, tuple(car(label, "3000", EQUAL) for label in "ABC")),
        "; ".join(f"{a}/CTALI→{b} 1000; {a}/TPL→{b} 333.33" for a in "ABC" for b in "ABC" if a != b)
        + "; A/MOD→A 333.34; B/MOD→B 333.34; C/MOD→C 333.34",
        {"A": "3000", "B": "3000", "C": "3000"},
    ),
    "EX15 property": (
        LossCase(date(2020, 9, 18), (car("A", "0", FULL), car("B", "1900", NONE))),
        "A/CTALI→B 1900",
        {"A": "1900"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_worked_case(name):
    case, text, insurers = CASES[name]
    plan = compute(case)
    expected = {key: yuan(amount) for key, amount in (entry.split() for entry in text.split("; "))}
    assert lines(plan) == expected
    totals = plan.by_insurer()
    assert {code: totals.get(code) for code in insurers} == {c: yuan(a) for c, a in insurers.items()}
    assert sum(line.fen for line in plan.lines) == sum(case.losses.values())
    plan.check()
    for line in plan.lines:
        sentence = explain(line)
        assert "{" not in sentence
        assert line.citations


def test_ex1_insurer_a_pays_all_and_b_nothing():
    assert compute(CASES["EX1"][0]).by_insurer() == {"A": yuan("6100")}


def test_ex3_and_ex5_totals():
    assert sum(compute(CASES["EX3"][0]).by_insurer().values()) == yuan("6700")
    assert sum(compute(CASES["EX5"][0]).by_insurer().values()) == yuan("20000")


def test_ex4_is_applied_and_ex4b_says_why_not():
    assert compute(CASES["EX4"][0]).knock_for_knock is KnockForKnock.APPLIED
    refused = compute(CASES["EX4b"][0])
    assert refused.knock_for_knock is KnockForKnock.REFUSED
    assert refused.refusals == ("kfk_over_limit",)


def test_ex7_exact_totals_are_whole_before_rounding():
    plan = compute(CASES["EX7"][0])
    exact = Counter()
    for line in plan.lines:
        exact[line.insurer] += line.exact
    assert exact == {"A": yuan("1080"), "B": yuan("2120")}
    assert sum(line.fen for line in plan.lines) == yuan("3200")


def test_ex10_says_what_is_personal_and_what_stays():
    plan = compute(CASES["EX10"][0])
    rules = {line.rule: line for line in plan.lines}
    assert rules["ctali_layer_personal"].citations[0] == "SPC-TA16"
    assert rules["ctali_no_fault_direct"].insurer == "B"
    assert rules["own_share_no_mod"].cover is Cover.OWN_BORNE
