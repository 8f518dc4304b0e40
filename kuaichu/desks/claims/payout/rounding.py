"""From exact lines to whole fen: half-up per line, every victim's lines add up to the loss, no limit is
passed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from kuaichu.desks.claims.payout.ctali import Bucket
from kuaichu.desks.claims.payout.plan import Cover, PayoutLine, Purse
from kuaichu.kernel.money import half_up_to_total

_TAKES_REMAINDER = (
    Cover.OWN_BORNE,
    Cover.MOD,
    Cover.SEATS,
    Cover.PERSONAL,
    Cover.TPL,
    Cover.CTALI,
    Cover.NF_SUBSTITUTE,
)


def to_fen(lines: list[PayoutLine], caps: Mapping[Purse, int]) -> tuple[PayoutLine, ...]:
    """Round the lines; sorted by recipient, cover and payer, empty lines dropped.

    The remainder of a victim goes to the largest line that had to be rounded; between equal lines own cover
    takes it before anybody else's. Where rounding up pushed a limited purse (`caps`, fen) over its limit by
    a fen, that fen moves to another purse which pays the same victim.
    """
    rows: dict[tuple[str, Bucket, bool], list[PayoutLine]] = defaultdict(list)
    for line in sorted(lines, key=_place):
        rows[line.harm].append(line)
    done: list[PayoutLine] = []
    for row in rows.values():
        preference = [_TAKES_REMAINDER.index(line.cover) for line in row]
        fen = half_up_to_total([line.exact for line in row], preference=preference)
        done += [replace(line, fen=amount) for line, amount in zip(row, fen, strict=True)]
    _respect(done, caps)
    return tuple(line for line in done if line.fen)


def _place(line: PayoutLine) -> tuple[str, int, bool, int, str, str]:
    """Where a line stands in the plan."""
    kind = list(Bucket).index(line.bucket)
    return line.to, kind, line.mental, list(Cover).index(line.cover), line.from_party, line.rule


def _respect(lines: list[PayoutLine], caps: Mapping[Purse, int]) -> None:
    """Move single fen between purses until no cap is passed."""
    for purse, cap in sorted(caps.items()):
        while _used(lines, purse) > cap:
            path = _way_out(lines, purse, caps)
            for giver, taker in path:
                lines[giver] = replace(lines[giver], fen=lines[giver].fen - 1)
                lines[taker] = replace(lines[taker], fen=lines[taker].fen + 1)
            if not path:
                return


def _used(lines: list[PayoutLine], purse: Purse) -> int:
    """What the lines take from a purse in fen."""
    return sum(line.fen for line in lines if line.purse == purse)


def _way_out(lines: list[PayoutLine], start: Purse, caps: Mapping[Purse, int]) -> list[tuple[int, int]]:
    """Shortest chain of (giving line, taking line) pairs from a full purse to one with room; empty if
    none.
    """
    ways: dict[Purse, list[tuple[int, int]]] = {start: []}
    queue = deque([start])
    while queue:
        purse = queue.popleft()
        if purse != start and (purse not in caps or _used(lines, purse) < caps[purse]):
            return ways[purse]
        for step in _steps(lines, purse):
            target = lines[step[1]].purse
            if target not in ways:
                ways[target] = [*ways[purse], step]
                queue.append(target)
    return []


def _steps(lines: list[PayoutLine], purse: Purse) -> list[tuple[int, int]]:
    """Pairs of lines of one victim, the first out of `purse` with a fen to give, the second out of another.

    Lines furthest above their exact amount give first and lines furthest below take first.
    """
    givers = [i for i, line in enumerate(lines) if line.purse == purse and line.fen]
    pairs = [
        (giver, taker)
        for giver in givers
        for taker, line in enumerate(lines)
        if line.harm == lines[giver].harm and line.purse != purse
    ]
    return sorted(pairs, key=lambda pair: (-_excess(lines[pair[0]]), _excess(lines[pair[1]])))


def _excess(line: PayoutLine) -> Fraction:
    """How far the rounded amount lies above the exact one, in fen."""
    return line.fen - line.exact
