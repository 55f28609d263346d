"""The default transport: messages as files in a directory, for a machine without mail or SMS."""

from email.message import Message
from pathlib import Path

from django.conf import settings

from lantoa.kernel import clock, ids


def write(content: bytes, suffix: str) -> Path:
    """A new file, readable by the system's own user only; its name says when, not to whom."""
    directory = Path(settings.OUTBOX)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / f"{clock.now():%Y%m%d-%H%M%S}-{ids.new_id().hex[-12:]}.{suffix}"
    path.touch(mode=0o600)
    path.write_bytes(content)
    return path


def write_mail(message: Message) -> Path:
    return write(message.as_bytes(), "eml")


def write_sms(to: str, body: str) -> Path:
    return write(f"{to}\n\n{body}\n".encode(), "txt")
