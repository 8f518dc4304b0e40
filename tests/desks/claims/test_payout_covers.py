"""Who pays, in which order, and who not: exclusions, deductibles, limits, riders."""

from fractions import Fraction

import pytest

from kuaichu.desks.claims.payout.case import (
    Exclusion,
    LossCase,
    Mod,
    NonMotor,
    Outside,
    Tpl,
)
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.plan import Cover
from tests.desks.claims.sides import DAY, EQUAL, FULL, NONE, PRIMARY, SECONDARY, car, got

# --- exclusions (§4.3) ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exclusion", "ctali", "mod"),
    [
        (Exclusion.UNLICENSED, 0, 0),
        (Exclusion.DRUNK, 0, 0),
        (Exclusion.DRUGS, 0, 0),
        (Exclusion.INTENTIONAL, 0, 0),
        (Exclusion.STOLEN, 0, 490_000),
        (Exclusion.HIT_AND_RUN, 200_000, 0),
    ],
)
def test_excluded_driving_leaves_property_to_the_person(exclusion, ctali, mod):
    driver = car("A", 5000, FULL, tpl=Tpl("A", 10**8), mod=Mod("A"), exclusions=frozenset({exclusion}))
    plan = compute(LossCase(DAY, (driver, car("B", 6000, NONE))))
    assert got(plan, Cover.CTALI, "B") == ctali
    assert got(plan, Cover.TPL) == 0
    assert got(plan, Cover.PERSONAL, "B") == 600_000 - ctali
    assert got(plan, Cover.MOD, "A") == mod


def test_own_intent_gets_nothing_from_the_other_covers():
    driver = car("A", 5000, FULL, exclusions=frozenset({Exclusion.INTENTIONAL}))
    plan = compute(LossCase(DAY, (driver, car("B", 6000, NONE))))
    assert got(plan, Cover.OWN_BORNE, "A") == 500_000


def test_a_thief_pays_and_the_line_says_so():
    driver = car("A", 0, FULL, exclusions=frozenset({Exclusion.STOLEN}))
    (line,) = compute(LossCase(DAY, (driver, car("B", 6000, NONE)))).lines
    assert line.rule == "personal_thief"
    assert "CC1215" in line.citations


# --- uninsured, deductibles, several victims ------------------------------------------------------------


def test_insured_covers_go_first_then_who_failed_to_insure():
    cars = (car("A", 0, EQUAL, ctali=None), car("B", 0, EQUAL), car("C", 9000, NONE))
    plan = compute(LossCase(DAY, cars))
    layer = [line for line in plan.lines if line.rule == "ctali_layer_personal"]
    assert got(plan, Cover.CTALI, "C") == 200_000
    assert [(line.from_party, line.fen) for line in layer] == [("A", 200_000)]
    assert got(plan, to="C") == 900_000
    small = compute(LossCase(DAY, (*cars[:2], car("C", 1500, NONE))))
    assert [line.cover for line in small.lines] == [Cover.CTALI]


def test_deductibles():
    cars = (
        car("A", 1100, FULL, tpl=Tpl("A", 500_000, Fraction(1, 10)), mod=Mod("A", Fraction(1, 5), 5_000)),
        car("B", 12_000, NONE),
    )
    plan = compute(LossCase(DAY, cars))
    assert got(plan, Cover.TPL) == 450_000  # limit 5,000 less 10 %
    assert got(plan, Cover.PERSONAL) == 550_000
    assert got(plan, Cover.MOD) == 75_000  # (1,100 - 100 no-fault) × 80 % - 50
    assert got(plan, Cover.OWN_BORNE) == 25_000


def test_a_third_party_limit_is_divided_by_what_each_victim_is_owed():
    cars = (car("A", 0, FULL, tpl=Tpl("A", 300_000)), car("B", 6000, NONE), car("C", 3000, NONE))
    plan = compute(LossCase(DAY, cars))
    assert (got(plan, Cover.TPL, "B"), got(plan, Cover.TPL, "C")) == (200_000, 100_000)


def test_rounding_never_passes_the_compulsory_limit():
    rails = tuple(Outside(name, 100_000) for name in "xyz")  # 2,000 over three: 666.67 each would be 2,000.01
    plan = compute(LossCase(DAY, (car("A", 0, FULL, tpl=Tpl("A", 10**8)),), outside=rails))
    assert got(plan, Cover.CTALI) == 200_000
    assert sorted(line.fen for line in plan.lines if line.cover is Cover.CTALI) == [66_666, 66_667, 66_667]


# --- non-motor parties ----------------------------------------------------------------------------------


def test_a_rider_without_fault_is_paid_in_full():
    plan = compute(
        LossCase(DAY, (car("A", 1000, FULL, tpl=Tpl("A", 10**8)),), nonmotors=(NonMotor("N", 300_000, NONE),))
    )
    assert (got(plan, Cover.CTALI, "N"), got(plan, Cover.TPL, "N")) == (200_000, 100_000)


def test_a_motor_side_without_fault_bears_its_ten_percent_above_the_no_fault_limit():
    plan = compute(
        LossCase(
            DAY,
            (car("A", 1000, NONE, tpl=Tpl("A", 10**8)),),
            nonmotors=(NonMotor("N", 110_000, FULL, motor_share=Fraction(1, 10)),),
        )
    )
    assert got(plan, Cover.CTALI, "N") == 10_000
    assert got(plan, Cover.TPL, "N") == 10_000
    assert got(plan, Cover.OWN_BORNE, "N") == 90_000
    assert got(plan, Cover.PERSONAL, "A") == 100_000


def test_who_hits_a_vehicle_on_purpose_gets_nothing():
    rider = NonMotor("N", 110_000, FULL, motor_share=Fraction(1, 10), intentional=True)
    plan = compute(LossCase(DAY, (car("A", 1000, NONE),), nonmotors=(rider,)))
    assert got(plan, Cover.OWN_BORNE, "N") == 110_000
    assert got(plan, Cover.PERSONAL, "A") == 100_000


def test_two_cyclists_pay_by_fault_without_any_insurance():
    riders = (NonMotor("M", 100_000, PRIMARY), NonMotor("N", 50_000, SECONDARY))
    plan = compute(LossCase(DAY, (), nonmotors=riders))
    assert got(plan, Cover.PERSONAL, "N") == 35_000
    assert got(plan, Cover.PERSONAL, "M") == 30_000


def test_nobody_at_fault():
    cars = (car("A", 1000, NONE, mod=Mod("A")), car("B", 1000, NONE))
    plan = compute(LossCase(DAY, cars, outside=(Outside("rail", 50_000),)))
    assert got(plan, Cover.MOD, "A") > 0
    assert {line.rule for line in plan.lines if line.cover is Cover.OWN_BORNE} == {
        "own_nobody_liable",
    }
    assert got(plan, Cover.CTALI) == 20_000
