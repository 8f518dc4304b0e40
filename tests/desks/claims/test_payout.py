"""Rules of the calculator beyond the worked cases, and its properties."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kuaichu.desks.claims.payout.case import (
    Exclusion,
    Incalculable,
    LossCase,
    Mod,
    NonMotor,
    Outside,
    Tpl,
    grades_possible,
)
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.ctali import Bucket, NoCoverYet, limits_on
from kuaichu.desks.claims.payout.plan import Cover, KnockForKnock, Unbalanced, explain
from kuaichu.desks.claims.payout.rules import RULE_TEXT
from tests.desks.claims.sides import DAY, EQUAL, FULL, GRADES, NONE, PRIMARY, SECONDARY, car, got

# --- limits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "liable", "not_liable"),
    [
        (date(2006, 7, 1), (5_000_000, 800_000, 200_000), (1_000_000, 160_000, 40_000)),
        (date(2008, 1, 31), (5_000_000, 800_000, 200_000), (1_000_000, 160_000, 40_000)),
        (date(2008, 2, 1), (11_000_000, 1_000_000, 200_000), (1_100_000, 100_000, 10_000)),
        (date(2020, 9, 18), (11_000_000, 1_000_000, 200_000), (1_100_000, 100_000, 10_000)),
        (date(2020, 9, 19), (18_000_000, 1_800_000, 200_000), (1_800_000, 180_000, 10_000)),
        (date(2026, 1, 1), (18_000_000, 1_800_000, 200_000), (1_800_000, 180_000, 10_000)),
    ],
)
def test_limits_by_accident_date(day, liable, not_liable):
    order = (Bucket.DEATH_DISABILITY, Bucket.MEDICAL, Bucket.PROPERTY)
    limits = limits_on(day)
    assert tuple(limits.of(bucket, liable=True) for bucket in order) == liable
    assert tuple(limits.of(bucket, liable=False) for bucket in order) == not_liable


def test_before_the_cover_existed():
    with pytest.raises(NoCoverYet):
        limits_on(date(2006, 6, 30))
    with pytest.raises(Incalculable) as refusal:
        compute(LossCase(date(2006, 6, 30), (car("A", 1, FULL),)))
    assert refusal.value.code == "no_cover_yet"


def test_the_no_fault_payment_of_2007_was_400():
    plan = compute(LossCase(date(2007, 5, 1), (car("A", 900, FULL), car("B", 900, NONE))))
    assert got(plan, Cover.NF_SUBSTITUTE) == 40_000


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (LossCase(DAY, (car("A", 1, FULL), car("A", 1, NONE))), "label_twice"),
        (LossCase(DAY, (car("A", 1, FULL),), outside=(Outside("A", 1),)), "label_twice"),
        (LossCase(DAY, (car("A", -1, FULL),)), "negative"),
        (LossCase(DAY, (car("A", 1, FULL, mod=Mod("A", Fraction(2))),)), "negative"),
        (LossCase(DAY, (car("A", 1, FULL, tpl=Tpl("A", -5)),)), "negative"),
        (LossCase(DAY, (car("A", 1, FULL), car("B", 1, FULL))), "grades_impossible"),
        (LossCase(DAY, (car("A", 1, PRIMARY), car("B", 1, NONE))), "grades_impossible"),
        (LossCase(DAY, (car("A", 1, EQUAL), car("B", 1, NONE))), "grades_impossible"),
        (
            LossCase(DAY, (car("A", 1, EQUAL), car("B", 1, EQUAL), car("C", 1, SECONDARY))),
            "shares_needed",
        ),
        (
            LossCase(DAY, (car("A", 1, PRIMARY, share=Fraction(3, 5)), car("B", 1, SECONDARY))),
            "shares_needed",
        ),
        (
            LossCase(
                DAY,
                (
                    car("A", 1, PRIMARY, share=Fraction(3, 5)),
                    car("B", 1, SECONDARY, share=Fraction(3, 10)),
                ),
            ),
            "shares_wrong",
        ),
        (
            LossCase(
                DAY,
                (car("A", 1, FULL, share=Fraction(4, 5)), car("B", 1, NONE, share=Fraction(1, 5))),
            ),
            "shares_wrong",
        ),
        (
            LossCase(DAY, (car("A", 1, SECONDARY),), nonmotors=(NonMotor("N", 1, PRIMARY),)),
            "motor_share_needed",
        ),
        (LossCase(DAY, (car("A", 1, NONE),), nonmotors=(NonMotor("N", 90_000, FULL),)), "motor_share_needed"),
        (
            LossCase(DAY, (car("A", 1, NONE),), nonmotors=(NonMotor("N", 90_000, FULL, Fraction(1, 5)),)),
            "motor_share_wrong",
        ),
    ],
)
def test_what_cannot_be_calculated_says_why(case, code):
    with pytest.raises(Incalculable) as refusal:
        compute(case)
    assert refusal.value.code == code
    assert str(refusal.value.message)


def test_grades_that_may_stand_together():
    assert all(grades_possible(list(grades)) for grades in GRADES)
    assert grades_possible([EQUAL, EQUAL, SECONDARY])
    assert not grades_possible([PRIMARY, PRIMARY, SECONDARY])
    assert not grades_possible([SECONDARY])
    assert not grades_possible([FULL, SECONDARY])


def test_entered_shares_replace_the_customary_ones():
    cars = (
        car("A", 5000, PRIMARY, share=Fraction(4, 5), tpl=Tpl("A", 10**8)),
        car("B", 7000, SECONDARY, share=Fraction(1, 5)),
    )
    assert got(compute(LossCase(DAY, cars)), Cover.TPL, "B") == 400_000


# --- knock-for-knock ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"knock_for_knock": frozenset("A")}, "kfk_not_all_agree"),
        ({"vehicles": (car("A", 1800, FULL), car("B", 1500, NONE))}, "kfk_no_fault"),
        ({"vehicles": (car("A", 1800, EQUAL), car("B", 1500, EQUAL, ctali=None))}, "kfk_not_insured"),
        ({"vehicles": (car("A", 1800, EQUAL), car("B", 2001, EQUAL))}, "kfk_over_limit"),
        ({"outside": (Outside("rail", 100),)}, "kfk_other_property"),
        (
            {
                "vehicles": (
                    car("A", 1800, EQUAL, exclusions=frozenset({Exclusion.DRUNK})),
                    car("B", 1500, EQUAL),
                )
            },
            "kfk_excluded",
        ),
        ({"vehicles": (car("A", 1800, FULL),), "knock_for_knock": frozenset("A")}, "kfk_one_vehicle"),
    ],
)
def test_knock_for_knock_is_refused_with_the_reason_and_the_usual_rules_apply(change, reason):
    lawful = LossCase(DAY, (car("A", 1800, EQUAL), car("B", 2000, EQUAL)), knock_for_knock=frozenset("AB"))
    assert compute(lawful).knock_for_knock is KnockForKnock.APPLIED
    case = replace(lawful, **change)
    plan = compute(case)
    assert plan.knock_for_knock is KnockForKnock.REFUSED
    assert plan.refusals == (reason,)
    assert reason in RULE_TEXT
    assert plan.lines == compute(replace(case, knock_for_knock=frozenset())).lines


# --- the plan guards itself -----------------------------------------------------------------------------


def test_a_plan_that_was_tampered_with_does_not_pass():
    plan = compute(LossCase(DAY, (car("A", 3500, FULL, mod=Mod("A")), car("B", 2600, NONE))))
    first, *others = plan.lines
    for lines in (
        (replace(first, fen=first.fen + 1), *others),
        tuple(others),
        (*plan.lines, first),
        (replace(first, fen=-first.fen), *others),
        (replace(first, insurer=None), *others),
    ):
        with pytest.raises(Unbalanced):
            replace(plan, lines=lines).check()
    with pytest.raises(Unbalanced):
        replace(plan, caps=(((Cover.CTALI, "A", "property"), 199_999),)).check()


def test_every_sentence_can_be_said():
    said = explain(compute(LossCase(DAY, (car("A", 0, FULL), car("B", 10, NONE)))).lines[0])
    assert said.startswith("The compulsory insurance of A")
    assert "￥2,000.00" in said
