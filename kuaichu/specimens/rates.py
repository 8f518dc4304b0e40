"""How well papers are read: fields of drawn specimens under each grade of spoiling."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kuaichu.cases.ports import Reader
from kuaichu.cases.sight import Sight
from kuaichu.specimens.papers import KINDS, Specimen, specimen
from kuaichu.specimens.spoiling import GRADES, photographed

TITLES = {
    "driving_licence": "driving licence 驾驶证",
    "vehicle_licence": "vehicle licence 行驶证",
    "insurance": "insurance sheet 交强险保单",
}


@dataclass
class PaperRates:
    """Fields of one kind and grade: read right, read wrong, not read (nothing, or too unsure to say)."""

    kind: str
    grade: str
    papers: int = 0
    known: int = 0
    fields: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    def share(self, count: int) -> str:
        """A count as a percentage of all fields."""
        return f"{100 * count / self.fields:.1f} %" if self.fields else "–"


def trials(reader: Reader, count: int) -> Iterator[PaperRates]:
    """Every kind of paper in every grade, `count` specimens each."""
    for kind in KINDS:
        for grade, how in GRADES.items():
            rates = PaperRates(kind, grade)
            for seed in range(count):
                paper = specimen(kind, seed)
                data = photographed(paper.pixels, how, seed)
                before = time.process_time()
                sight = reader.read(data, "licence")
                rates.seconds += time.process_time() - before
                _count(rates, paper, sight)
            yield rates


def _count(rates: PaperRates, paper: Specimen, sight: Sight) -> None:
    rates.papers += 1
    rates.known += sight.kind == paper.kind
    for name, true in paper.fields.items():
        found = sight.fields.get(name)
        read = found.value if found else ""
        rates.fields += 1
        rates.right += read == true
        rates.wrong += bool(read) and read != true
        rates.missed += not read
        if read != true:
            rates.faults[name] += 1
