"""What comes out of a payout calculation: lines that say who pays whom, why, and a plan that adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kuaichu.desks.claims.payout.ctali import Bucket, Limits
from kuaichu.desks.claims.payout.rules import RULE_TEXT
from kuaichu.kernel.money import format_yuan

Inputs = tuple[tuple[str, str | int], ...]
Purse = tuple["Cover", str, str]


class PayerKind(StrEnum):
    """An insurer, a person liable, or the one who suffered the loss."""

    INSURER = "insurer"
    PERSONAL = "personal"
    OWN = "own"


class Cover(StrEnum):
    """Which purse a line comes from. NF_SUBSTITUTE is 无责代赔, SEATS the cover for people in the own car,
    OWN_BORNE stays with the victim.
    """

    CTALI = "CTALI"
    NF_SUBSTITUTE = "NF_SUBSTITUTE"
    TPL = "TPL"
    PERSONAL = "PERSONAL"
    MOD = "MOD"
    SEATS = "SEATS"
    OWN_BORNE = "OWN_BORNE"

    @property
    def payer(self) -> PayerKind:
        """Who pays out of this purse."""
        personal = {Cover.PERSONAL: PayerKind.PERSONAL, Cover.OWN_BORNE: PayerKind.OWN}
        return personal.get(self, PayerKind.INSURER)


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One amount. `from_party`: label whose cover or duty it is; `to`: label of the loss it makes good.

    `exact` is the amount before rounding in fen; `rule` a key of `RULE_TEXT`, `inputs` its placeholders (a
    name ending in `_fen` is an amount); `citations` name articles (`CTALI-Reg21`, `法76`, `CC1213`,
    `SPC-TA16`, `INS60`) or, for the insurers' industry rule, its source key (`S:W24`).
    """

    cover: Cover
    insurer: str | None
    from_party: str
    to: str
    exact: Fraction
    rule: str
    citations: tuple[str, ...]
    inputs: Inputs = ()
    bucket: Bucket = Bucket.PROPERTY
    mental: bool = False
    fen: int = 0

    @property
    def payer(self) -> PayerKind:
        """Who pays this line."""
        return self.cover.payer

    @property
    def harm(self) -> tuple[str, Bucket, bool]:
        """Which loss the line makes good: whose, of which kind, mental harm by itself."""
        return self.to, self.bucket, self.mental

    @property
    def purse(self) -> Purse:
        """The limited purse the line comes from: compulsory cover has one for each kind of harm, cover for
        people in the car one for each person.
        """
        apart = {Cover.CTALI: str(self.bucket), Cover.SEATS: self.to}
        return self.cover, self.from_party, apart.get(self.cover, "")


class KnockForKnock(StrEnum):
    """What became of 互碰自赔 (every insurer pays its own insured)."""

    NOT_CHOSEN = "not_chosen"
    APPLIED = "applied"
    REFUSED = "refused"


class Unbalanced(ValueError):
    """A plan does not add up; it must never be shown or paid."""


@dataclass(frozen=True, slots=True)
class PayoutPlan:
    """All lines of one accident, ordered by recipient and cover.

    `losses`: property in fen by label; `injuries`: fen by person and purse; `caps`: the most each limited
    purse may pay in fen; `shares`: fault shares used; `refusals`: keys of `RULE_TEXT` saying why
    knock-for-knock could not be used.
    """

    limits: Limits
    losses: tuple[tuple[str, int], ...]
    shares: tuple[tuple[str, Fraction], ...]
    lines: tuple[PayoutLine, ...]
    caps: tuple[tuple[Purse, int], ...]
    knock_for_knock: KnockForKnock = KnockForKnock.NOT_CHOSEN
    refusals: tuple[str, ...] = ()
    injuries: tuple[tuple[tuple[str, Bucket], int], ...] = ()

    def check(self) -> None:
        """Raise `Unbalanced` unless every loss is matched to the fen and no limit is passed."""
        matched, used = Counter[tuple[str, Bucket]](), Counter[Purse]()
        for line in self.lines:
            if line.fen <= 0 or (line.payer is PayerKind.INSURER) != (line.insurer is not None):
                raise Unbalanced(f"line {line.cover} {line.from_party}→{line.to}")
            matched[line.to, line.bucket] += line.fen
            used[line.purse] += line.fen
        due = {(label, Bucket.PROPERTY): fen for label, fen in self.losses} | dict(self.injuries)
        if matched != Counter({harm: fen for harm, fen in due.items() if fen}):
            raise Unbalanced("a loss is not matched by its lines")
        if any(used[key] > cap for key, cap in self.caps):
            raise Unbalanced("a limit is passed")

    def received(self, label: str) -> int:
        """Fen this victim gets from anybody else or from own insurance."""
        return sum(line.fen for line in self.lines if line.to == label and line.payer is not PayerKind.OWN)

    def by_insurer(self) -> dict[str, int]:
        """Fen each insurer pays in all, by its code."""
        totals = Counter[str]()
        for line in self.lines:
            if line.insurer is not None:
                totals[line.insurer] += line.fen
        return dict(sorted(totals.items()))


def explain(line: PayoutLine, translate: Callable[[str], str] = str) -> str:
    """The sentence behind a line; `translate` is the page's gettext, applied before the figures go in."""
    return translate(RULE_TEXT[line.rule]).format(
        payer=line.from_party,
        victim=line.to,
        **{
            name: format_yuan(value) if isinstance(value, int) and name.endswith("_fen") else value
            for name, value in line.inputs
        },
    )
