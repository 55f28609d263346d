"""Changing what the installation says of itself and how it sends."""

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.models import StoredFile
from lantoa.installation import mail, sms
from lantoa.installation.conference import configured
from lantoa.installation.errors import ConferenceFailed
from lantoa.installation.models import Installation
from lantoa.installation.queries import this_installation
from lantoa.installation.secrets import sealed


@transaction.atomic
def change_agency(*, actor: User | None, logo: StoredFile | None = None, **values: Any) -> None:
    """Name, responsible person, help contact. `logo` replaces the logo; None leaves it."""
    if logo is not None:
        values["logo"] = logo
    _change("installation.change_agency", actor, values)


@transaction.atomic
def remove_logo(*, actor: User | None) -> None:
    _change("installation.remove_logo", actor, {"logo": None})


@transaction.atomic
def change_banner(*, actor: User | None, banner_text: str) -> None:
    """The line everybody sees at the top of every page; empty takes it away."""
    _change("installation.change_banner", actor, {"banner_text": banner_text})


@transaction.atomic
def change_mail(*, actor: User | None, password: str | None = None, **values: Any) -> None:
    """`password`: None keeps the stored one, "" forgets it."""
    if password is not None:
        values["smtp_password_encrypted"] = sealed(password)
    _change("installation.change_mail", actor, values)


@transaction.atomic
def change_sms(*, actor: User | None, token: str | None = None, **values: Any) -> None:
    if token is not None:
        values["sms_token_encrypted"] = sealed(token)
    _change("installation.change_sms", actor, values)


@transaction.atomic
def change_conference(*, actor: User | None, secret: str | None = None, **values: Any) -> None:
    """`secret`: None keeps the stored one, "" forgets it."""
    if secret is not None:
        values["conference_secret_encrypted"] = sealed(secret)
    _change("installation.change_conference", actor, values)


def try_conference(*, actor: User) -> None:
    """Ask the server for its rooms, by the stored settings. Raises ConferenceFailed."""
    record(actor=actor, action="installation.try_conference", on=("installation.installation", "1"))
    found = configured()
    if found is None:
        raise ConferenceFailed(_("Chưa ghi địa chỉ và khóa bí mật của máy chủ."))
    found.check()


def send_test_mail(*, actor: User, to: str) -> None:
    """Send a test mail now, by the stored settings. Raises NotSent."""
    message = EmailMessage(
        _("Thư thử từ Lan Tỏa"),
        _("Nếu anh/chị đọc được thư này thì hệ thống gửi thư được."),
        to=[to],
    )
    record(actor=actor, action="installation.test_mail", on=("installation.installation", "1"))
    mail.deliver(this_installation(), [message])


def send_test_sms(*, actor: User, to: str) -> None:
    """Send a test message now, by the stored settings. Raises NotSent."""
    record(actor=actor, action="installation.test_sms", on=("installation.installation", "1"))
    sms.deliver(this_installation(), to=to, body=_("Tin thử từ Lan Tỏa."))


def _change(action: str, actor: User | None, values: dict[str, Any]) -> None:
    installation, _made = Installation.objects.get_or_create(pk=1)
    changed = sorted(name for name, value in values.items() if getattr(installation, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(installation, name, values[name])
    installation.save(update_fields=changed)
    # Names of fields only: values hold secrets and addresses.
    record(actor=actor, action=action, on=installation, data={"changed": changed})
