"""What was booked in the first ledger is booked in the new one."""

from django.db import migrations

from kuaichu.kernel import canonical
from kuaichu.kernel.ids import new_id


def book_again(apps, _editor):
    """One posting for each payment, by the entry of its fact."""
    entries = apps.get_model("kernel", "Entry")
    payouts, posting, line = (apps.get_model("claims", name) for name in ("Payout", "Posting", "PostingLine"))
    for entry in entries.objects.filter(kind="claims.paid", payload__isnull=False).iterator():
        payout = payouts.objects.get(pk=entry.payload["payout_id"])
        side, book = f"party:{payout.to_label}", payout.insurer
        lines = []
        for one in payout.lines:
            lines.append([book, "claims", side, one["cover"], one["fen"]])
            lines.append([book, "bank", side, one["cover"], -one["fen"]])
        common = {"case_id": payout.case_id, "city": payout.city, "at": entry.at}
        head = posting.objects.create(
            id=new_id(), kind=entry.kind, entry_id=entry.id, digest=canonical.digest(sorted(lines)), **common
        )
        for book, account, side, cover, fen in lines:
            line.objects.create(
                id=new_id(), posting=head, book=book, account=account, side=side, cover=cover, fen=fen, **common
            )


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_money"), ("kernel", "0003_delivery_lane")]

    operations = [migrations.RunPython(book_again, migrations.RunPython.noop)]
