"""What is noticed, as pure functions: windows, sides, points, and that strangers are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.risk.rules import RiskRules
from kuaichu.desks.risk.signals import Found, Mark, Observed, Seen, judge, points

RULES = RiskRules()
NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
A, B = Mark("phone", "a", "A"), Mark("phone", "b", "B")


def seen(mark: Mark, case: str, days: int, insurer: str = "X") -> Seen:
    return Seen(mark, case, NOON - timedelta(days=days), (insurer,))


def codes(found: list[Found]) -> list[str]:
    return sorted(one.key for one in found)


def own(*marks: Mark, **known: object) -> Observed:
    return Observed(NOON, marks or (A, B), **known)  # type: ignore[arg-type]


def test_nothing_is_noticed_of_strangers() -> None:
    assert judge(own(), [], RULES) == []


def test_windows_of_repeats() -> None:
    assert codes(judge(own(), [seen(A, "1", 89)], RULES)) == ["AGAIN:A"]
    assert judge(own(), [seen(A, "1", 91)], RULES) == []
    assert codes(judge(own(), [seen(A, "1", 91), seen(A, "2", 364)], RULES)) == ["OFTEN:A"]
    assert judge(own(), [seen(A, "1", 366), seen(A, "2", 370)], RULES) == []
    often = [seen(A, str(n), 60 * n) for n in range(1, 6)]
    assert codes(judge(own(), often, RULES)) == ["VERY_OFTEN:A"]


def test_what_comes_again_together_counts_once() -> None:
    plate = Mark("plate", "p", "A")
    alone = judge(own(A, B), [seen(A, "1", 10)], RULES)
    both = judge(own(A, plate, B), [seen(A, "1", 10), seen(plate, "1", 10)], RULES)
    assert points(alone) == points(both) == RULES.again


def test_the_figures_tell_insurers_and_accidents() -> None:
    found = judge(own(), [seen(A, "1", 10, "X"), seen(A, "2", 20, "Y")], RULES)
    assert found[0].inputs == {"times": 3, "cases": ["2", "1"], "since": "2026-05-26", "insurers": 2}


def test_a_pair_must_have_been_two_sides() -> None:
    together = [seen(A, "1", 200), seen(B, "1", 200)]
    assert codes(judge(own(), together, RULES)) == ["PAIR:"]
    one_side = [seen(A, "1", 200), Seen(Mark("phone", "b", "A"), "1", NOON - timedelta(days=200))]
    assert judge(own(), one_side, RULES) == []
    apart = [seen(A, "1", 200), seen(B, "2", 200)]
    assert judge(own(), apart, RULES) == []


def test_accounts() -> None:
    shared = Mark("account", "x", "A")
    assert codes(judge(own(A, B, shared), [Seen(shared, "1", NOON - timedelta(days=5))], RULES)) == [
        "ACCOUNT_SHARED:A"
    ]
    same_person = [seen(shared, "1", 200), seen(A, "1", 200)]
    assert judge(own(A, B, shared), same_person, RULES) == []
    both = own(A, B, shared, Mark("account", "x", "B"))
    assert codes(judge(both, [], RULES)) == ["ACCOUNT_BOTH_SIDES:"]


def test_helpers_and_shops_count_only_beside_the_same_side() -> None:
    helper = Mark("helper", "h")
    others = [seen(helper, str(n), 30 * n) for n in range(1, 9)]
    assert judge(own(A, B, helper), others, RULES) == []
    mine = [seen(A, "1", 100), seen(A, "2", 200)]
    found = judge(own(A, B, helper), [*others, *mine], RULES)
    assert "HELPER_AGAIN:" in codes(found)


def test_what_the_file_itself_shows() -> None:
    night = Observed(NOON + timedelta(hours=12), (A, B))
    assert codes(judge(night, [], RULES)) == ["NIGHT:"]
    told = own(
        photos_same=1, far_m=3000, far_hours=6, policy_days={"A": 7, "B": 8}, elsewhere=("B",), photos_alike=2
    )
    assert codes(judge(told, [], RULES)) == [
        "LOSS_ELSEWHERE:B", "PHOTO_FAR:", "PHOTO_OTHER_TIME:", "PHOTO_SAME:", "POLICY_NEW:A",
    ]  # fmt: skip
    assert judge(own(far_m=2999, far_hours=5), [], RULES) == []


KINDS = st.sampled_from(["phone", "plate", "account", "helper", "shop"])
MARKS = st.builds(Mark, KINDS, st.sampled_from("abc"), st.sampled_from("AB"))
PAST = st.lists(
    st.builds(seen, MARKS, st.sampled_from("123456"), st.just(10)),
    max_size=20,
)


@given(st.lists(MARKS, max_size=6), PAST, st.lists(MARKS, max_size=3))
def test_more_that_was_seen_never_weighs_less(marks: list[Mark], past: list[Seen], more: list[Mark]) -> None:
    """But for accounts: one seen with its own party is nobody else's."""
    marks, past = _no_accounts(marks), [one for one in past if one.mark.kind != "account"]
    added = [seen(mark, "7", 10) for mark in _no_accounts(more)]
    before = points(judge(own(*marks), past, RULES))
    assert points(judge(own(*marks), [*past, *added], RULES)) >= before


def _no_accounts(marks: list[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind != "account"]
