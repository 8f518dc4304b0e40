"""Properties of the calculator, for any accident."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.desks.claims.payout.case import (
    Exclusion,
    Injury,
    LossCase,
    Mod,
    NonMotor,
    Outside,
    Seats,
    Tpl,
    Vehicle,
)
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.ctali import Bucket, limits_on
from kuaichu.desks.claims.payout.plan import Cover, PayerKind, explain
from tests.desks.claims.sides import DAY, GRADES, NONE, insured

losses = st.one_of(st.integers(0, 5_00), st.integers(0, 3_000_00), st.integers(0, 200_000_00))
tpls = st.none() | st.builds(
    Tpl,
    st.just("T"),
    st.integers(0, 60_000_00),
    st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(1, 5)]),
)
mods = st.none() | st.builds(
    Mod, st.just("M"), st.sampled_from([Fraction(0), Fraction(1, 10)]), st.integers(0, 900_00)
)
seats = st.none() | st.builds(Seats, st.just("S"), st.integers(0, 90_000_00), st.integers(0, 90_000_00))
exclusions = st.sampled_from([frozenset()] * 5 + [frozenset({one}) for one in Exclusion])


@st.composite
def cases(draw, *, excluded=True, hurt=False):
    grades = draw(st.sampled_from(GRADES))
    vehicles = tuple(
        Vehicle(
            "ABCDE"[i],
            draw(losses),
            grade,
            ctali=draw(st.sampled_from([None, "P", "Q", "R"])),
            tpl=draw(tpls),
            mod=draw(mods),
            exclusions=draw(exclusions) if excluded else frozenset(),
            seats=draw(seats) if hurt else None,
        )
        for i, grade in enumerate(grades)
    )
    outside = tuple(Outside(f"o{i}", draw(losses)) for i in range(draw(st.integers(0, 3))))
    day = draw(st.sampled_from([date(2007, 1, 1), date(2015, 1, 1), DAY]))
    riders = draw(st.integers(0, 1)) and grades != (NONE, NONE)
    nonmotors = (NonMotor("n", draw(losses), NONE),) if riders else ()
    chosen = draw(st.sampled_from([frozenset(), frozenset("ABCDE"[: len(grades)])]))
    injuries = draw(victims(vehicles, nonmotors)) if hurt else ()
    return LossCase(day, vehicles, outside, nonmotors, chosen, injuries)


@st.composite
def victims(draw, vehicles, nonmotors):
    found = []
    for one in (*vehicles, *nonmotors):
        walker = isinstance(one, NonMotor)
        for i in range(draw(st.integers(0, 1 if walker else 2))):
            disability = draw(st.integers(0, 300_000_00))
            mental = draw(st.integers(0, disability))
            person = one.label if walker else f"{one.label}{i}"
            found.append(
                Injury(
                    person,
                    one.label,
                    draw(losses),
                    disability,
                    mental,
                    driver=not i,
                    mental_first=draw(st.booleans()),
                )
            )
    return tuple(found)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_every_loss_is_matched_exactly_and_nobody_gets_more(case):
    plan = compute(case)
    matched = Counter()
    for line in plan.lines:
        matched[line.to] += line.fen
        assert line.fen > 0
        same = sum(other.to == line.to for other in plan.lines)
        assert (
            abs(line.fen - line.exact) <= same / 2 + 2
        )  # the remainder of all lines plus a fen or two for limits
        assert (line.payer is PayerKind.INSURER) == (line.insurer is not None)
        assert "{" not in explain(line)
    assert {label: matched[label] for label in case.losses} == case.losses
    assert all(plan.received(label) <= loss for label, loss in case.losses.items())


@settings(max_examples=200, deadline=None)
@given(cases())
def test_no_limit_is_passed(case):
    plan = compute(case)
    limits = limits_on(case.accident_on)
    for one in case.vehicles:
        liable = one.grade is not NONE
        ctali = sum(
            line.fen for line in plan.lines if line.cover is Cover.CTALI and line.from_party == one.label
        )
        tpl = sum(line.fen for line in plan.lines if line.cover is Cover.TPL and line.from_party == one.label)
        assert ctali <= limits.of(Bucket.PROPERTY, liable=liable)
        assert tpl <= (one.tpl.limit if one.tpl else 0)


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_parties_does_not_matter(case, random):
    shuffled = replace(
        case,
        vehicles=tuple(random.sample(case.vehicles, len(case.vehicles))),
        outside=tuple(random.sample(case.outside, len(case.outside))),
    )
    assert compute(shuffled) == compute(case)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_new_names_change_nothing_before_rounding(case):
    """Renaming the parties backwards gives the same exact amounts: no payer is preferred by its place."""
    names = {one.label: "VWXYZ"[4 - i] for i, one in enumerate(case.vehicles)}
    renamed = replace(
        case,
        vehicles=tuple(replace(one, label=names[one.label]) for one in case.vehicles),
        knock_for_knock=frozenset(names[label] for label in case.knock_for_knock),
    )

    def exact(plan, labels):
        return Counter(
            (
                line.cover,
                labels.get(line.from_party, line.from_party),
                labels.get(line.to, line.to),
                line.exact,
            )
            for line in plan.lines
            if line.exact >= 4
        )

    assert exact(compute(case), names) == exact(compute(renamed), {})


@settings(max_examples=200, deadline=None)
@given(cases(excluded=False), st.data())
def test_more_commercial_cover_never_pays_a_victim_less(case, data):
    case = replace(case, knock_for_knock=frozenset())
    i = data.draw(st.integers(0, len(case.vehicles) - 1))
    one = case.vehicles[i]
    better = data.draw(
        st.sampled_from(
            [
                replace(one, tpl=Tpl("T", (one.tpl.limit if one.tpl else 0) + 1_000_00)),
                replace(one, mod=Mod("M")),
            ]
        )
    )
    before = compute(case)
    after = compute(replace(case, vehicles=(*case.vehicles[:i], better, *case.vehicles[i + 1 :])))
    for label in case.losses:
        assert insured(after, label) >= insured(before, label) - 3  # a fen or so of rounding
        assert after.received(label) >= before.received(label) - 3


@settings(max_examples=200, deadline=None)
@given(cases(excluded=False), st.data())
def test_more_compulsory_cover_never_pays_less(case, data):
    """Between two cars each victim gains. With more, the equal split moves limits between victims,
    so there the sum over all victims is what cannot fall."""
    case = replace(case, knock_for_knock=frozenset())
    i = data.draw(st.integers(0, len(case.vehicles) - 1))
    better = replace(case.vehicles[i], ctali="P")
    before = compute(case)
    after = compute(replace(case, vehicles=(*case.vehicles[:i], better, *case.vehicles[i + 1 :])))
    together = [sum(plan.by_insurer().values()) for plan in (before, after)]
    assert together[1] >= together[0] - 3
    if len(case.vehicles) == 2 and not case.outside and not case.nonmotors:
        for label in case.losses:
            assert insured(after, label) >= insured(before, label) - 3


@settings(max_examples=300, deadline=None)
@given(cases(hurt=True))
def test_every_injury_is_matched_and_no_purse_gives_more_than_it_holds(case):
    plan = compute(case)  # checks itself: every harm to the fen, no purse over its limit
    limits = limits_on(case.accident_on)
    by_purse = Counter()
    for line in plan.lines:
        by_purse[line.purse] += line.fen
        assert line.citations
        assert "{" not in explain(line)
        if line.cover is Cover.SEATS:
            assert line.to.startswith(line.from_party)
        if line.cover is Cover.CTALI and line.bucket is not Bucket.PROPERTY:
            assert not line.to.startswith(line.from_party), "no third party to the own vehicle"
        if line.cover is Cover.TPL:
            assert not line.mental
    for one in case.vehicles:
        for bucket in Bucket:
            liable = one.grade is not NONE
            assert by_purse[Cover.CTALI, one.label, str(bucket)] <= limits.of(bucket, liable=liable)
    got = Counter()
    for line in plan.lines:
        got[line.to, line.bucket] += line.fen
    for one in case.injuries:
        assert got[one.person, Bucket.MEDICAL] == one.medical
        assert got[one.person, Bucket.DEATH_DISABILITY] == one.death_disability


@settings(max_examples=150, deadline=None)
@given(cases(hurt=True), st.randoms(use_true_random=False))
def test_the_order_of_parties_and_injured_does_not_matter(case, random):
    shuffled = replace(
        case,
        vehicles=tuple(random.sample(case.vehicles, len(case.vehicles))),
        injuries=tuple(random.sample(case.injuries, len(case.injuries))),
    )
    assert compute(shuffled) == compute(case)


@settings(max_examples=150, deadline=None)
@given(cases(hurt=True, excluded=False))
def test_an_injury_takes_nothing_from_property_under_the_compulsory_cover(case):
    """The purses never help each other out."""
    case = replace(case, knock_for_knock=frozenset())

    def property_lines(plan):
        return {
            (line.from_party, line.to, line.exact)
            for line in plan.lines
            if line.cover in (Cover.CTALI, Cover.NF_SUBSTITUTE) and line.bucket is Bucket.PROPERTY
        }

    assert property_lines(compute(case)) == property_lines(compute(replace(case, injuries=())))
