"""E-mails and short messages: queued, sent by a job, tried again, readable by administrators."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.conf import settings
from django.core import mail

from lantoa.audit.models import Event
from lantoa.installation.errors import NotSent
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.notices import rules, tasks
from lantoa.notices.actions import Mail, send_email, send_emails, send_sms
from lantoa.notices.models import Message
from lantoa.people.models import Unit

# Jobs run on commit: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The mail server refuses; `broken["for_good"]` says how."""
    how: dict[str, Any] = {"for_good": False, "on": True}

    def refuse(message: Message) -> None:
        if how["on"]:
            raise NotSent("Máy chủ thư không trả lời.", for_good=how["for_good"])

    monkeypatch.setattr(tasks, "_send", refuse)
    return how


def test_an_email_goes_out_by_a_job() -> None:
    message = send_email(to="an@phudinh.example", subject="Nhắc\nhạn", body="Còn 3 ngày.")
    message.refresh_from_db()
    assert message.state == "sent"
    assert message.sent_at is not None
    assert message.body == "Còn 3 ngày."
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["an@phudinh.example"],
        "Nhắc hạn",
        "Còn 3 ngày.",
    )
    assert "an@phudinh" not in str(Job.objects.values_list("title", "params"))


def test_a_short_message_goes_to_the_outbox_by_default() -> None:
    send_sms(to="0912345678", body="Mã của anh/chị là 12345678", secret=True)
    (path,) = Path(settings.OUTBOX).glob("*.txt")
    assert path.read_text() == "0912345678\n\nMã của anh/chị là 12345678\n"


def test_a_body_with_a_code_is_never_readable_in_the_database(broken: dict[str, Any]) -> None:
    message = send_email(to="an@phudinh.example", subject="Mã", body="Mã 12345678", secret=True)
    message.refresh_from_db()
    assert message.state == "queued"
    assert message.body
    assert "12345678" not in message.body
    broken["for_good"] = True
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        tasks.send_due()
    message.refresh_from_db()
    assert (message.state, message.body) == ("failed", "")


def test_a_sent_code_is_emptied() -> None:
    message = send_email(to="an@phudinh.example", subject="Mã", body="Mã 12345678", secret=True)
    message.refresh_from_db()
    assert (message.state, message.body) == ("sent", "")
    assert "12345678" in mail.outbox[0].body


def test_what_fails_waits_longer_and_longer_then_is_left(broken: dict[str, Any]) -> None:
    start = clock.now()
    with clock.fixed(start):
        message = send_email(to="an@phudinh.example", subject="Nhắc", body="…")
    moment = start
    for tries, wait in enumerate(rules.WAITS, start=1):
        message.refresh_from_db()
        assert (message.state, message.tries) == ("queued", tries)
        assert message.next_try_at - moment == wait
        with clock.fixed(moment + wait - timedelta(seconds=1)):
            assert tasks.send_due() == 0
        message.refresh_from_db()
        assert message.tries == tries, "not before its time"
        moment += wait
        with clock.fixed(moment):
            tasks.send_due()
    message.refresh_from_db()
    assert (message.state, message.tries) == ("failed", rules.MAX_TRIES)
    assert message.error == "Máy chủ thư không trả lời."


def test_a_batch_is_one_job_and_one_bad_address_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send = tasks._send

    def picky(message: Message) -> None:
        if message.recipient.startswith("sai"):
            raise NotSent("Máy chủ thư không nhận địa chỉ này.", for_good=True)
        send(message)

    monkeypatch.setattr(tasks, "_send", picky)
    send_emails(mails=[Mail(f"{name}@b.example", "Nhắc", "…") for name in ("an", "sai", "binh")])
    assert sorted(Message.objects.values_list("recipient", "state")) == [
        ("an@b.example", "sent"),
        ("binh@b.example", "sent"),
        ("sai@b.example", "failed"),
    ]
    assert Job.objects.count() == 1


def test_a_message_is_sent_once_though_two_try() -> None:
    message = send_email(to="an@phudinh.example", subject="Nhắc", body="…")
    assert tasks._try(message.pk) is False
    assert len(mail.outbox) == 1


def test_administrators_see_failures_and_send_again(
    broken: dict[str, Any],
    signed_in: SignedIn,
    make_person: MakePerson,
    grant: Grant,
    province: Unit,
    country: Unit,
) -> None:
    chief = make_person("Trần Văn Minh", province)
    grant(chief, "administrator", country)
    clerk = make_person("Lý Thị Hoa", province)
    grant(clerk, "administrator", province)
    broken["for_good"] = True
    message = send_email(to="an@phudinh.example", subject="Nhắc hạn", body="…")
    secret = send_email(to="an@phudinh.example", subject="Mã", body="12345678", secret=True)
    page = signed_in(chief).get("/notices/messages?state=failed").content.decode()
    assert "2 thư, tin nhắn không gửi được" in page
    assert page.count("Gửi lại") == 1, "a code that was emptied can't be sent again"
    assert signed_in(clerk).get("/notices/messages").status_code == 404
    assert signed_in(clerk).post(f"/notices/messages/{message.pk}/retry").status_code == 404
    broken["on"] = False
    signed_in(chief).post(f"/notices/messages/{message.pk}/retry")
    signed_in(chief).post(f"/notices/messages/{secret.pk}/retry")
    message.refresh_from_db()
    secret.refresh_from_db()
    assert (message.state, secret.state) == ("sent", "failed")
    assert Event.objects.filter(action="notices.retry_message").count() == 1


@pytest.mark.parametrize(("days", "left"), [(365, {"new", "waiting"}), (10, {"waiting"})])
def test_old_messages_are_forgotten(days: int, left: set[str], settings: Any) -> None:
    settings.LANTOA_KEEP_MESSAGES_DAYS = days
    now = clock.now()
    for subject, state, age in (
        ("sent", "sent", 366),
        ("failed", "failed", 400),
        ("waiting", "queued", 400),
        ("new", "sent", 364),
    ):
        Message.objects.create(
            channel="email", recipient="an@xa.example", subject=subject, state=state,
            created_at=now - timedelta(days=age),
        )  # fmt: skip
    gone = tasks.forget_old()
    assert set(Message.objects.values_list("subject", flat=True)) == left
    assert gone == 4 - len(left)
    assert Event.objects.get(action="notices.forget_messages").data["count"] == gone
    assert tasks.forget_old() == 0
    assert Event.objects.filter(action="notices.forget_messages").count() == 1
