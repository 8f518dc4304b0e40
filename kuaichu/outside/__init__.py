"""Outside checks: the liability engine against tables and labels which nobody here wrote.

Read-only: data beside this file, facts made of them by declared tables, the engine asked, figures compared.
Nothing of the engine knows these data.
"""

from collections.abc import Callable, Mapping

from kuaichu.outside import beijing, irsa, montgomery, questions
from kuaichu.outside.figures import Check

CHECKS: Mapping[str, Callable[[], Check]] = {
    "beijing": beijing.check,
    "montgomery": montgomery.check,
    "irsa": irsa.check,
    "questions": questions.check,
}
