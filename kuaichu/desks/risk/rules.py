"""What a city may set about signs of fraud: section `[risk]`. Our own figures, tried by `check-risk`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class RiskRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points of each sign, windows in days, and from how many points somebody looks.

    `answer_days` are working days until the inquiry ends; if nobody has decided by then, the money goes on.
    `small_payouts`: how many the machine may approve for one person, plate, phone or account within
    `long_days`; what comes after is approved by a person. `keep_days` is how long traces are kept.
    """

    threshold: int = 100
    short_days: int = 90
    long_days: int = 365
    keep_days: int = 1095
    answer_days: int = 5
    small_payouts: int = 3
    often: int = 3
    very_often: int = 6
    far_m: int = 3000
    far_hours: int = 6
    new_policy_days: int = 7
    night_from: int = 23
    night_until: int = 5
    again: int = 15
    again_often: int = 40
    again_very_often: int = 100
    pair_again: int = 60
    pair_often: int = 100
    account_shared: int = 50
    account_both_sides: int = 60
    phone_both_sides: int = 60
    photo_same: int = 100
    photo_alike: int = 60
    photo_far: int = 40
    photo_other_time: int = 40
    policy_new: int = 20
    night: int = 10
    place_again: int = 40
    helper_again: int = 60
    shop_again: int = 30
    loss_elsewhere: int = 30

    def __post_init__(self) -> None:
        if not 1 <= self.answer_days <= 30:
            raise ValueError("answer_days: 1 to 30")
        if not 1 <= self.short_days <= self.long_days <= self.keep_days <= 3650:
            raise ValueError("short_days, long_days, keep_days: rising, at most 3650")
        if self.threshold < 1 or self.small_payouts < 0 or not 2 <= self.often <= self.very_often:
            raise ValueError("threshold, small_payouts, often, very_often: positive and rising")
        if not (0 <= self.night_from <= 23 and 0 <= self.night_until <= 23):
            raise ValueError("night_from, night_until: hours 0 to 23")


def rules(city: str) -> RiskRules:
    """The city's rules of risk."""
    return cities.city(city).section("risk", RiskRules)


cities.declare("risk", RiskRules)
