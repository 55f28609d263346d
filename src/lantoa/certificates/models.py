from typing import ClassVar

from django.db import models

from lantoa.kernel import clock, ids
from lantoa.people.models import Unit
from lantoa.programmes.models import Enrolment


class Register(models.Model):
    """The book of one issuing unit and year; `last_number` moves without gaps."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registers")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year"], name="certificates_register_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> "CertificateQuerySet":
        """Those that were not revoked."""
        return self.filter(revocation__isnull=True)


class Certificate(models.Model):
    """A certificate as issued: what it says is a snapshot and never changes."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="certificates")
    register_number = models.PositiveIntegerField()
    serial = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True, default=ids.new_token)
    holder_name = models.CharField(max_length=150)
    holder_search_key = models.CharField(max_length=150)
    holder_birth_date = models.DateField(null=True)
    snapshot = models.JSONField(help_text="titles, unit, dates, score as printed")
    issued_at = models.DateTimeField(default=clock.now)
    issued_by_id = models.BigIntegerField(null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["holder_search_key"], name="certificates_holder"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "register_number"], name="certificates_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class Revocation(models.Model):
    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="revocation"
    )
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.certificate_id} revoked"
