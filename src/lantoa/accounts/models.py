from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser):
    """Somebody who can sign in: by phone, by e-mail or by personal number (kept only as keyed hash).

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
    language = models.CharField(
        max_length=2, choices=Language.choices, default=Language.VIETNAMESE
    )
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
    """A failed sign-in, counted per identifier (keyed hash), never per address alone: a whole agency
    sits behind one address."""

    identifier_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["identifier_hash", "at"], name="accounts_failure_recent")
        ]

    def __str__(self) -> str:
        return self.at.isoformat()
