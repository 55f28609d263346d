from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.files.links import signed_url
from lantoa.files.models import StoredFile


class Installation(models.Model):
    """The one row that says whose installation this is and how it sends messages and holds
    meetings online."""

    class MailTransport(models.TextChoices):
        FILE = "file", _("Ghi vào thư mục hộp thư đi")
        SMTP = "smtp", _("Máy chủ SMTP")

    class SmsTransport(models.TextChoices):
        FILE = "file", _("Ghi vào thư mục hộp thư đi")
        HTTP = "http", _("Cổng tin nhắn HTTP")

    agency_name = models.CharField(_("Tên cơ quan"), max_length=200, blank=True)
    responsible_person = models.CharField(_("Người chịu trách nhiệm"), max_length=200, blank=True)
    help_contact = models.CharField(_("Liên hệ hỗ trợ"), max_length=300, blank=True)
    logo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    banner_text = models.CharField(_("Dòng báo"), max_length=300, blank=True)
    mail_transport = models.CharField(
        _("Cách gửi thư"), max_length=10, choices=MailTransport.choices, default=MailTransport.FILE
    )
    mail_from = models.EmailField(_("Địa chỉ người gửi"), blank=True)
    smtp_host = models.CharField(_("Máy chủ SMTP"), max_length=200, blank=True)
    smtp_port = models.PositiveIntegerField(_("Cổng"), default=587)
    smtp_user = models.CharField(_("Tên đăng nhập máy chủ thư"), max_length=200, blank=True)
    smtp_password_encrypted = models.TextField(blank=True)
    smtp_tls = models.BooleanField(_("Mã hóa kết nối (TLS)"), default=True)
    sms_transport = models.CharField(
        _("Cách gửi tin nhắn"),
        max_length=10,
        choices=SmsTransport.choices,
        default=SmsTransport.FILE,
    )
    sms_url = models.URLField(_("Địa chỉ cổng tin nhắn"), blank=True)
    sms_token_encrypted = models.TextField(blank=True)
    conference_url = models.URLField(_("Địa chỉ máy chủ BigBlueButton"), blank=True)
    conference_secret_encrypted = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="installation_one_row"),
        ]

    def __str__(self) -> str:
        return self.agency_name or "Lan Tỏa"

    @property
    def logo_url(self) -> str:
        return signed_url(self.logo) if self.logo else ""
