"""People who were hurt: the worked cases of the domain dossier (§10) and each rule alone. Amounts in yuan."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from kuaichu.desks.claims.payout.case import (
    Exclusion,
    Incalculable,
    Injury,
    LossCase,
    Mod,
    NonMotor,
    Outside,
    Seats,
)
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.ctali import Bucket
from kuaichu.desks.claims.payout.injury import recoverable
from kuaichu.desks.claims.payout.plan import KnockForKnock, explain
from kuaichu.kernel.money import yuan
from tests.desks.claims.sides import DAY, EQUAL, FULL, NONE, PRIMARY, SECONDARY, insured_car

SHORT = {Bucket.PROPERTY: "P", Bucket.MEDICAL: "M", Bucket.DEATH_DISABILITY: "D"}


def car(label, grade, loss="0", **more):
    return insured_car(label, loss, grade, **{"mod": False} | more)


def hurt(person, of, medical="0", disability="0", **more):
    return Injury(person, of, yuan(medical), yuan(disability), **more)


def walker(grade=NONE, loss="0", **more):
    return NonMotor("W", yuan(loss), grade, **more)


def said(plan):
    """`{"A/CTALI→W M": fen}`; M treatment, D death and disability, P property."""
    found = Counter()
    for line in plan.lines:
        assert "{" not in explain(line)
        found[f"{line.from_party}/{line.cover}→{line.to} {SHORT[line.bucket]}"] += line.fen
    return dict(found)


def expected(text):
    rows = [row.rsplit(" ", 1) for row in text.split("; ")]
    return {key: yuan(amount) for key, amount in rows}


CASES = {
    "EX8": (
        LossCase(DAY, (car("A", FULL),), nonmotors=(walker(),), injuries=(hurt("W", "W", "27900", "21100"),)),
        "A/CTALI→W M 18000; A/TPL→W M 9900; A/CTALI→W D 21100",
    ),
    "EX9": (
        LossCase(
            DAY,
            (car("A", SECONDARY, "1500", mod=Mod("A")),),
            nonmotors=(walker(PRIMARY, "900", motor_share=Fraction(2, 5)),),
            injuries=(hurt("W", "W", "1860"),),
        ),
        "A/CTALI→W P 900; A/CTALI→W M 1860; W/PERSONAL→A P 900; A/MOD→A P 600",
    ),
    "EX9b": (
        LossCase(
            DAY,
            (car("A", SECONDARY),),
            nonmotors=(walker(PRIMARY, "900", motor_share=Fraction(2, 5)),),
            injuries=(hurt("W", "W", "21000", "3000"),),
        ),
        "A/CTALI→W P 900; A/CTALI→W M 18000; A/TPL→W M 1200; W/OWN_BORNE→W M 1800; A/CTALI→W D 3000",
    ),
    "EX15": (
        LossCase(
            date(2020, 9, 18),
            (car("A", FULL),),
            outside=(Outside("B", yuan("1900")),),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "12000"),),
        ),
        "A/CTALI→B P 1900; A/CTALI→W M 10000; A/TPL→W M 2000",
    ),
    "who should have insured and is not at fault owes the no-fault part": (
        LossCase(
            DAY,
            (car("A", FULL), car("B", NONE, ctali=False)),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "20800"),),
        ),
        "A/CTALI→W M 18000; B/PERSONAL→W M 1800; A/TPL→W M 1000",
    ),
    "a passenger of the car that was hit: both covers by the ratio of their limits, never the own car's": (
        LossCase(DAY, (car("A", FULL), car("B", NONE)), injuries=(hurt("b", "B", "4000", driver=False),)),
        "A/CTALI→b M 4000",
    ),
    "a passenger of the car at fault: the other car's no-fault purse, then the seats, then the driver": (
        LossCase(
            DAY,
            (car("A", FULL, seats=Seats("A", yuan("10000"), yuan("10000"))), car("B", NONE)),
            injuries=(hurt("a", "A", "15000", driver=False),),
        ),
        "B/CTALI→a M 1800; A/SEATS→a M 10000; A/PERSONAL→a M 3200",
    ),
    "the driver at fault without cover for the seats bears the rest": (
        LossCase(DAY, (car("A", FULL), car("B", NONE)), injuries=(hurt("a", "A", "2800"),)),
        "B/CTALI→a M 1800; A/OWN_BORNE→a M 1000",
    ),
    "two at fault and one without: ratio of limits 18000 : 18000 : 1800": (
        LossCase(
            DAY,
            (car("A", EQUAL), car("B", EQUAL), car("C", NONE)),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "4200"),),
        ),
        "A/CTALI→W M 2000; B/CTALI→W M 2000; C/CTALI→W M 200",
    ),
    "two victims share a limit by their losses": (
        LossCase(
            DAY,
            (car("A", FULL, tpl=None), car("B", NONE, ctali=False)),
            injuries=(hurt("b", "B", "27000"), hurt("p", "B", "9000", driver=False)),
        ),
        "A/CTALI→b M 13500; A/PERSONAL→b M 13500; A/CTALI→p M 4500; A/PERSONAL→p M 4500",
    ),
    "without compulsory insurance its layer is owed in person": (
        LossCase(
            DAY, (car("A", FULL, ctali=False),), nonmotors=(walker(),), injuries=(hurt("W", "W", "20000"),)
        ),
        "A/PERSONAL→W M 18000; A/TPL→W M 2000",
    ),
    "drunk: the victim is paid, third-party cover is not": (
        LossCase(
            DAY,
            (car("A", FULL, exclusions=frozenset({Exclusion.DRUNK})),),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "20000", "1000"),),
        ),
        "A/CTALI→W M 18000; A/PERSONAL→W M 2000; A/CTALI→W D 1000",
    ),
    "stolen: only treatment is advanced": (
        LossCase(
            DAY,
            (car("A", FULL, exclusions=frozenset({Exclusion.STOLEN})),),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "2000", "1000"),),
        ),
        "A/CTALI→W M 2000; A/PERSONAL→W D 1000",
    ),
    "who walked into the car on purpose bears everything": (
        LossCase(
            DAY,
            (car("A", NONE),),
            nonmotors=(walker(FULL, intentional=True),),
            injuries=(hurt("W", "W", "2000"),),
        ),
        "W/OWN_BORNE→W M 2000",
    ),
    "mental harm first: what the purse does not reach stays insurable": (
        LossCase(
            DAY,
            (car("A", FULL),),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "0", "200000", mental=yuan("30000")),),
        ),
        "A/CTALI→W D 180000; A/TPL→W D 20000",
    ),
    "mental harm last: the person pays it": (
        LossCase(
            DAY,
            (car("A", FULL),),
            nonmotors=(walker(),),
            injuries=(hurt("W", "W", "0", "200000", mental=yuan("30000"), mental_first=False),),
        ),
        "A/CTALI→W D 180000; A/PERSONAL→W D 20000",
    ),
    "third-party cover is one purse for things and people": (
        LossCase(
            DAY,
            (car("A", FULL, tpl="30000"), car("B", NONE, "22000")),
            injuries=(hurt("b", "B", "58000"),),
        ),
        (
            "A/CTALI→B P 2000; A/TPL→B P 10000; A/PERSONAL→B P 10000; "
            "A/CTALI→b M 18000; A/TPL→b M 20000; A/PERSONAL→b M 20000"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_who_pays_for_the_injured(name):
    case, text = CASES[name]
    plan = compute(case)
    assert said(plan) == expected(text)
    assert all(line.citations for line in plan.lines)


def test_what_a_drunk_driver_s_insurer_may_claim_back():
    plan = compute(CASES["drunk: the victim is paid, third-party cover is not"][0])
    assert recoverable(plan.lines) == {"A": yuan("19000")}
    assert recoverable(compute(CASES["EX8"][0]).lines) == {}


def test_nobody_hurt_may_be_settled_by_each_for_its_own():
    case = LossCase(
        DAY,
        (car("A", EQUAL, "500"), car("B", EQUAL, "600")),
        knock_for_knock=frozenset("AB"),
        injuries=(hurt("a", "A", "100"),),
    )
    plan = compute(case)
    assert plan.knock_for_knock is KnockForKnock.REFUSED
    assert plan.refusals == ("kfk_injured",)


@pytest.mark.parametrize(
    "wrong",
    [
        hurt("W", "nobody", "1"),
        hurt("W", "A", "1", mental=5),
        Injury("a", "A", medical=-1),
        hurt("A", "A", "1"),
    ],
)
def test_an_injury_that_cannot_be_is_refused(wrong):
    case = LossCase(DAY, (car("A", FULL),), nonmotors=(walker(),), injuries=(wrong,))
    with pytest.raises(Incalculable) as refused:
        compute(case)
    assert refused.value.code == "injury_wrong"
