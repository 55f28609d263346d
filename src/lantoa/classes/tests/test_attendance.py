"""Who was there: by the list, by the code, without network; disputes; what it comes to."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from conftest import SignedIn
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoCaptureOnCommitCallbacks
from python_calamine import CalamineWorkbook

from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.classes import open_class
from lantoa.classes.codes import shown_now
from lantoa.classes.models import Dispute, Mark, Meeting, Member, Presence, TrainingClass
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment, Outcome

from .conftest import MakeMeeting, text

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def tick(client: Client, meeting: Meeting, marks: list[dict[str, object]]) -> dict[str, object]:
    path = f"/classes/meetings/{meeting.pk}/marks/"
    answer = client.post(path, json.dumps({"marks": marks}), content_type="application/json")
    assert answer.status_code == 200, answer.content
    told: dict[str, object] = answer.json()
    return told


def made(
    member: Member, standing: str, key: str, at: datetime, **more: object
) -> dict[str, object]:
    return {
        "key": key,
        "member": member.pk,
        "standing": standing,
        "made_ms": int(at.timestamp() * 1000),
        **more,
    }


def stands(meeting: Meeting) -> dict[int, str]:
    return dict(Presence.objects.filter(meeting=meeting).values_list("member_id", "standing"))


def test_the_list_is_ticked_and_only_changes_are_marks(
    coordinator: Client, now_on: Meeting, members: list[Member]
) -> None:
    path = f"/classes/meetings/{now_on.pk}/"
    page = text(coordinator, path)
    assert "Nguyễn Văn An" in page
    assert "trên 5 người có mặt" in page
    sent = {f"m{member.pk}": "present" for member in members[:4]}
    coordinator.post(path, {**sent, f"m{members[4].pk}": "absent", "m999999": "present"})
    assert stands(now_on) == {m.pk: "present" for m in members[:4]} | {members[4].pk: "absent"}
    coordinator.post(path, {**sent, f"m{members[0].pk}": "late"})
    assert Mark.objects.count() == 6
    assert stands(now_on)[members[0].pk] == "late"
    page = coordinator.post(path, {}, follow=True).content.decode()
    assert "Chưa có gì thay đổi để ghi." in page


def test_a_list_made_without_network_arrives_twice_and_counts_once(
    coordinator: Client, now_on: Meeting, members: list[Member]
) -> None:
    early, later = clock.now() - timedelta(minutes=40), clock.now() - timedelta(minutes=10)
    marks = [made(members[0], "absent", "key-00001", early, offline=True)]
    marks.append(made(members[1], "present", "key-00002", early, offline=True))
    assert tick(coordinator, now_on, marks)["here"] == 1
    assert tick(coordinator, now_on, marks)["kept"] == ["key-00001", "key-00002"]
    assert Mark.objects.count() == 2
    # Somebody else said later that the first had come; the older list arriving now changes nothing.
    tick(coordinator, now_on, [made(members[0], "late", "key-00003", later)])
    tick(coordinator, now_on, [made(members[0], "absent", "key-00004", early, offline=True)])
    assert stands(now_on)[members[0].pk] == "late"
    evidence = set(Mark.objects.values_list("key", "evidence"))
    assert ("key-00004", "offline") in evidence
    assert ("key-00003", "list") in evidence


def test_a_clock_that_is_ahead_is_not_believed(
    coordinator: Client, now_on: Meeting, members: list[Member]
) -> None:
    ahead = clock.now() + timedelta(days=2)
    tick(coordinator, now_on, [made(members[0], "absent", "key-00001", ahead)])
    tick(coordinator, now_on, [made(members[0], "present", "key-00002", clock.now())])
    assert stands(now_on)[members[0].pk] == "present"
    assert all(one.made_at <= one.received_at for one in Mark.objects.all())


@pytest.mark.parametrize("body", ["", "[]", "{", '{"marks": 3}', '{"marks": [{"key": 1}]}'])
def test_what_cannot_be_read_is_refused_whole(
    coordinator: Client, now_on: Meeting, members: list[Member], body: str
) -> None:
    path = f"/classes/meetings/{now_on.pk}/marks/"
    answer = coordinator.post(path, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"] == "Dữ liệu điểm danh không đọc được."
    assert not Mark.objects.exists()


def test_marks_of_people_of_another_class_are_passed_over(
    coordinator: Client, now_on: Meeting, members: list[Member], cohort: object
) -> None:
    other = open_class(actor=None, cohort=cohort, fields={"name": "Lớp 2"})  # type: ignore[arg-type]
    away = Member.objects.create(training_class=other, enrolment=members[0].enrolment)
    tick(coordinator, now_on, [made(away, "present", "key-00001", clock.now())])
    assert not Mark.objects.exists()


def test_a_signed_sheet_is_evidence_for_all_that_are_ticked(
    coordinator: Client, now_on: Meeting, members: list[Member]
) -> None:
    path = f"/classes/meetings/{now_on.pk}/"
    sent = {f"m{member.pk}": "present" for member in members[:2]}
    coordinator.post(path, sent)
    sheet = SimpleUploadedFile("ky-ten.png", PNG, "image/png")
    coordinator.post(path, {**sent, "sheet": sheet})
    signed = Mark.objects.filter(evidence="sheet")
    assert signed.count() == 2
    assert all(one.file for one in signed)
    bad = SimpleUploadedFile("ky-ten.png", b"not a picture", "image/png")
    page = coordinator.post(path, {**sent, "sheet": bad}, follow=True).content.decode()
    assert "lt-alert" in page or "ds-alert" in page
    assert Mark.objects.count() == 4


def test_by_the_code_on_the_screen(
    coordinator: Client, learner: Client, now_on: Meeting, members: list[Member]
) -> None:
    page = text(coordinator, f"/classes/meetings/{now_on.pk}/code/")
    digits, token, _left = shown_now(now_on)
    assert f"{digits[:3]} {digits[3:]}" in page
    assert "<svg" in page
    path = f"/classes/meetings/{now_on.pk}/here/"
    assert f'value="{token}"' in text(learner, path, c=token)
    wrong = learner.post(path, {"code": "000000" if digits != "000000" else "111111"})
    assert "Mã không đúng hoặc đã đổi." in wrong.content.decode()
    learner.post(path, {"code": f"{digits[:3]} {digits[3:]}"})
    one = Mark.objects.get()
    assert (one.standing, one.evidence, one.member) == ("late", "code", members[0])
    learner.post(path, {"code": token})
    assert Mark.objects.count() == 1
    assert "Đến muộn" in text(learner, "/classes/mine/")


def test_scanned_without_network_and_sent_afterwards(
    learner: Client, now_on: Meeting, members: list[Member]
) -> None:
    scanned = now_on.starts_at + timedelta(minutes=5)
    with clock.fixed(scanned - timedelta(seconds=50)):  # the phone's clock is off by a minute
        _digits, token, _left = shown_now(now_on)
    path = f"/classes/meetings/{now_on.pk}/here/"
    assert learner.post(path, {"code": token}).status_code == 200
    learner.post(path, {"code": token, "scanned_ms": int(scanned.timestamp() * 1000)})
    one = Mark.objects.get()
    assert (one.standing, one.evidence) == ("present", "scan")
    assert one.made_at < one.received_at - timedelta(minutes=30)


def test_no_code_helps_outside_the_meeting(
    learner: Client, lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting
) -> None:
    tomorrow = make_meeting(lop, clock.now() + timedelta(days=1))
    digits, _token, _left = shown_now(tomorrow)
    page = learner.post(f"/classes/meetings/{tomorrow.pk}/here/", {"code": digits})
    assert "Lúc này buổi học không nhận mã điểm danh." in page.content.decode()


def test_guessing_is_stopped(learner: Client, now_on: Meeting, members: list[Member]) -> None:
    path = f"/classes/meetings/{now_on.pk}/here/"
    answers = [learner.post(path, {"code": "12345"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_only_members_may_come_in(
    now_on: Meeting, members: list[Member], people: list[Person], signed_in: SignedIn
) -> None:
    outside = signed_in(people[9])
    assert outside.get(f"/classes/meetings/{now_on.pk}/here/").status_code == 404
    assert outside.get(f"/classes/meetings/{now_on.pk}/dispute/").status_code == 404


def test_a_dispute_is_answered_and_told(
    coordinator: Client, learner: Client, now_on: Meeting, members: list[Member], lop: TrainingClass
) -> None:
    tick(coordinator, now_on, [made(members[0], "absent", "key-00001", clock.now())])
    path = f"/classes/meetings/{now_on.pk}/dispute/"
    assert "Điểm danh chưa đúng?" in text(learner, path)
    learner.post(path, {"words": "Tôi ngồi hàng cuối"})
    again = learner.post(path, {"words": "Nhắc lại"}).content.decode()
    assert "Ý kiến trước của anh/chị đang chờ trả lời." in again
    assert "Nhắc lại" in again
    found = Dispute.objects.get()
    assert "1 ý kiến về điểm danh chờ trả lời" in text(coordinator, f"/classes/{lop.pk}/")
    page = text(coordinator, f"/classes/disputes/{found.pk}/")
    assert "Tôi ngồi hàng cuối" in page
    assert "Danh sách của lớp" in page
    refused = coordinator.post(f"/classes/disputes/{found.pk}/", {"standing": "", "answer": ""})
    assert "Hãy nói vì sao không chấp nhận." in refused.content.decode()
    coordinator.post(
        f"/classes/disputes/{found.pk}/", {"standing": "present", "answer": "Đã xem lại ảnh"}
    )
    assert stands(now_on)[members[0].pk] == "present"
    told = Notice.objects.get(title__startswith="Trả lời ý kiến")
    assert told.body == "Chấp nhận. Đã xem lại ảnh"
    late = coordinator.post(f"/classes/disputes/{found.pk}/", {"standing": "absent"})
    assert "đã được giải quyết" in late.content.decode()


def attend(meeting: Meeting, member: Member, standing: str) -> None:
    key = f"{meeting.pk}-{member.pk}-{standing}"
    statement = Statement(member, standing, key, clock.now())
    mark(actor=None, meeting=meeting, statements=[statement], evidence="list")


def test_ending_a_class_makes_outcomes_and_ending_it_again_corrects_them(
    coordinator: Client,
    lop: TrainingClass,
    members: list[Member],
    make_meeting: MakeMeeting,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def end() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            coordinator.post(f"/classes/{lop.pk}/end/")

    meetings = [make_meeting(lop, clock.now() - timedelta(days=d)) for d in (3, 2)]
    for member in members:
        attend(meetings[0], member, "present")
    for member in members[:3]:
        attend(meetings[1], member, "late")
    assert "Ai dự từ 80% số tiết" in text(coordinator, f"/classes/{lop.pk}/end/")
    end()
    lop.refresh_from_db()
    assert lop.state == "ended"
    outcomes = Outcome.objects.order_by("enrolment_id").values_list("passed", "score")
    assert list(outcomes) == [(True, 100)] * 3 + [(False, 50)] * 2
    assert Enrolment.objects.filter(completed_at__isnull=False).count() == 3
    page = coordinator.post(f"/classes/meetings/{meetings[1].pk}/", {f"m{members[3].pk}": "late"})
    assert "Lớp đã kết thúc nên không điểm danh được nữa." in page.content.decode()
    assert not Mark.objects.filter(member=members[3], standing="late").exists()
    coordinator.post(f"/classes/{lop.pk}/reopen/")
    attend(meetings[1], members[3], "present")
    end()
    assert Outcome.objects.filter(passed=True).count() == 4
    assert Outcome.objects.count() == 5
    assert Enrolment.objects.filter(completed_at__isnull=False).count() == 4


def test_a_class_ends_only_when_all_is_held_and_answered(
    coordinator: Client, lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting
) -> None:
    def refusal() -> str:
        return coordinator.post(f"/classes/{lop.pk}/end/", follow=True).content.decode()

    assert "Lớp chưa có buổi học nào." in refusal()
    past = make_meeting(lop, clock.now() - timedelta(days=3))
    coming = make_meeting(lop, clock.now() + timedelta(days=3))
    assert "Lớp còn buổi học chưa diễn ra" in refusal()
    coordinator.post(f"/classes/meetings/{coming.pk}/cancel/", {"reason": "Đủ tiết"})
    Dispute.objects.create(meeting=past, member=members[0], words="Tôi có mặt")
    assert "Còn ý kiến về điểm danh chưa được trả lời." in refusal()
    assert not Outcome.objects.exists()


def test_the_table_and_the_files(
    coordinator: Client, lop: TrainingClass, members: list[Member], now_on: Meeting
) -> None:
    attend(now_on, members[0], "present")
    attend(now_on, members[1], "excused")
    page = text(coordinator, f"/classes/{lop.pk}/attendance/")
    assert "✓" in page
    assert "đạt khi dự từ 80% số tiết" in page
    answer = coordinator.get(f"/classes/{lop.pk}/attendance/export/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "TỈNH THÁI NGUYÊN"
    heads, *people = rows[4:]
    assert heads[:2] == ["STT", "Họ và tên"]
    assert len(people) == 5
    assert people[0][1] == "Nguyễn Văn An"
    assert people[0][5] == "Có mặt"
    assert people[0][6] == 4
    assert {row[5] for row in people} == {"Có mặt", "Vắng có phép", ""}
    answer = coordinator.get(f"/classes/meetings/{now_on.pk}/sign-in.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"


def test_a_calendar_to_subscribe_to(
    learner: Client, lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting
) -> None:
    meeting = make_meeting(lop, clock.now() + timedelta(days=2))
    assert "Buổi học tới" in text(learner, "/classes/mine/")
    page = learner.post("/classes/mine/feed/", follow=True).content.decode()
    path = "/classes/feed/" + page.partition("/classes/feed/")[2].partition("<")[0]
    assert path.endswith(".ics")
    assert path not in text(learner, "/classes/mine/")
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    event: Any
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == "Lớp 1"
    assert event["location"] == "Hội trường A"
    assert event.start == meeting.starts_at.replace(microsecond=0)
    learner.post("/classes/mine/feed/")
    assert Client().get(path).status_code == 404
    assert Client().get("/classes/feed/x.ics").status_code == 404


def test_the_learners_home_says_when(
    learner: Client, lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting
) -> None:
    assert "còn lớp học phải dự" in text(learner, "/")
    make_meeting(lop, clock.now() + timedelta(days=2))
    page = text(learner, "/")
    assert "Lớp học sắp tới" in page
    assert "/classes/mine/" in page
