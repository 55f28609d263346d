"""Telling people: on the site, by e-mail, by short message.

A notice or message is its own record of who was told what and when, so telling writes no audit
event beside it; what an administrator does to messages does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.jobs.actions import enqueue
from lantoa.kernel import clock
from lantoa.kernel.secrets import encrypt
from lantoa.notices.models import Message, Notice

BATCH = 1000
SEALED_MESSAGE = "message"
Channel = Message.Channel


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    body: str


def notify(*, users: Iterable[User], cause: str, title: str, body: str = "", url: str = "") -> None:
    """Tell users something on the site: once per `cause`, however often it is asked.

    `url` is a path on this site. Write the words in the language of those who read them.
    """
    Notice.objects.bulk_create(
        [
            Notice(user=user, cause=cause[:120], title=title[:200], body=body, url=url)
            for user in users
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def mark_read(*, notices: Sequence[Notice], actor: User) -> None:
    Notice.objects.filter(
        pk__in=[notice.pk for notice in notices], user=actor, read_at__isnull=True
    ).update(read_at=clock.now())


def mark_all_read(*, actor: User) -> None:
    Notice.objects.filter(user=actor, read_at__isnull=True).update(read_at=clock.now())


def send_email(*, to: str, subject: str, body: str, secret: bool = False) -> Message:
    """Queue one e-mail. `secret`: the body holds a code; it is kept encrypted, then emptied."""
    return _queue([_message(Channel.EMAIL, to, body, secret, subject=subject)])[0]


def send_sms(*, to: str, body: str, secret: bool = False) -> Message:
    return _queue([_message(Channel.SMS, to, body, secret)])[0]


def send_emails(*, mails: Sequence[Mail], secret: bool = False) -> list[Message]:
    """Queue a batch under one job."""
    return _queue(
        [
            _message(Channel.EMAIL, mail.to, mail.body, secret, subject=mail.subject)
            for mail in mails
        ]
    )


@transaction.atomic
def retry_message(*, message: Message, actor: User) -> bool:
    """Try a failed message again from the beginning. False when its text is gone (it held a code:
    a new code is the way) or it has not failed."""
    again = Message.objects.filter(pk=message.pk, state=Message.State.FAILED, secret=False).update(
        state=Message.State.QUEUED, tries=0, next_try_at=clock.now(), error=""
    )
    if not again:
        return False
    record(actor=actor, action="notices.retry_message", on=message)
    _enqueue([message])
    return True


def forget_messages(*, before: datetime) -> int:
    """Delete what went out, or was given up, before a moment: who got it and what it said. One
    event says how many. In batches, so that no writer waits for long."""
    old = Message.objects.exclude(state=Message.State.QUEUED).filter(created_at__lt=before)
    gone = 0
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        Message.objects.filter(pk__in=ids).delete()
        gone += len(ids)
    if gone:
        data = {"count": gone, "before": before.isoformat()}
        record(actor=None, action="notices.forget_messages", on=("notices.message", ""), data=data)
    return gone


def _message(
    channel: Message.Channel, to: str, body: str, secret: bool, subject: str = ""
) -> Message:
    kept = encrypt(settings.SECRET_KEY, SEALED_MESSAGE, body) if secret else body
    title = " ".join(subject.split())[:200]
    return Message(channel=channel, recipient=to, subject=title, body=kept, secret=secret)


@transaction.atomic
def _queue(messages: list[Message]) -> list[Message]:
    made = Message.objects.bulk_create(messages, batch_size=BATCH)
    if made:
        _enqueue(made)
    return made


def _enqueue(messages: Sequence[Message]) -> None:
    # The title says no more than how many: jobs are seen by others than messages are.
    enqueue(
        handler="lantoa.notices.tasks.send_messages",
        title=_("Gửi %(count)d thư, tin nhắn") % {"count": len(messages)},
        params={"messages": [message.pk for message in messages]},
        actor=None,
    )
