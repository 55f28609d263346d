from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Unit


class Provider(models.Model):
    """Who trains for a unit without standing in its tree: a university, a college, a company."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("Trường đại học")
        COLLEGE = "college", _("Trường cao đẳng")
        COMPANY = "company", _("Doanh nghiệp")
        OTHER = "other", _("Đơn vị khác")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="providers", verbose_name=_("Đơn vị quản lý")
    )
    name = models.CharField(_("Tên đơn vị đào tạo"), max_length=200)
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind.choices)
    contact = models.CharField(_("Liên hệ"), max_length=200, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="providers_provider_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderStaff(models.Model):
    """Somebody who works for a provider and signs in: sees what is assigned to it, nothing else.
    Withdrawing stamps the row."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="provider_staff"
    )
    since = models.DateTimeField(default=clock.now)
    added_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "user"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="providers_staff_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.provider_id}"


class ProviderKey(models.Model):
    """What a provider's own system signs in by: the keyed hash of a token that is shown once."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(_("Dùng cho"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    addresses = models.CharField(
        _("Chỉ nhận từ địa chỉ IP"), max_length=300, blank=True, help_text="networks, by commas"
    )
    expires_on = models.DateField(_("Hết hạn sau ngày"))
    made_at = models.DateTimeField(default=clock.now)
    made_by_id = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.provider_id}"
