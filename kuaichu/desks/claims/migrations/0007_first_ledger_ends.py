"""The first ledger goes, in a transaction of its own after its rows were booked again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_repair")]

    operations = [migrations.DeleteModel(name="LedgerEntry")]
