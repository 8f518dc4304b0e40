"""Rows of the kernel: the journal, what is still due, answers already given, the transparency log."""

from __future__ import annotations

from django.db import models

from kuaichu.kernel.ids import new_id


class Entry(models.Model):
    """One fact, written once. Entries of one stream (a case, mostly) chain their hashes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    city = models.CharField(max_length=32)
    case_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    payload = models.JSONField(null=True)  # None: lawfully erased, its hash stays
    payload_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    caused_by = models.UUIDField(null=True)
    generation = models.PositiveSmallIntegerField(default=0)

    follows_now = False
    """Whether something that is due at once follows from an entry just written (not kept)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="entry_stream_seq")]
        indexes = [models.Index(fields=["city", "kind", "at"], name="entry_city_kind_at")]


class Delivery(models.Model):
    """Something that still has to happen because of an entry. The row is deleted when it has happened.

    Workers of one `lane` do nothing else: "" is the ordinary one, others are for handlers that need a machine
    of their own kind.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry_id = models.UUIDField()
    city = models.CharField(max_length=32)
    case_id = models.UUIDField(null=True)
    handler = models.CharField(max_length=120)
    lane = models.CharField(max_length=16, blank=True, default="")
    run_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True)
    priority = models.SmallIntegerField(default=5)
    attempts = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=64, blank=True, default="")
    held = models.BooleanField(default=False)
    last_error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "handler"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["lane", "priority", "run_at"], name="delivery_due", condition=models.Q(held=False)
            ),
            models.Index(fields=["case_id"], name="delivery_case"),
        ]


class Answer(models.Model):
    """The answer already given to an idempotency key, so that a second tap gets the first answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="answer_once")]


class LogNode(models.Model):
    """A node of the public transparency log (RFC 6962): complete subtrees only."""

    id = models.BigAutoField(primary_key=True)
    log = models.CharField(max_length=32)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "level", "index"], name="lognode_place")]


class LogLeaf(models.Model):
    """What a leaf of the transparency log stands for (hashes and kinds only, no personal data)."""

    id = models.BigAutoField(primary_key=True)
    log = models.CharField(max_length=32)
    index = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    subject = models.UUIDField()
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "index"], name="logleaf_place"),
            models.UniqueConstraint(fields=["log", "kind", "subject"], name="logleaf_subject"),
        ]


class Counter(models.Model):
    """A gap-free sequence, e.g. certificate numbers of one unit in one year."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    value = models.BigIntegerField(default=0)
