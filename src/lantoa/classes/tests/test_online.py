"""A meeting online: the door, being there, and the marks that come of it."""

from datetime import timedelta

import pytest
from conftest import Grant, SignedIn
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lantoa.accounts import idle
from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.online import enter, judge, judge_over, pulse
from lantoa.classes.models import Entry, Mark, Meeting, Member, Presence, Stay, TrainingClass
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit

from .conftest import MakeMeeting, text

LINK = "https://meet.example.vn/lop-1"
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def online(lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting) -> Meeting:
    """Four hours from tomorrow on, by a link; five members."""
    lop.mode, lop.link = TrainingClass.Mode.ONLINE, LINK
    lop.save()
    return make_meeting(lop, clock.now() + timedelta(days=1))


def stay(meeting: Meeting, member: Member, since: int, until: int) -> None:
    """From so many minutes after the beginning until so many, the page open all the while."""
    with clock.fixed(meeting.starts_at + timedelta(minutes=since)):
        enter(meeting=meeting, member=member)
    for minute in range(since + 1, until + 1):
        with clock.fixed(meeting.starts_at + timedelta(minutes=minute)):
            pulse(meeting=meeting, member=member)


def marks(meeting: Meeting) -> dict[int, tuple[str, str]]:
    rows = Presence.objects.filter(meeting=meeting)
    return {row.member_id: (row.standing, row.evidence) for row in rows}


def test_the_door_opens_a_quarter_of_an_hour_before(
    learner: Client, online: Meeting, members: list[Member]
) -> None:
    path = f"/classes/meetings/{online.pk}/"
    with clock.fixed(online.starts_at - timedelta(minutes=16)):
        page = text(learner, f"{path}join/")
        assert "Cửa lớp mở lúc" in page
        assert "data-until" in page
        assert LINK not in page
        refused = learner.post(f"{path}go/", follow=True).content.decode()
        assert "Chưa đến giờ vào lớp" in refused
        assert learner.post(f"{path}pulse/").status_code == 409
    assert not Entry.objects.exists()
    with clock.fixed(online.starts_at - timedelta(minutes=14)):
        assert "Vào lớp</button>" in text(learner, f"{path}join/")
        sent = learner.post(f"{path}go/")
        assert f"url={LINK}" in sent.content.decode()
        assert sent["Referrer-Policy"] == "no-referrer"
    entry = Entry.objects.get()
    assert entry.member == members[0]
    with clock.fixed(online.starts_at + timedelta(minutes=1)):
        learner.post(f"{path}go/")
        assert "Vào lại lớp" in text(learner, f"{path}join/")
    assert Entry.objects.count() == 1


def test_pulses_count_once_and_only_after_going_in(
    learner: Client, online: Meeting, members: list[Member]
) -> None:
    path = f"/classes/meetings/{online.pk}/"
    starts = online.starts_at
    with clock.fixed(starts):
        assert learner.post(f"{path}pulse/").json() == {"in": False, "minutes": 0, "said": ""}
        learner.post(f"{path}go/")
    for second in (60, 60, 61, 120, 180):
        with clock.fixed(starts + timedelta(seconds=second)):
            told = learner.post(f"{path}pulse/").json()
    assert told == {
        "in": True, "minutes": 3, "said": "Đã ghi nhận 3 trên 240 phút của buổi học.",
    }  # fmt: skip
    assert Stay.objects.count() == 1
    # A tab that slept for ten minutes loses those ten.
    for second in (780, 840):
        with clock.fixed(starts + timedelta(seconds=second)):
            told = learner.post(f"{path}pulse/").json()
    assert told["minutes"] == 4
    assert Stay.objects.count() == 2
    with clock.fixed(online.ends_at + timedelta(seconds=1)):
        assert learner.post(f"{path}pulse/").status_code == 409
        assert "Đã ghi nhận 4 trên 240 phút" in text(learner, f"{path}join/")


def test_nobody_pulses_for_another_class_or_in_a_flood(
    learner: Client, online: Meeting, people: list[Person], signed_in: SignedIn
) -> None:
    path = f"/classes/meetings/{online.pk}/"
    outside = signed_in(people[9])
    with clock.fixed(online.starts_at):
        for door in ("join", "online"):
            assert outside.get(f"{path}{door}/").status_code == 404
        for door in ("go", "pulse", "online/judge"):
            assert outside.post(f"{path}{door}/").status_code == 404
            assert Client().post(f"{path}{door}/").status_code == 302
        assert learner.get(f"{path}online/").status_code == 404
        learner.post(f"{path}go/", {"member": 3})
        answers = [learner.post(f"{path}pulse/").status_code for _ in range(45)]
    assert answers == [200] * 40 + [429] * 5
    assert {one.member.enrolment.person_id for one in Stay.objects.all()} == {people[0].pk}


def test_there_is_no_door_to_a_meeting_in_a_room_or_that_was_cancelled(
    learner: Client, now_on: Meeting, members: list[Member], lop: TrainingClass
) -> None:
    path = f"/classes/meetings/{now_on.pk}/join/"
    assert learner.get(path).status_code == 404
    TrainingClass.objects.update(mode="online")
    assert "Buổi này chưa có đường dẫn" in text(learner, path)
    Meeting.objects.update(cancelled_at=clock.now(), cancel_reason="x")
    assert learner.get(path).status_code == 404


def test_who_listens_is_not_locked_out(
    learner: Client,
    online: Meeting,
    members: list[Member],
    people: list[Person],
    grant: Grant,
    province: Unit,
    signed_in: SignedIn,
) -> None:
    path = f"/classes/meetings/{online.pk}/"
    assert "data-idle-seconds" in text(learner, f"{path}join/"), "the door is shut"
    with clock.fixed(online.starts_at):
        assert "data-idle-seconds" not in text(learner, f"{path}join/")
        learner.post(f"{path}go/")
    with clock.fixed(online.starts_at + timedelta(hours=3)):
        learner.post(f"{path}pulse/")
    held = learner.session[idle.HELD_UNTIL]
    assert held == (online.starts_at + timedelta(hours=3, minutes=5)).timestamp()
    grant(people[1], "administrator", province)
    administrator = signed_in(people[1])
    with clock.fixed(online.starts_at):
        assert "data-idle-seconds" in text(administrator, f"{path}join/")


def test_after_the_meeting_who_was_there_is_marked_and_nobody_is_absent(
    online: Meeting, members: list[Member]
) -> None:
    stay(online, members[0], 0, 200)
    stay(online, members[1], 20, 239)
    stay(online, members[2], 0, 100)
    person = Statement(members[4], "absent", "said-by-hand", online.starts_at)
    stay(online, members[4], 0, 239)
    with clock.fixed(online.ends_at):
        mark(actor=None, meeting=online, statements=[person], evidence="list")
    with clock.fixed(online.ends_at - timedelta(minutes=1)):
        assert judge_over() == 0
    with clock.fixed(online.ends_at + timedelta(minutes=1)):
        assert judge_over() == 2
        assert judge_over() == 0
        assert judge(actor=None, meeting=online) == 0
    assert marks(online) == {
        members[0].pk: ("present", "online"),
        members[1].pk: ("late", "online"),
        members[4].pk: ("absent", "list"),
    }
    note = Mark.objects.get(member=members[0]).note
    assert note == "Dự trực tuyến 200 trên 240 phút (83%)"


def test_what_a_person_says_stands_whichever_arrives_first(
    online: Meeting, members: list[Member]
) -> None:
    stay(online, members[0], 0, 239)
    said = Statement(members[0], "absent", "offline-key-1", online.starts_at + timedelta(hours=1))
    with clock.fixed(online.ends_at + timedelta(minutes=1)):
        judge_over()
        assert marks(online)[members[0].pk] == ("present", "online")
        # Made on a phone without network before the presence was read, arriving after.
        mark(actor=None, meeting=online, statements=[said], evidence="offline")
        assert marks(online)[members[0].pk] == ("absent", "offline")
        late = Statement(members[0], "present", "online-again", clock.now())
        mark(actor=None, meeting=online, statements=[late], evidence="online")
    assert marks(online)[members[0].pk] == ("absent", "offline")


def test_the_share_is_the_classs_own(
    coordinator: Client, online: Meeting, members: list[Member], lop: TrainingClass
) -> None:
    stay(online, members[0], 30, 155)
    path = f"/classes/{lop.pk}/edit/"
    sent = {"name": "Lớp 1", "requirement": lop.requirement_id, "mode": "online", "capacity": 8}
    sent |= {"link": LINK, "online_share": "96", "late_after": "30"}
    assert 'aria-invalid="true"' in coordinator.post(path, sent).content.decode()
    coordinator.post(path, {**sent, "online_share": "50"})
    with clock.fixed(online.starts_at + timedelta(minutes=156)):
        page = coordinator.post(f"/classes/meetings/{online.pk}/online/judge/", follow=True)
        assert "Đã điểm danh 1 người theo thời gian dự" in page.content.decode()
    assert marks(online) == {members[0].pk: ("present", "online")}


def test_who_runs_the_class_sees_who_is_in(
    coordinator: Client,
    online: Meeting,
    members: list[Member],
    commune_coordinator: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    stay(online, members[0], 0, 60)
    stay(online, members[1], 0, 30)
    path = f"/classes/meetings/{online.pk}/online/"
    with clock.fixed(online.starts_at + timedelta(minutes=61)):
        with django_assert_max_num_queries(MOST_QUERIES):
            page = text(coordinator, path)
        assert page.count("Trong lớp") == 1
        assert page.count("Đã ra") == 1
        assert page.count("Chưa vào") == 3
        assert "60/240 (25%)" in page
        assert 'hx-trigger="every 15s"' in page
        part = coordinator.get(path, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert commune_coordinator.get(path).status_code == 404


def test_a_meetings_own_link_goes_before_the_classs(
    coordinator: Client, learner: Client, online: Meeting
) -> None:
    path = f"/classes/meetings/{online.pk}/"
    page = coordinator.post(f"{path}online/", {"link": "ftp://x.example/a"}).content.decode()
    assert "Đường dẫn phải bắt đầu bằng https:// hoặc http://." in page
    assert "ftp://x.example/a" in page
    coordinator.post(f"{path}online/", {"link": "javascript:alert(1)"})
    online.refresh_from_db()
    assert online.link == ""
    coordinator.post(f"{path}online/", {"link": "https://khac.example.vn/1"})
    with clock.fixed(online.starts_at):
        sent = learner.post(f"{path}go/").content.decode()
    assert "url=https://khac.example.vn/1" in sent


def test_what_is_no_web_address_is_never_followed(
    learner: Client, online: Meeting, lop: TrainingClass
) -> None:
    TrainingClass.objects.update(link="javascript:alert(1)")
    with clock.fixed(online.starts_at):
        page = learner.post(f"/classes/meetings/{online.pk}/go/", follow=True).content.decode()
    assert "Buổi này chưa có đường dẫn" in page
    assert "javascript:alert" not in page
    assert not Entry.objects.exists()


def test_a_class_that_ends_reads_its_presence_first_and_shuts_its_door(
    online: Meeting, members: list[Member], lop: TrainingClass, learner: Client
) -> None:
    stay(online, members[0], 0, 239)
    with clock.fixed(online.ends_at + timedelta(seconds=5)):
        assert end_class(actor=None, training_class=lop) == 1
        with pytest.raises(ValidationError, match="Lớp đã kết thúc"):
            judge(actor=None, meeting=online)
        assert judge_over() == 0
    assert marks(online)[members[0].pk] == ("present", "online")


def test_a_learner_finds_the_door_among_their_classes(learner: Client, online: Meeting) -> None:
    with clock.fixed(online.starts_at):
        assert f"/classes/meetings/{online.pk}/join/" in text(learner, "/classes/mine/")
        page = learner.post("/classes/mine/feed/", follow=True).content.decode()
    path = "/classes/feed/" + page.partition("/classes/feed/")[2].partition("<")[0]
    calendar = Client().get(path).content.decode().replace("\r\n ", "")
    assert f"/classes/meetings/{online.pk}/join/" in calendar
    assert LINK not in calendar
