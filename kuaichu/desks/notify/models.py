"""Rows of the notify desk: what was told to whom."""

from __future__ import annotations

from django.db import models

from kuaichu.kernel.ids import new_id


class Message(models.Model):
    """One SMS or webhook that was taken by the other side. `key` is ours and makes it once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    city = models.CharField(max_length=32)
    case_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=8)
    kind = models.CharField(max_length=40)
    receiver = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    receipt = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case_id"], name="message_case")]


class Numbered(models.Model):
    """The number of a journal entry in the feed of one receiver (an insurer)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    receiver = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField()
    entry_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "receiver", "sequence"], name="numbered_sequence"),
            models.UniqueConstraint(fields=["city", "receiver", "entry_id"], name="numbered_entry"),
        ]


class OldSecret(models.Model):
    """A webhook secret that was replaced: until `until` messages are signed with it too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    secret = models.CharField(max_length=120)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "until"], name="old_secret")]
