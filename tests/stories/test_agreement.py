"""Two parties, two phones: from the first tap to the sealed agreement and the claims."""

from __future__ import annotations

from kuaichu.cases.models import Case
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.models import Agreement
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Delivery
from tests.stories.builders import Town, rear_end


def test_two_parties_agree(town: Town) -> None:
    first, second = rear_end(town)
    assert first.case.status == Case.Status.READY, first.case.screening
    first.choose("agree")
    assert "chosen" in second.see("ways")
    second.choose("agree")

    text = first.see("agreement")
    assert "full liability" in text
    assert "no liability" in text
    first.sign()
    second.sign(422, signature_path="")
    second.sign(signature_path="", signature_typed=second.party.name)
    drain()

    row = Agreement.objects.get(case=first.case)
    assert row.status == Agreement.Status.SIGNED
    assert [row.signatures[label]["how"] for label in "AB"] == ["drawn", "typed"]
    assert first.case.status == Case.Status.DECIDED
    paper = Paper.objects.get(case=first.case)
    pdf = second.browser.get(second.url(f"paper/{paper.pk}"))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert {c.insurer for c in Claim.objects.filter(case=first.case)} == {"HUAIHAI", "TAIHU"}
    assert not Delivery.objects.exclude(last_error="").values_list("handler", "last_error")
    assert paper.number in first.see()
