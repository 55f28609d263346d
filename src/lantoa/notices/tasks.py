"""Sending what is queued. A message is claimed by a conditional UPDATE, so that two processes never
send it twice; what fails waits longer and longer, then is left for an administrator."""

from datetime import timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.translation import gettext as _

from lantoa.installation.errors import NotSent
from lantoa.installation.sms import send_sms
from lantoa.jobs.runs import JobRun
from lantoa.kernel import clock
from lantoa.kernel.secrets import decrypt
from lantoa.notices import rules
from lantoa.notices.actions import SEALED_MESSAGE, forget_messages
from lantoa.notices.models import Message

State = Message.State


def send_messages(run: JobRun) -> dict[str, Any]:
    """Job: try each of `messages` once; `send_due` sees to those that must wait."""
    ids: list[int] = run.params["messages"]
    sent = 0
    for number, pk in enumerate(ids, start=1):
        sent += _try(pk)
        run.progress(number, len(ids))
    return {"sent": sent, "waiting": len(ids) - sent}


def send_due(limit: int = 500) -> int:
    """For the schedule: messages whose time to try has come; how many went."""
    due = Message.objects.filter(state=State.QUEUED, next_try_at__lte=clock.now())
    return sum(_try(pk) for pk in due.order_by("next_try_at").values_list("pk", flat=True)[:limit])


def forget_old() -> int:
    """For the schedule: how many messages were older than the installation keeps them."""
    kept = timedelta(days=settings.LANTOA_KEEP_MESSAGES_DAYS)
    return forget_messages(before=clock.now() - kept)


def _try(pk: int) -> bool:
    now = clock.now()
    claimed = Message.objects.filter(pk=pk, state=State.QUEUED, next_try_at__lte=now).update(
        next_try_at=now + rules.CLAIM, tries=F("tries") + 1
    )
    if not claimed:
        return False
    message = Message.objects.get(pk=pk)
    try:
        _send(message)
    except NotSent as error:
        _put_off(message, str(error), error.for_good)
        return False
    message.state, message.sent_at, message.error = State.SENT, clock.now(), ""
    _store(message)
    return True


def _send(message: Message) -> None:
    body = _opened(message) if message.secret else message.body
    if message.channel == Message.Channel.SMS:
        send_sms(to=message.recipient, body=body)
    else:
        EmailMessage(message.subject, body, to=[message.recipient]).send()


def _opened(message: Message) -> str:
    try:
        return decrypt(settings.SECRET_KEY, SEALED_MESSAGE, message.body)
    except InvalidToken as error:
        reason = _("Khóa bí mật của hệ thống đã đổi sau khi thư này được xếp hàng.")
        raise NotSent(reason, for_good=True) from error


def _put_off(message: Message, reason: str, for_good: bool) -> None:
    wait = None if for_good else rules.wait_after(message.tries)
    message.error = reason[:500]
    if wait is None:
        message.state = State.FAILED
    else:
        message.next_try_at = clock.now() + wait
    _store(message)


def _store(message: Message) -> None:
    if message.secret and message.state != State.QUEUED:
        message.body = ""
    message.save(update_fields=["state", "sent_at", "error", "next_try_at", "body"])
