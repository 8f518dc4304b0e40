"""Evidence and what is known of it: originals, copies to look at, readings, likenesses, custody, receipts."""

from __future__ import annotations

from django.db import models

from kuaichu.kernel.ids import new_id


class Evidence(models.Model):
    """One photograph as it arrived: the original's hashes and what is known of its making."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("cases.Party", null=True, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    shot = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=24)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    source = models.CharField(max_length=12)
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    exif = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    device = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "client_id"], name="evidence_client_id")]
        indexes = [models.Index(fields=["sha256"], name="evidence_sha256")]


class Viewing(models.Model):
    """A copy of a photograph for looking at: smaller, re-encoded, without its metadata."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    size = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "size"], name="viewing_once")]


class Upload(models.Model):
    """A photograph that comes in pieces (tus 1.0): what was announced, and how long it is kept unfinished."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey("cases.Party", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    length = models.PositiveIntegerField()
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "client_id"], name="upload_client_id")]
        indexes = [models.Index(fields=["expires_at"], name="upload_expires")]


class Recording(models.Model):
    """What a party said in its own words, as sound: the original's hashes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey("cases.Party", on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=24)
    seconds = models.FloatField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "client_id"], name="recording_client_id")]


class Reading(models.Model):
    """What a machine read in a photograph, by which engine; a proposal, never a fact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    engine = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "kind"], name="reading_once")]


class Fingerprint(models.Model):
    """Perceptual hashes of a photograph: eight of 64 bits (whole and crops), big-endian, in a row."""

    evidence = models.OneToOneField(Evidence, primary_key=True, on_delete=models.CASCADE, related_name="+")
    city = models.CharField(max_length=32)
    hashes = models.BinaryField(max_length=64)


class Likeness(models.Model):
    """A photograph of another case looks like this one: a sign for the officer, never a verdict."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    like = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    distance = models.PositiveSmallIntegerField()
    inliers = models.PositiveIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "like"], name="likeness_once")]


class Redaction(models.Model):
    """Which areas of a photograph are blurred in the copies that others see: faces and foreign plates."""

    evidence = models.OneToOneField(Evidence, primary_key=True, on_delete=models.CASCADE, related_name="+")
    areas = models.JSONField(default=list)
    engine = models.CharField(max_length=60)
    made_at = models.DateTimeField()


class Handling(models.Model):
    """Custody: one thing that was done with one object of evidence, by whom, when, and for what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["evidence", "at"], name="handling_evidence")]


class Receipt(models.Model):
    """An evidence receipt: what had been sealed at that moment, signed by the installation's key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    entries = models.JSONField(default=list)
    sealed = models.TextField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="receipt_number")]
