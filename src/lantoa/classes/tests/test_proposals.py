"""The real case of Thái Nguyên: 250 IT staff, 5 courses, 3 classes each, 80–90 in a class."""

from collections import Counter
from datetime import date, timedelta

import pytest
from conftest import MakePerson
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from lantoa.classes.actions import proposals as actions
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.models import Meeting, Member, Proposal, Teaching, TrainingClass, Venue
from lantoa.classes.rules.proposing import Asked, AskedClasses, Place, kilometres
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.plans.actions import PlanFields, create_plan, issue_plan, open_planned_cohort
from lantoa.programmes.actions import NewRequirement, create_programme, enrol
from lantoa.programmes.models import Cohort, Enrolment, Requirement

from .conftest import text

COURSES = (
    "AI và phân tích dữ liệu lớn",
    "Blockchain trong quản lý",
    "Internet vạn vật",
    "Công nghệ thực tại ảo",
    "An toàn, an ninh thông tin",
)
MOST_QUERIES = 20


@pytest.fixture
def staff(province: Unit) -> list[Person]:
    """250 in 40 agencies."""
    units = [
        create_unit(
            actor=None, code=f"A{n}", kind="agency", name=f"Cơ quan {n:02}", parent=province
        )
        for n in range(40)
    ]
    return Person.objects.bulk_create(
        Person(
            unit=units[n % 40],
            given_name=f"Người {n}",
            sort_key=f"{n:04}",
            search_key=f"nguoi {n}",
        )
        for n in range(250)
    )


@pytest.fixture
def real(province: Unit, staff: list[Person]) -> Cohort:
    requirements = [NewRequirement(title=t, periods=16, attendance=80) for t in COURSES]
    programme = create_programme(
        actor=None, unit=province, code="TN", title="Chuyên sâu", requirements=requirements
    )
    today = clock.today()
    fields = PlanFields(
        title="Kế hoạch chuyên sâu",
        decision_number="8/QĐ",
        decision_date=today,
        starts_on=today,
        ends_on=today + timedelta(days=300),
        programmes=[programme],
    )
    plan = issue_plan(actor=None, plan=create_plan(actor=None, unit=province, fields=fields))
    cohort = open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt CNTT",
        opens_on=today,
        closes_on=today + timedelta(days=200),
        actor=None,
    )
    enrol(cohort=cohort, persons=staff, actor=None)
    return cohort


def asked(cohort: Cohort, venues: list[Venue], **more: object) -> Asked:
    first = clock.today() + timedelta(days=10)
    wishes = {
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=90)).isoformat(),
        "halves": ["morning", "afternoon"],
        "weekends": False,
        "classes": [AskedClasses(r.pk, 3, 4) for r in cohort.programme.requirements.all()],
        "capacity": 90,
        "least": 80,
        "venues": [venue.pk for venue in venues],
        "at_once": 2,
        "away": 75,
        "colleagues": "apart",
    }
    return Asked(**{**wishes, **more})  # type: ignore[arg-type]


@pytest.fixture
def rooms(province: Unit) -> list[Venue]:
    return [
        Venue.objects.create(unit=province, name=name, seats=seats)
        for name, seats in (("Hội trường A", 100), ("Phòng máy 2", 90), ("Phòng nhỏ", 30))
    ]


def worked_out(
    cohort: Cohort, wishes: Asked, on_commit: DjangoCaptureOnCommitCallbacks, who: object = None
) -> Proposal:
    """By a job, as for a coordinator of the province."""
    made = actions.ask(actor=who, cohort=cohort, asked=wishes)  # type: ignore[arg-type]
    with on_commit(execute=True):
        actions.work_out(actor=who, proposal=made, url="/")  # type: ignore[arg-type]
    made.refresh_from_db()
    return made


@pytest.fixture
def keeper(province: Unit, make_person: MakePerson, grant: object) -> object:
    person = make_person("Đầu Mối Xếp Lớp", province)
    grant(person, "coordinator", province)  # type: ignore[operator]
    return person.user


def test_from_a_question_to_fifteen_classes(
    coordinator: Client,
    real: Cohort,
    rooms: list[Venue],
    make_person: MakePerson,
    province: Unit,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    trainers = [make_person(f"Giảng Viên {n}", province) for n in range(3)]
    requirements = list(real.programme.requirements.order_by("position"))
    for place, requirement in enumerate(requirements):
        path = f"/classes/cohorts/{real.pk}/lecturers/{requirement.pk}/"
        assert "Giảng Viên 1" in text(coordinator, path, q="giang vien")
        chosen = [trainers[place % 3].pk, trainers[(place + 1) % 3].pk]
        coordinator.post(path, {"person": chosen})
    path = f"/classes/cohorts/{real.pk}/propose/"
    assert "Xếp lớp cho 250 người" in text(coordinator, path)
    first = clock.today() + timedelta(days=10)
    sent = {
        "first_day": f"{first:%d/%m/%Y}",
        "last_day": f"{first + timedelta(days=90):%d/%m/%Y}",
        "halves": ["morning", "afternoon"],
        "capacity": 90,
        "least": 80,
        "venues": [room.pk for room in rooms],
        "at_once": 2,
        "away": 75,
        "colleagues": "apart",
        **{f"classes_{one.pk}": 3 for one in requirements},
    }
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(path, sent)
    proposal = Proposal.objects.get()
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text(coordinator, f"/classes/proposals/{proposal.pk}/")
    assert "15 lớp, 1.250 lượt học" in page
    assert "Mọi điều kiện đều giữ được" in page
    coordinator.post(f"/classes/proposals/{proposal.pk}/", {"step": "apply"})
    assert TrainingClass.objects.count() == 15
    assert Member.objects.count() == 1250
    sizes = Counter(Member.objects.values_list("training_class", flat=True))
    assert all(80 <= size <= 90 for size in sizes.values())
    assert Meeting.objects.count() == 60
    assert {m.periods for m in Meeting.objects.all()} == {4}
    assert Teaching.objects.count() == 60
    assert not TrainingClass.objects.filter(venue=rooms[2]).exists()
    refused = coordinator.post(
        f"/classes/proposals/{proposal.pk}/", {"step": "apply"}, follow=True
    ).content.decode()
    assert "Đề xuất này đã áp dụng hoặc đã bỏ." in refused
    assert TrainingClass.objects.count() == 15
    assert "Xếp lớp cho 0 người" in text(coordinator, path)


def test_moved_people_and_held_classes_stay_when_it_is_worked_out_again(
    coordinator: Client,
    real: Cohort,
    rooms: list[Venue],
    keeper: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    wishes = asked(real, rooms, least=0)
    proposal = worked_out(real, wishes, django_capture_on_commit_callbacks, keeper)
    one, two, *_rest = [
        c for c in proposal.outcome["classes"] if c["requirement"] == wishes.classes[0].requirement
    ]
    who = one["enrolments"][0]
    path = f"/classes/proposals/{proposal.pk}/"
    coordinator.post(path, {"step": "move", "enrolment": who, "to": two["key"]})
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(path, {"step": "again", "held": [two["key"]]})
    proposal.refresh_from_db()
    again = {c["key"]: c for c in proposal.outcome["classes"]}
    assert who in again[two["key"]]["enrolments"]
    assert again[two["key"]]["times"] == two["times"]
    assert again[two["key"]]["venue"] == two["venue"]
    page = coordinator.post(
        path, {"step": "move", "enrolment": who, "to": two["key"]}, follow=True
    ).content.decode()
    assert "Hãy chọn một lớp khác cùng nội dung." in page
    coordinator.post(path, {"step": "drop"})
    proposal.refresh_from_db()
    assert proposal.state == "dropped"


def test_what_cannot_be_kept_is_said(
    coordinator: Client,
    real: Cohort,
    rooms: list[Venue],
    keeper: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    few = [AskedClasses(r.pk, 2, 4) for r in real.programme.requirements.all()]
    wishes = asked(real, rooms[:1], classes=few, away=20)
    proposal = worked_out(real, wishes, django_capture_on_commit_callbacks, keeper)
    page = text(coordinator, f"/classes/proposals/{proposal.pk}/")
    assert "Internet vạn vật: các lớp có 180 chỗ cho 250 người." in page
    assert "Internet vạn vật: 70 người chưa có lớp." in page
    assert "Cơ quan 00: có lúc" in page
    short = asked(real, rooms[:1], last_day=(clock.today() + timedelta(days=12)).isoformat())
    proposal = worked_out(real, short, django_capture_on_commit_callbacks, keeper)
    page = text(coordinator, f"/classes/proposals/{proposal.pk}/")
    assert "không xếp được" in page


def test_a_room_taken_since_refuses_the_whole(
    real: Cohort,
    rooms: list[Venue],
    keeper: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    proposal = worked_out(
        real, asked(real, rooms[:1], at_once=1), django_capture_on_commit_callbacks, keeper
    )
    last = proposal.outcome["classes"][-1]
    day = date.fromisoformat(last["times"][0][0])
    other = open_class(actor=None, cohort=real, fields={"name": "Họp", "venue": rooms[0]})
    start = clock.now().replace(year=day.year, month=day.month, day=day.day, hour=1)
    new = NewMeeting(start, start + timedelta(hours=9), 4)
    add_meetings(actor=None, training_class=other, meetings=[new])
    with pytest.raises(ValidationError, match="Hội trường A đã có lớp Họp"):
        actions.apply(actor=None, proposal=proposal)
    assert TrainingClass.objects.count() == 1
    assert not Member.objects.exists()


def test_busy_rooms_are_avoided_and_who_has_a_class_is_left_out(
    real: Cohort,
    rooms: list[Venue],
    keeper: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    requirement = Requirement.objects.order_by("position")[0]
    done = open_class(
        actor=None, cohort=real, fields={"name": "Lớp sớm", "requirement": requirement}
    )
    early = Enrolment.objects.order_by("pk")[:5]
    Member.objects.bulk_create(Member(training_class=done, enrolment=one) for one in early)
    proposal = worked_out(real, asked(real, rooms), django_capture_on_commit_callbacks, keeper)
    own = [c for c in proposal.outcome["classes"] if c["requirement"] == requirement.pk]
    assert sum(len(c["enrolments"]) for c in own) == 245


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_day": "01/01/2020"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"least": 95}, "Sĩ số ít nhất không quá sĩ số tối đa."),
        ({"halves": []}, "aria-invalid"),
        ({"none": True}, "Tổng số lớp phải từ 1 đến 60."),
    ],
)
def test_a_question_that_makes_no_sense_is_sent_back(
    coordinator: Client, real: Cohort, wrong: dict[str, object], said: str
) -> None:
    first = clock.today() + timedelta(days=10)
    number = 0 if wrong.pop("none", False) else 3
    sent = {
        "first_day": f"{first:%d/%m/%Y}",
        "last_day": f"{first + timedelta(days=60):%d/%m/%Y}",
        "halves": ["morning"],
        "capacity": 90,
        "least": 80,
        "at_once": 2,
        "away": 40,
        "colleagues": "free",
        **{f"classes_{one.pk}": number for one in real.programme.requirements.all()},
        **wrong,
    }
    page = coordinator.post(f"/classes/cohorts/{real.pk}/propose/", sent)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Proposal.objects.exists()


def test_who_does_not_run_the_cohort_finds_nothing(
    stranger: Client, commune_coordinator: Client, real: Cohort
) -> None:
    proposal = Proposal.objects.create(cohort=real, wishes={})
    for client in (stranger, commune_coordinator):
        assert client.get(f"/classes/proposals/{proposal.pk}/").status_code == 404
        assert client.post(f"/classes/cohorts/{real.pk}/propose/").status_code == 404


def test_distances() -> None:
    thai_nguyen, ha_noi = Place("", 21.59, 105.84), Place("", 21.03, 105.85)
    assert 60 < kilometres(thai_nguyen, ha_noi) < 65
    assert kilometres(Place("Bắc"), Place("Bắc")) == 0
    assert kilometres(Place("Bắc"), Place("Nam")) == 30
    assert kilometres(Place("Bắc"), ha_noi) == 0
