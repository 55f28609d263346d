"""An online class on the agency's BigBlueButton: opened, joined, seen, ended, watched again."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import SignedIn
from django.core.cache import cache
from django.test import Client

from lantoa.audit.models import Event
from lantoa.classes.actions.online import enter, judge_over, pulse
from lantoa.classes.actions.rooms import ask_rooms
from lantoa.classes.models import Meeting, Member, Presence, Room, Stay, TrainingClass
from lantoa.installation.actions import change_conference
from lantoa.installation.tests.bbb import SECRET, Fake, serving
from lantoa.kernel import clock
from lantoa.people.models import Person

from .conftest import MakeMeeting, text


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def bbb(db: None) -> Iterator[Fake]:
    with serving() as fake:
        change_conference(actor=None, secret=SECRET, conference_url=fake.url)
        yield fake


@pytest.fixture
def meeting(
    bbb: Fake, lop: TrainingClass, members: list[Member], make_meeting: MakeMeeting
) -> Meeting:
    """Four hours from tomorrow on; five members."""
    lop.mode, lop.tool = TrainingClass.Mode.ONLINE, TrainingClass.Tool.BIGBLUEBUTTON
    lop.save()
    return make_meeting(lop, clock.now() + timedelta(days=1))


def door(meeting: Meeting, which: str) -> str:
    return f"/classes/meetings/{meeting.pk}/{which}/"


def joined(page: str) -> dict[str, list[str]]:
    address = page.partition('content="0;url=')[2].partition('"')[0].replace("&amp;", "&")
    return parse_qs(urlsplit(address).query)


def test_the_choice_is_there_once_a_server_is(
    coordinator: Client, lop: TrainingClass, bbb: Fake
) -> None:
    path = f"/classes/{lop.pk}/edit/"
    assert "BigBlueButton của cơ quan" in text(coordinator, path)
    sent = {"name": "Lớp 1", "requirement": lop.requirement_id, "mode": "online", "capacity": 8}
    coordinator.post(path, {**sent, "tool": "bigbluebutton"})
    lop.refresh_from_db()
    assert lop.tool == "bigbluebutton"
    change_conference(actor=None, secret="", conference_url="")
    assert "BigBlueButton của cơ quan" not in text(coordinator, path)
    coordinator.post(path, sent)
    lop.refresh_from_db()
    assert lop.tool == "bigbluebutton", "what isn't asked stays"


def test_the_trainer_opens_members_join_by_name_and_all_are_sent_out(
    coordinator: Client, learner: Client, meeting: Meeting, members: list[Member], bbb: Fake
) -> None:
    with clock.fixed(meeting.starts_at - timedelta(minutes=16)):
        early = coordinator.post(door(meeting, "room"), follow=True).content.decode()
        assert "Chưa đến giờ vào lớp" in early
    with clock.fixed(meeting.starts_at - timedelta(minutes=10)):
        assert "Giảng viên chưa mở phòng" in text(learner, door(meeting, "join"))
        assert "chưa mở phòng" in learner.post(door(meeting, "go"), follow=True).content.decode()
        assert "Mở phòng BigBlueButton" in text(coordinator, door(meeting, "online"))
        sent = joined(coordinator.post(door(meeting, "room")).content.decode())
        assert sent["role"] == ["MODERATOR"]
        assert sent["fullName"] == ["Đầu Mối Tỉnh"]
        coordinator.post(door(meeting, "room"))
        mine = joined(learner.post(door(meeting, "go")).content.decode())
    room = Room.objects.get()
    assert list(bbb.rooms) == [room.key]
    assert mine["role"] == ["VIEWER"]
    assert mine["userID"] == [f"m{members[0].pk}"]
    assert mine["fullName"] == ["Nguyễn Văn An"]
    assert mine["meetingID"] == [room.key]
    assert Event.objects.filter(action="classes.open_room").count() == 1
    with clock.fixed(meeting.starts_at):
        page = coordinator.post(door(meeting, "room/end"), follow=True).content.decode()
        assert "Đã kết thúc phòng học." in page
        assert not bbb.rooms
        assert "chưa mở phòng" in learner.post(door(meeting, "go"), follow=True).content.decode()
        coordinator.post(door(meeting, "room"))
    assert list(bbb.rooms) == [room.key], "opened again, it is the same room"


def test_who_is_in_the_room_was_there_and_a_page_left_open_was_not(
    coordinator: Client, meeting: Meeting, members: list[Member], bbb: Fake
) -> None:
    with clock.fixed(meeting.starts_at):
        coordinator.post(door(meeting, "room"))
        enter(meeting=meeting, member=members[1])
    key = Room.objects.get().key
    strangers = ["u1", "m999999", "m", "mx", "m99999999999999999999999", ""]
    bbb.rooms[key] = [f"m{members[0].pk}", *strangers]
    for minute in range(0, 200, 2):
        with clock.fixed(meeting.starts_at + timedelta(minutes=minute)):
            assert ask_rooms() == 1
            assert ask_rooms() == 0, "not twice in a minute"
            pulse(meeting=meeting, member=members[1])
    with clock.fixed(meeting.starts_at + timedelta(minutes=200)):
        page = text(coordinator, door(meeting, "online"))
        assert "198/240 (82%)" in page
    with clock.fixed(meeting.ends_at + timedelta(minutes=1)):
        assert ask_rooms() == 0, "the meeting is over"
        assert judge_over() == 1
    stands = Presence.objects.get()
    assert (stands.member, stands.standing, stands.evidence) == (members[0], "present", "online")


def test_a_server_that_stops_answering_breaks_nothing(
    coordinator: Client, learner: Client, meeting: Meeting, members: list[Member], bbb: Fake
) -> None:
    bbb.status = 500
    with clock.fixed(meeting.starts_at):
        said = coordinator.post(door(meeting, "room"), follow=True).content.decode()
        assert "Máy chủ phòng học trả lời mã 500. Có thể ghi một đường dẫn khác" in said
        assert not Room.objects.exists()
        bbb.status = 200
        coordinator.post(door(meeting, "room"))
        bbb.status = 500
        assert ask_rooms() == 0
        assert "Lớp vẫn học được" in text(coordinator, door(meeting, "online"))
        assert "đang không trả lời" in text(learner, door(meeting, "join"))
        coordinator.post(door(meeting, "online"), {"link": "https://khac.example.vn/1"})
        sent = learner.post(door(meeting, "go")).content.decode()
        assert "url=https://khac.example.vn/1" in sent
        assert Stay.objects.get().source == "page"
    bbb.status = 200
    with clock.fixed(meeting.starts_at + timedelta(minutes=5)):
        assert ask_rooms() == 1
    assert Room.objects.get().problem == ""


def test_recordings_are_for_the_class_and_asked_rarely(
    coordinator: Client,
    learner: Client,
    meeting: Meeting,
    bbb: Fake,
    people: list[Person],
    signed_in: SignedIn,
) -> None:
    assert learner.get(door(meeting, "recordings")).status_code == 404, "no room was opened"
    with clock.fixed(meeting.starts_at):
        coordinator.post(door(meeting, "room"))
    assert "Chưa có bản ghi" in text(learner, door(meeting, "recordings"))
    bbb.recordings = (
        "<recording><name>Buổi 1</name><startTime>1700000000000</startTime><playback><format>"
        "<type>video</type><url>https://hop.example.vn/1</url><length>62</length></format>"
        "</playback></recording>"
    )
    cache.clear()
    for _again in range(3):
        assert "https://hop.example.vn/1" in text(learner, door(meeting, "recordings"))
    assert "Buổi 1" in text(coordinator, door(meeting, "recordings"))
    assert len(bbb.asked("getRecordings")) == 2
    with clock.fixed(meeting.ends_at + timedelta(hours=1)):
        assert door(meeting, "recordings") in text(learner, door(meeting, "join"))
    cache.clear()
    bbb.status = 500
    assert "trả lời mã 500" in text(learner, door(meeting, "recordings"))
    assert signed_in(people[9]).get(door(meeting, "recordings")).status_code == 404


def test_only_who_runs_the_class_opens_and_ends(
    learner: Client, commune_coordinator: Client, stranger: Client, meeting: Meeting, bbb: Fake
) -> None:
    with clock.fixed(meeting.starts_at):
        for who in (learner, commune_coordinator, stranger):
            assert who.post(door(meeting, "room")).status_code == 404
            assert who.post(door(meeting, "room/end")).status_code == 404
    assert bbb.calls == []
