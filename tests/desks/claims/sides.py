"""Sides of an accident to calculate with, and what a plan gives them."""

from datetime import date

from kuaichu.desks.claims.payout.case import Grade, Mod, Tpl, Vehicle
from kuaichu.desks.claims.payout.plan import PayerKind
from kuaichu.kernel.money import yuan

FULL, PRIMARY, EQUAL, SECONDARY, NONE = Grade
DAY = date(2024, 5, 15)
GRADES = [
    (FULL,),
    (FULL, NONE),
    (FULL, NONE, NONE),
    (PRIMARY, SECONDARY),
    (PRIMARY, SECONDARY, NONE),
    (PRIMARY, SECONDARY, SECONDARY, NONE),
    (EQUAL, EQUAL),
    (EQUAL, EQUAL, EQUAL),
    (EQUAL, EQUAL, NONE, NONE, NONE),
    (EQUAL, EQUAL, EQUAL, EQUAL, NONE),
    (NONE, NONE),
]


def car(label, loss, grade, **more):
    more.setdefault("ctali", label)
    return Vehicle(label, loss * 100, grade, **more)


def insured_car(label, loss, grade, tpl="1000000", *, ctali=True, mod=True, **more):
    """A car with everything at an insurer of its label; `loss`, `tpl` in yuan; `mod` may be another one."""
    return Vehicle(
        label,
        yuan(loss),
        grade,
        ctali=label if ctali else None,
        tpl=Tpl(label, yuan(tpl)) if tpl else None,
        mod=Mod(label) if mod is True else mod or None,
        **more,
    )


def got(plan, cover=None, to=None):
    return sum(
        line.fen for line in plan.lines if (not cover or line.cover is cover) and (not to or line.to == to)
    )


def insured(plan, label):
    return sum(line.fen for line in plan.lines if line.to == label and line.payer is PayerKind.INSURER)
