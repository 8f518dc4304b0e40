"""道路交通事故认定书: determination certificate of the general procedure (D146 Art. 62, 64, 65).

Its contents are those of D146 Art. 64: circumstances, course, evidence and causes, faults and liability, unit
and date. Where it was made fast (D146 Art. 69) it says so, and that the head of the unit approved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kuaichu.desks.documents.papers.facts import BadFacts, Grade
from kuaichu.desks.documents.papers.notices import Notice

FAST_NOTE = (
    "各方当事人一致书面申请快速处理，经公安机关交通管理部门负责人批准，根据《道路交通事故处理程序规定》第六十九条的规定，"
    "依据已经取得的证据制作本认定书。"
)
"""D146 Art. 69."""
MEDIATION_NOTICE = (
    "当事人对损害赔偿有争议的，可以自收到本认定书之日起十日内（工作日）一致书面申请公安机关交通管理部门调解，"
    "也可以申请人民调解委员会调解，或者向人民法院提起民事诉讼。"
)
"""D146 Art. 65, 84-86."""
LEAST_OFFICERS = 2
"""D146 Art. 27."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralCertificate(Notice):
    """The facts of one certificate of the general procedure; `grades` in party order."""

    KIND: ClassVar[str] = "general_certificate"
    TITLE: ClassVar[str] = "道路交通事故认定书"

    grades: tuple[Grade, ...]

    def check(self) -> None:
        """As every paper of running text; a grade for each party, and two officers at least."""
        Notice.check(self)
        if len(self.grades) != len(self.parties):
            raise BadFacts("grades: one for each party")
        if len(self.officers) < LEAST_OFFICERS:
            raise BadFacts("officers: two at least")
