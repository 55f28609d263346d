from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.kernel import clock
from lantoa.obligations.models.obligations import Obligation


class Petition(models.Model):
    """A person asks to be exempt, for more time, or that a certificate from elsewhere counts, with
    what proves it; a coordinator decides."""

    class Kind(models.TextChoices):
        EXEMPTION = "exemption", _("Miễn (thai sản, nghỉ dài hạn, lý do khác)")
        EXTENSION = "extension", _("Lùi hạn")
        EQUIVALENCE = "equivalence", _("Công nhận chứng chỉ đã có")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Chấp nhận")
        REFUSED = "refused", _("Không chấp nhận")

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="petitions")
    kind = models.CharField(_("Đề nghị"), max_length=11, choices=Kind.choices)
    words = models.CharField(_("Lý do"), max_length=500)
    until = models.DateField(_("Xin lùi đến ngày"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.CharField(_("Trả lời"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(decided_at__isnull=True),
                name="obligations_petition_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="obligations_petition_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extension") | Q(until__isnull=False),
                name="obligations_extension_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.obligation_id}"
