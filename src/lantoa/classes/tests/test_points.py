"""A bridge: one broadcast, many venues; each reports from a phone, the centre sees all of them."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from itertools import permutations

import pytest
from conftest import MakePerson, SignedIn
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from lantoa.classes.actions.classes import change_class
from lantoa.classes.actions.points import add_points, report, seat_at_points, set_keeper
from lantoa.classes.models import (
    Mark,
    Meeting,
    Member,
    Point,
    PointEvent,
    PointStanding,
    TrainingClass,
    Venue,
)
from lantoa.classes.queries.points import board_of
from lantoa.classes.rules.bridge import Kind, Light, Report, light, standing
from lantoa.kernel import clock
from lantoa.people.models import Unit

from .conftest import text

BOARD_QUERIES = 16
VENUES = 192
AT = datetime.fromisoformat("2026-11-27T01:00:00+00:00")


@pytest.fixture
def bridge(lop: TrainingClass, members: list[Member], now_on: Meeting) -> TrainingClass:
    change_class(actor=None, training_class=lop, fields={"mode": "bridge", "capacity": 20_000})
    lop.refresh_from_db()
    return lop


@pytest.fixture
def points(bridge: TrainingClass, commune: Unit, other_commune: Unit) -> list[Point]:
    venues = [
        Venue.objects.create(unit=unit, name=f"Hội trường {unit.name}")
        for unit in (commune, other_commune)
    ]
    add_points(actor=None, training_class=bridge, venues=venues)
    return list(Point.objects.order_by("pk"))


@pytest.fixture
def keeper(
    points: list[Point], commune: Unit, make_person: MakePerson, signed_in: SignedIn
) -> Client:
    person = make_person("Phụ Trách Điểm", commune)
    seat_at_points(actor=None, training_class=points[0].training_class)
    set_keeper(actor=None, point=points[0], keeper=person.user)
    return signed_in(person)


Said = dict[str, object]


def says(client: Client, point: Point, meeting: Meeting, *reports: Said) -> Said:
    path = f"/classes/points/{point.pk}/at/{meeting.pk}/reports/"
    body = json.dumps({"reports": list(reports)})
    answer = client.post(path, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    told: dict[str, object] = answer.json()
    return told


def one(kind: str, key: str, minutes: int = 0, **more: object) -> dict[str, object]:
    at = clock.now() - timedelta(minutes=30 - minutes)
    return {"kind": kind, "key": f"key-{key}", "made_ms": int(at.timestamp() * 1000), **more}


def test_points_are_added_staffed_and_people_seated(
    coordinator: Client,
    bridge: TrainingClass,
    commune: Unit,
    province: Unit,
    make_person: MakePerson,
) -> None:
    venue = Venue.objects.create(unit=commune, name="Hội trường xã")
    beside = Venue.objects.create(unit=province, name="Hội trường tỉnh")
    path = f"/classes/{bridge.pk}/points/"
    assert "5 người chưa có điểm cầu" in text(coordinator, path)
    coordinator.post(path, {"step": "add", "venue": [venue.pk, beside.pk]})
    coordinator.post(path, {"step": "add", "venue": [venue.pk]})
    assert Point.objects.count() == 2
    page = coordinator.post(path, {"step": "seat"}, follow=True).content.decode()
    assert "Đã xếp 5 người vào điểm cầu của đơn vị." in page
    at_commune = Point.objects.get(venue=venue)
    # The other commune has no point: its people go to the province's.
    assert at_commune.members.count() == 3
    assert Point.objects.get(venue=beside).members.count() == 2
    person = make_person("Phụ Trách Điểm", commune)
    edit = f"/classes/points/{at_commune.pk}/edit/"
    assert "Phụ Trách Điểm" in text(coordinator, edit)
    coordinator.post(edit, {"step": "keeper", "person": person.pk})
    at_commune.refresh_from_db()
    assert at_commune.keeper == person.user
    moved = Member.objects.filter(point=at_commune)[0]
    seat = f"/classes/members/{moved.pk}/point/"
    assert "Hội trường tỉnh" in text(coordinator, seat)
    coordinator.post(seat, {"point": Point.objects.get(venue=beside).pk})
    assert at_commune.members.count() == 2
    coordinator.post(seat, {"point": at_commune.pk})
    assert at_commune.members.count() == 3
    coordinator.post(edit, {"step": "remove"})
    assert Point.objects.count() == 1
    assert Member.objects.filter(point=None).count() == 3


def test_a_keeper_reports_and_the_centre_sees_it(
    coordinator: Client, keeper: Client, points: list[Point], now_on: Meeting
) -> None:
    page = text(keeper, f"/classes/points/{points[0].pk}/at/{now_on.pk}/")
    assert "Mở điểm cầu" in page
    assert "Nguyễn Văn An" in page
    assert "Nguyễn Văn Giang" not in page
    told = says(
        keeper,
        points[0],
        now_on,
        one("open", "00001", 1),
        one("link_up", "00002", 2),
        one("headcount", "00003", 3, number=41),
        one("walk_in", "00004", 4, note="Lê Văn Lạ, Trạm y tế"),
    )
    assert told["open"] is True
    assert told["headcount"] == 41
    board = text(coordinator, f"/classes/meetings/{now_on.pk}/board/")
    assert "41/3" in board
    assert "Chưa mở" in board
    says(keeper, points[0], now_on, one("problem", "00005", 5, note="Mất điện"))
    answer = coordinator.get(
        f"/classes/meetings/{now_on.pk}/board/", headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in answer
    assert "Sự cố: Mất điện" in answer
    says(keeper, points[0], now_on, one("solved", "00006", 6), one("link_down", "00007", 7))
    assert board_of(now_on).counts["down"] == 1
    assert "Lê Văn Lạ" in text(keeper, f"/classes/points/{points[0].pk}/at/{now_on.pk}/")


def test_reports_that_waited_for_network_arrive_late_twice_and_in_any_order(
    keeper: Client, points: list[Point], now_on: Meeting
) -> None:
    reports = [
        one("open", "00001", 1),
        one("headcount", "00002", 2, number=10),
        one("headcount", "00003", 9, number=44),
        one("link_down", "00004", 5),
        one("link_up", "00005", 8),
    ]
    for order in list(permutations(reports))[::17]:
        PointStanding.objects.all().delete()
        for each in order:
            says(keeper, points[0], now_on, each)
        says(keeper, points[0], now_on, *order)
        row = PointStanding.objects.get()
        assert (row.headcount, row.link_up, row.open_problems) == (44, True, 0)
        assert PointEvent.objects.count() == 5


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "{}",
        '{"reports": [{}]}',
        '{"reports": [{"kind": "explode", "key": "key-00001", "made_ms": 1}]}',
        '{"reports": [{"kind": "headcount", "key": "key-00001", "made_ms": 1, "number": -3}]}',
        '{"reports": [{"kind": "problem", "key": "key-00001", "made_ms": 1, "note": 7}]}',
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    keeper: Client, points: list[Point], now_on: Meeting, bad: str
) -> None:
    path = f"/classes/points/{points[0].pk}/at/{now_on.pk}/reports/"
    answer = keeper.post(path, bad, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"] == "Báo cáo không đọc được."
    assert not PointStanding.objects.exists()


def test_a_keeper_marks_their_own_people_and_no_others(
    keeper: Client, points: list[Point], now_on: Meeting, members: list[Member]
) -> None:
    made = int(clock.now().timestamp() * 1000)
    marks = [
        {"key": f"key-{m.pk:05}", "member": m.pk, "standing": "present", "made_ms": made}
        for m in members
    ]
    path = f"/classes/meetings/{now_on.pk}/marks/"
    keeper.post(path, json.dumps({"marks": marks}), content_type="application/json")
    assert set(Mark.objects.values_list("member", flat=True)) == {m.pk for m in members[:3]}
    assert keeper.get(f"/classes/points/{points[1].pk}/at/{now_on.pk}/").status_code == 404
    assert keeper.get(f"/classes/points/{points[0].pk}/edit/").status_code == 404
    assert "Lớp 1" in text(keeper, "/classes/")


def test_others_find_no_point(
    stranger: Client, learner: Client, points: list[Point], now_on: Meeting
) -> None:
    for path in (
        f"points/{points[0].pk}/at/{now_on.pk}/",
        f"meetings/{now_on.pk}/board/",
        f"{now_on.training_class_id}/points/",
    ):
        for client in (stranger, learner):
            assert client.get(f"/classes/{path}").status_code == 404, path


def test_who_missed_it_is_listed_for_making_up(
    coordinator: Client,
    commune_coordinator: Client,
    keeper: Client,
    now_on: Meeting,
    members: list[Member],
) -> None:
    sent = {f"m{member.pk}": "present" for member in (members[0], members[3])}
    coordinator.post(f"/classes/meetings/{now_on.pk}/", sent)
    path = f"/classes/meetings/{now_on.pk}/missing/"
    assert "3 người chưa có mặt" in text(coordinator, path)
    assert "2 người chưa có mặt" in text(commune_coordinator, path)
    answer = coordinator.get(path + "export/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "TỈNH THÁI NGUYÊN"
    assert [row[0] for row in rows[-3:]] == [1, 2, 3]


def test_192_points_are_read_in_as_many_queries_as_two(
    coordinator: Client,
    bridge: TrainingClass,
    now_on: Meeting,
    province: Unit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    venues = Venue.objects.bulk_create(
        Venue(unit=province, name=f"Điểm {n:03}") for n in range(VENUES)
    )
    add_points(actor=None, training_class=bridge, venues=venues)
    for point in Point.objects.all()[:100]:
        up = Report("link_up", clock.now(), key="key-00001")
        opened = Report("open", clock.now(), key="key-00002")
        report(actor=None, point=point, meeting=now_on, reports=[opened, up])
    with django_assert_max_num_queries(BOARD_QUERIES):
        page = text(coordinator, f"/classes/meetings/{now_on.pk}/board/")
    assert page.count("data-light=") == VENUES
    assert board_of(now_on).counts == {
        "problem": 0, "down": 0, "not_open": 92, "up": 100, "closed": 0,
    }  # fmt: skip


KINDS = st.sampled_from(list(Kind))
REPORTS = st.lists(
    st.builds(
        lambda kind, minute, number: (kind, minute, number),
        KINDS,
        st.integers(0, 50),
        st.integers(0, 300),
    ),
    max_size=12,
)


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    told: list[tuple[Kind, int, int]], rng: object
) -> None:
    reports = [
        Report(kind, AT + timedelta(minutes=minute), number, "x", f"{n:03}")
        for n, (kind, minute, number) in enumerate(told)
    ]
    shuffled = list(reports)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(shuffled) == standing(reports)
    assert light(standing(reports)) in Light


@pytest.mark.parametrize(
    ("kinds", "seen"),
    [
        ([], Light.NOT_OPEN),
        ([Kind.LINK_UP], Light.NOT_OPEN),
        ([Kind.OPEN], Light.FULL),
        ([Kind.OPEN, Kind.LINK_DOWN], Light.DOWN),
        ([Kind.OPEN, Kind.LINK_DOWN, Kind.LINK_UP], Light.FULL),
        ([Kind.OPEN, Kind.PROBLEM], Light.PROBLEM),
        ([Kind.OPEN, Kind.PROBLEM, Kind.SOLVED], Light.FULL),
        ([Kind.OPEN, Kind.CLOSE], Light.CLOSED),
        ([Kind.OPEN, Kind.CLOSE, Kind.OPEN], Light.FULL),
    ],
)
def test_how_a_point_looks_from_the_centre(kinds: list[Kind], seen: Light) -> None:
    reports = [Report(k, AT + timedelta(minutes=n), key=str(n)) for n, k in enumerate(kinds)]
    assert light(standing(reports)) == seen


def test_nothing_of_a_class_that_has_ended_changes(
    coordinator: Client, keeper: Client, bridge: TrainingClass, points: list[Point], now_on: Meeting
) -> None:
    member = bridge.members.order_by("pk")[0]
    TrainingClass.objects.filter(pk=bridge.pk).update(state="ended", ended_at=clock.now())
    said = "Lớp đã kết thúc hoặc đã hủy nên không sửa được."
    page = coordinator.post(f"/classes/points/{points[0].pk}/edit/", {}, follow=True)
    assert said in page.content.decode()
    path = f"/classes/members/{member.pk}/point/"
    page = coordinator.post(path, {"point": points[1].pk}, follow=True)
    assert said in page.content.decode()
    path = f"/classes/points/{points[0].pk}/at/{now_on.pk}/reports/"
    told = {"reports": [{"key": "k-0000001", "kind": "open", "made_ms": 1_700_000_000_000}]}
    answer = keeper.post(path, json.dumps(told), content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["error"] == "Lớp đã kết thúc nên không nhận báo cáo nữa."
    member.refresh_from_db()
    points[0].refresh_from_db()
    assert member.point == points[0]
    assert points[0].keeper is not None
