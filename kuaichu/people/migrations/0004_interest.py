"""Declared interests are people's: their table comes over from the centre, with what it holds."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kuaichu.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_field"),
        ("centre", "0002_interests_move"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Interest",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=kuaichu.kernel.ids.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "ID number of a near relative"),
                                    ("phone", "phone number in the family or of friends"),
                                    ("plate", "vehicle of the own family"),
                                    ("address", "address shared with others"),
                                    ("insurer", "insurer that employs a near relative"),
                                    ("quarrel", "ID number or phone of somebody with whom there was a quarrel"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("value_hash", models.CharField(max_length=64)),
                        ("hint", models.CharField(blank=True, max_length=24)),
                        ("declared_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "kind", "value_hash"), name="interest_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
