"""Organisations, staff accounts, qualifications, partners' API clients."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from kuaichu.kernel.ids import new_id


class Organisation(models.Model):
    """A police unit, an insurer, or any other partner of a city."""

    class Kind(models.TextChoices):
        POLICE = "police", _("traffic police unit")
        STATION = "station", _("police station")
        INSURER = "insurer", _("insurer")
        VILLAGE = "village", _("village traffic station")
        HOTLINE = "hotline", _("110 call centre")
        OTHER = "other", _("other partner")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=32)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    webhook_url = models.URLField(max_length=300, blank=True)
    webhook_secret = models.CharField(max_length=120, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="organisation_code")]

    def __str__(self) -> str:
        return self.code


class Account(AbstractUser):
    """A member of staff who signs in. Parties need no account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    roles = models.JSONField(default=list, blank=True)
    display_name = models.CharField(max_length=60, blank=True)
    badge = models.CharField(max_length=32, blank=True)
    id_number_hash = models.CharField(max_length=64, blank=True)

    email = models.EmailField(blank=True)


class Qualification(models.Model):
    """A qualification that unlocks verbs while it is valid (D146 Art. 5, 108)."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("summary procedure")
        JUNIOR = "junior", _("junior grade")
        INTERMEDIATE = "intermediate", _("intermediate grade")
        SENIOR = "senior", _("senior grade")
        FIELD = "field", _("field certificate")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField()


class Client(models.Model):
    """Binds an OAuth 2 client (client credentials) to the organisation whose system it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.OneToOneField("oauth2_provider.Application", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    certificate_sha256 = models.CharField(max_length=64, blank=True)  # of the certificate it must show


class Interest(models.Model):
    """Somebody or something with which a member of staff must have nothing to do (D146 Art. 105).

    Only a keyed hash of the value is kept, which finds the conflict and tells nothing else.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("ID number of a near relative")
        PHONE = "phone", _("phone number in the family or of friends")
        PLATE = "plate", _("vehicle of the own family")
        ADDRESS = "address", _("address shared with others")
        INSURER = "insurer", _("insurer that employs a near relative")
        QUARREL = "quarrel", _("ID number or phone of somebody with whom there was a quarrel")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value_hash = models.CharField(max_length=64)
    hint = models.CharField(max_length=24, blank=True)  # masked, for the own page
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "value_hash"], name="interest_once")
        ]
