"""Gap-free numbers. The caller is inside an act, so number and what it is given to are one transaction."""

from __future__ import annotations

from django.db.models import F

from kuaichu.kernel.models import Counter


def following_number(name: str) -> int:
    """The next number of the sequence `name`, starting at 1."""
    if not Counter.objects.filter(name=name).update(value=F("value") + 1):
        Counter.objects.bulk_create([Counter(name=name, value=0)], ignore_conflicts=True)
        Counter.objects.filter(name=name).update(value=F("value") + 1)
    return Counter.objects.get(name=name).value
