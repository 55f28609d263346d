from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock, ids


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser):
    """Somebody who can sign in: by phone, e-mail or personal number (kept only as keyed hash).

    `activated_at` is empty until the person has used an activation code and chosen a password.
    People who leave are closed, never deleted: their record stays.
    """

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "English"

    display_name = models.CharField(_("Họ và tên"), max_length=150)
    email = models.EmailField(_("Thư điện tử"), unique=True, null=True, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=15, unique=True, null=True, blank=True)
    personal_number_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    created_at = models.DateTimeField(default=clock.now)
    activated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        indexes: ClassVar = [models.Index(fields=["activated_at"], name="accounts_user_activated")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed_at is None


class ActivationCode(models.Model):
    """A code handed to a person on paper or by their coordinator; only its keyed hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activation_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="issued_codes"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code of {self.user_id}"


class SignInFailure(models.Model):
    """A failed attempt at a door (password, second factor, activation code). Counted per account,
    or per typed identifier where there is no account; per address only with a generous limit, for a
    whole agency sits behind one. Both are kept as keyed hashes, for a day."""

    identifier_hash = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["identifier_hash", "at"], name="accounts_failure_recent"),
            models.Index(fields=["address_hash", "at"], name="accounts_failure_address"),
            models.Index(fields=["at"], name="accounts_failure_at"),
        ]

    def __str__(self) -> str:
        return self.at.isoformat()


class Confirmation(models.Model):
    """A code of digits sent to an e-mail address or phone, to choose a new password or to prove a
    new address. Without a `user` it stands for an account that doesn't exist: who asks can't tell.
    """

    class Purpose(models.TextChoices):
        RESET_PASSWORD = "reset_password", _("Lấy lại mật khẩu")
        CHANGE_EMAIL = "change_email", _("Đổi thư điện tử")
        CHANGE_PHONE = "change_phone", _("Đổi số điện thoại")

    public_id = models.UUIDField(unique=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="confirmations"
    )
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    target = models.CharField(max_length=254, blank=True, help_text="the new e-mail or phone")
    asker_hash = models.CharField(max_length=64, help_text="keyed hash of account or identifier")
    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asker_hash", "issued_at"], name="accounts_confirmation_asker"),
        ]

    def __str__(self) -> str:
        return self.purpose
