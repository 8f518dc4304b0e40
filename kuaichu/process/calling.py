"""Several outside calls in one delivery: one side that is away keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kuaichu.kernel.refusals import Upstream


def each(calls: Iterable[Callable[[], None]]) -> None:
    """Make all calls, then raise the first failure that trying again can help, else the first one.

    The worker repeats the whole delivery; every call is made once by its own key.
    """
    failed: list[Upstream] = []
    for call in calls:
        try:
            call()
        except Upstream as lost:
            failed.append(lost)
    if failed:
        raise next((lost for lost in failed if lost.retry), failed[0])
