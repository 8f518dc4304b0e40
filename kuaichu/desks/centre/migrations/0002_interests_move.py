"""Declared interests go to people: the table keeps its rows and gets the other name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("centre", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("Interest", "people_interest")],
            state_operations=[migrations.DeleteModel("Interest")],
        ),
    ]
