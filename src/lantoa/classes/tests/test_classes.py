"""A coordinator opens a class, gives it days, a room, trainers and people."""

from datetime import timedelta

import pytest
from conftest import MakePerson
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.classes.actions.classes import cancel_class, change_class, open_class
from lantoa.classes.actions.meetings import set_trainers
from lantoa.classes.actions.members import place, place_first, take_out
from lantoa.classes.models import Meeting, Member, TrainingClass, Venue
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Cohort, Enrolment, Requirement

from .conftest import MakeMeeting, at, text

MOST_QUERIES = 26


def test_from_the_cohort_to_a_class_with_people(
    coordinator: Client, cohort: Cohort, requirement: Requirement, enrolled: list[Enrolment]
) -> None:
    page = text(coordinator, f"/plans/cohorts/{cohort.pk}/")
    assert f"/classes/cohorts/{cohort.pk}/new/" in page
    sent = {"name": " Lớp  1 ", "requirement": requirement.pk, "mode": "in_person", "capacity": 8}
    answer = coordinator.post(f"/classes/cohorts/{cohort.pk}/new/", sent)
    made = TrainingClass.objects.get()
    assert made.name == "Lớp 1"
    assert answer["Location"] == f"/classes/{made.pk}/meetings/new/"
    days = {"first_day": "07/12/2026", "days": 2, "halves": ["morning", "afternoon"], "periods": 4}
    coordinator.post(answer["Location"], days)
    first, *_rest, last = Meeting.objects.order_by("starts_at")
    assert Meeting.objects.count() == 4
    assert first.starts_at.isoformat() == "2026-12-07T00:30:00+00:00"
    assert last.ends_at.isoformat() == "2026-12-08T10:00:00+00:00"
    waiting = text(coordinator, f"/classes/{made.pk}/members/")
    assert "10 người chưa có lớp" in waiting
    chosen = [one.pk for one in enrolled[:3]]
    coordinator.post(f"/classes/{made.pk}/members/", {"step": "chosen", "enrolment": chosen})
    coordinator.post(f"/classes/{made.pk}/members/", {"step": "first"})
    assert Member.objects.filter(left_at=None).count() == 8
    page = text(coordinator, f"/classes/{made.pk}/")
    assert "Lớp 1: 8 trên 8 chỗ" in page
    assert "Xếp 3 người vào lớp" in page  # its history
    assert Notice.objects.filter(title="Anh/chị học lớp Lớp 1").count() == 8
    assert "2 người chưa có lớp" in text(coordinator, f"/classes/{made.pk}/members/")


def test_what_is_typed_wrong_is_said_and_stays(
    coordinator: Client, cohort: Cohort, lop: TrainingClass, make_meeting: MakeMeeting
) -> None:
    sent = {"name": "Lớp 1", "mode": "in_person", "capacity": 0, "note": "Mang máy tính"}
    page = coordinator.post(f"/classes/cohorts/{cohort.pk}/new/", sent).content.decode()
    assert "Mang máy tính" in page
    assert 'aria-invalid="true"' in page
    sent["capacity"] = 9
    page = coordinator.post(f"/classes/cohorts/{cohort.pk}/new/", sent).content.decode()
    assert "Đợt đã có lớp tên này." in page
    path = f"/classes/{lop.pk}/meetings/new/"
    days = {"first_day": "31/02/2026", "days": 1, "halves": ["morning"], "periods": 4}
    assert "31/02/2026" in coordinator.post(path, days).content.decode()
    days["first_day"] = "07/12/2026"
    coordinator.post(path, days)
    assert (
        "Lớp đã có buổi học lúc 07/12/2026 07:30." in coordinator.post(path, days).content.decode()
    )
    meeting = Meeting.objects.get()
    edit = {"day": "07/12/2026", "starts": "9:00", "ends": "8:00", "periods": 4, "topic": ""}
    page = coordinator.post(f"/classes/meetings/{meeting.pk}/edit/", edit).content.decode()
    assert "Giờ kết thúc phải sau giờ bắt đầu." in page


def test_a_room_and_a_trainer_are_in_one_place_at_a_time(
    cohort: Cohort,
    lop: TrainingClass,
    hall: Venue,
    make_meeting: MakeMeeting,
    make_person: MakePerson,
    province: Unit,
) -> None:
    held = make_meeting(lop, at(10))
    beside = open_class(actor=None, cohort=cohort, fields={"name": "Lớp 2", "venue": hall})
    with pytest.raises(ValidationError, match="Hội trường A đã có lớp Lớp 1"):
        make_meeting(beside, at(10, 11))
    assert not beside.meetings.exists()
    change_class(actor=None, training_class=beside, fields={"venue": None})
    other = make_meeting(beside, at(10, 11))
    with pytest.raises(ValidationError, match="Hội trường A đã có lớp Lớp 1"):
        change_class(actor=None, training_class=beside, fields={"venue": hall})
    trainer = make_person("Phạm Thị Giảng", province)
    set_trainers(actor=None, meetings=[held], trainers=[trainer])
    with pytest.raises(ValidationError, match="Phạm Thị Giảng đã dạy lớp Lớp 1"):
        set_trainers(actor=None, meetings=[other], trainers=[trainer])
    cancel_class(actor=None, training_class=lop, reason="Không đủ người")
    set_trainers(actor=None, meetings=[other], trainers=[trainer])
    assert other.teachings.get().trainer == trainer


def test_more_people_than_seats_or_people_engaged_elsewhere_are_refused(
    cohort: Cohort,
    lop: TrainingClass,
    enrolled: list[Enrolment],
    make_meeting: MakeMeeting,
) -> None:
    with pytest.raises(ValidationError, match="Lớp còn 8 chỗ, đang chọn 10 người"):
        place(actor=None, training_class=lop, enrolments=enrolled)
    assert not Member.objects.exists()
    make_meeting(lop, at(10))
    place(actor=None, training_class=lop, enrolments=enrolled[:2])
    beside = open_class(actor=None, cohort=cohort, fields={"name": "Hội thảo", "capacity": 20})
    make_meeting(beside, at(10, 11))
    with pytest.raises(ValidationError, match="2 người trùng lịch với lớp khác: Nguyễn Văn An"):
        place(actor=None, training_class=beside, enrolments=enrolled[:5])
    assert place_first(actor=None, training_class=beside) == 8
    assert take_out(actor=None, member=Member.objects.filter(training_class=lop)[0])
    assert place_first(actor=None, training_class=beside) == 1


def test_who_is_in_a_class_of_the_same_matter_waits_for_no_other(
    coordinator: Client,
    cohort: Cohort,
    requirement: Requirement,
    lop: TrainingClass,
    enrolled: list[Enrolment],
) -> None:
    place(actor=None, training_class=lop, enrolments=enrolled[:4])
    second = open_class(
        actor=None, cohort=cohort, fields={"name": "Lớp 2", "requirement": requirement}
    )
    assert "6 người chưa có lớp" in text(coordinator, f"/classes/{second.pk}/members/")
    found = text(coordinator, f"/classes/{second.pk}/members/", q="minh")
    assert "1 người chưa có lớp" in found
    assert "Nguyễn Văn Minh" in found
    cancel_class(actor=None, training_class=lop, reason="Không đủ người")
    assert "10 người chưa có lớp" in text(coordinator, f"/classes/{second.pk}/members/")


def test_a_moved_or_cancelled_meeting_is_told(
    coordinator: Client, lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting
) -> None:
    meeting = make_meeting(lop, at(10))
    Notice.objects.all().delete()
    edit = {"day": "07/12/2026", "starts": "8:00", "ends": "11:00", "periods": 3, "topic": "Mạng"}
    coordinator.post(f"/classes/meetings/{meeting.pk}/edit/", edit)
    meeting.refresh_from_db()
    assert (meeting.periods, meeting.topic) == (3, "Mạng")
    told = Notice.objects.first()
    assert Notice.objects.count() == 5
    assert told is not None
    assert "chuyển sang 07/12/2026 08:00, Hội trường A" in told.body
    path = f"/classes/meetings/{meeting.pk}/cancel/"
    assert "Hủy buổi 07/12/2026 08:00?" in text(coordinator, path)
    coordinator.post(path, {"reason": ""})
    assert not Meeting.objects.filter(cancelled_at__isnull=False).exists()
    coordinator.post(path, {"reason": "Bão số 9"})
    assert Meeting.objects.filter(cancelled_at__isnull=False).exists()
    assert Notice.objects.filter(title="Lớp Lớp 1 nghỉ một buổi").count() == 5
    assert "Bão số 9" in text(coordinator, f"/classes/{lop.pk}/")


def test_trainers_their_load_and_the_week(
    coordinator: Client,
    lop: TrainingClass,
    make_meeting: MakeMeeting,
    make_person: MakePerson,
    province: Unit,
) -> None:
    trainer = make_person("Phạm Thị Giảng", province)
    meetings = [make_meeting(lop, at(3)), make_meeting(lop, at(4))]
    path = f"/classes/{lop.pk}/trainers/"
    assert "Phạm Thị Giảng" in text(coordinator, path, q="giang pham")
    sent = {"trainer": [trainer.pk], "meeting": [meeting.pk for meeting in meetings]}
    coordinator.post(path, sent)
    year = meetings[0].starts_at.year
    page = text(coordinator, "/classes/trainers/", year=year)
    assert "1 giảng viên" in page
    assert "Phạm Thị Giảng" in page
    day = meetings[0].starts_at.date()
    page = text(coordinator, "/classes/timetable/", week=day.isoformat())
    assert "Lớp 1" in page
    assert "Phạm Thị Giảng" in page
    assert "không có buổi học nào" in text(coordinator, "/classes/timetable/", week="2001-01-01")
    assert text(coordinator, "/classes/timetable/", week="mai")


def test_rooms_are_kept_once(coordinator: Client, province: Unit, hall: Venue) -> None:
    sent = {"unit": province.pk, "name": "Hội trường A", "seats": 50, "latitude": "21.6"}
    page = coordinator.post("/classes/venues/new/", sent).content.decode()
    assert "Hãy nhập cả vĩ độ và kinh độ" in page
    sent["longitude"] = "105.8"
    page = coordinator.post("/classes/venues/new/", sent).content.decode()
    assert "Đơn vị đã có địa điểm tên này." in page
    coordinator.post("/classes/venues/new/", {**sent, "name": "Phòng 201"})
    assert "2 địa điểm" in text(coordinator, "/classes/venues/")
    path = f"/classes/venues/{hall.pk}/edit/"
    coordinator.post(path, {"name": "Hội trường lớn", "seats": 200})
    coordinator.post(f"/classes/venues/{Venue.objects.last().pk}/edit/", {"step": "close"})  # type: ignore[union-attr]
    page = text(coordinator, "/classes/venues/")
    assert "1 địa điểm" in page
    assert "Hội trường lớn" in page


def test_a_commune_sees_its_own_people_only(
    commune_coordinator: Client, lop: TrainingClass, members: list[Member], now_on: Meeting
) -> None:
    page = text(commune_coordinator, f"/classes/{lop.pk}/")
    assert "Nguyễn Văn An" in page
    assert "Nguyễn Văn Giang" not in page
    assert "3 học viên" in page
    assert "Nguyễn Văn Giang" not in text(commune_coordinator, f"/classes/{lop.pk}/attendance/")
    for path in (f"{lop.pk}/edit/", f"{lop.pk}/members/", f"meetings/{now_on.pk}/"):
        assert commune_coordinator.get(f"/classes/{path}").status_code == 404, path


def test_others_find_nothing(
    stranger: Client, learner: Client, lop: TrainingClass, members: list[Member], now_on: Meeting
) -> None:
    for path in (f"{lop.pk}/", f"{lop.pk}/members/", f"meetings/{now_on.pk}/", f"{lop.pk}/end/"):
        for client in (stranger, learner):
            assert client.get(f"/classes/{path}").status_code == 404, path
            assert client.post(f"/classes/{path}").status_code in (404, 405), path
    assert "0 lớp" in text(stranger, "/classes/")


def test_a_trainer_runs_the_roll_of_their_class(
    lop: TrainingClass,
    members: list[Member],
    now_on: Meeting,
    people: list[Person],
    signed_in: object,
) -> None:
    trainer = people[9]
    client = signed_in(trainer)  # type: ignore[operator]
    assert client.get(f"/classes/meetings/{now_on.pk}/").status_code == 404
    set_trainers(actor=None, meetings=[now_on], trainers=[trainer])
    assert "trên 5 người có mặt" in text(client, f"/classes/meetings/{now_on.pk}/")
    assert "Lớp 1" in text(client, "/classes/")
    assert client.get(f"/classes/{lop.pk}/edit/").status_code == 404


def test_pages_ask_no_more_for_more_people(
    coordinator: Client,
    lop: TrainingClass,
    enrolled: list[Enrolment],
    make_meeting: MakeMeeting,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(1, 5):
        make_meeting(lop, at(-day))
    place_first(actor=None, training_class=lop)
    for path in ("", "attendance/", "members/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            text(coordinator, f"/classes/{lop.pk}/{path}")
    with django_assert_max_num_queries(MOST_QUERIES):
        text(coordinator, "/classes/")


def test_a_class_that_is_over_stands(lop: TrainingClass, enrolled: list[Enrolment]) -> None:
    cancel_class(actor=None, training_class=lop, reason="Không đủ người")
    with pytest.raises(ValidationError, match="đã kết thúc hoặc đã hủy"):
        place(actor=None, training_class=lop, enrolments=enrolled[:1])
    event = Event.objects.filter(action="classes.cancel_class").get()
    assert event.data == {"reason": "Không đủ người"}
    assert clock.now() - event.at < timedelta(minutes=5)
