"""The invigilator's console and what an invigilator can do."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client
from docx import Document
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.exams.actions.attempts import new_attempt
from lantoa.exams.actions.invigilation import pause_sitting, resume_sitting
from lantoa.exams.models import Attempt, Candidate, Duty, Exam, Incident, Room, Sitting
from lantoa.exams.rules.watching import Facts, Watch, watch
from lantoa.exams.tasks import submit_expired
from lantoa.exams.tests.conftest import DURING, World
from lantoa.exams.tests.hot import desk
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit

NOW = 1_000_000_000


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(False, None, None, None, False, None), Watch.ABSENT),
        (Facts(True, None, None, None, False, None), Watch.LOCKED),
        (Facts(False, NOW - 5_000, None, None, False, None), Watch.WAITING),
        (Facts(False, NOW - 5_000, 1, NOW + 1, False, None), Watch.WORKING),
        (Facts(False, NOW - 60_000, 1, NOW + 1, False, None), Watch.WORKING),
        (Facts(False, NOW - 60_001, 1, NOW + 1, False, None), Watch.OFFLINE),
        (Facts(False, NOW - 60_001, None, None, False, None), Watch.OFFLINE),
        (Facts(False, NOW - 5_000, 1, NOW + 1, True, None), Watch.PAUSED),
        (Facts(False, NOW - 5_000, 1, NOW - 5_000, False, None), Watch.WORKING),
        (Facts(False, NOW - 5_000, 1, NOW - 5_001, False, None), Watch.OVER),
        (Facts(False, NOW - 5_000, 1, NOW - 90_000, True, None), Watch.PAUSED),
        (Facts(True, NOW, 1, NOW + 1, False, NOW), Watch.SUBMITTED),
    ],
)
def test_one_word_for_a_candidate(facts: Facts, state: Watch) -> None:
    assert watch(facts, NOW) is state


@pytest.fixture
def held(world: World, make_person: MakePerson, commune: Unit) -> Sitting:
    """A sitting by codes with two rooms: An and Bình in room 1, Cúc in room 2."""
    Exam.objects.update(entry=Exam.Entry.CODE, moves=Exam.Moves.INVIGILATOR)
    sitting = world.sitting
    sitting.refresh_from_db()
    sitting.by_roster = True
    sitting.prepared_at = DURING
    sitting.save()
    rooms = [Room.objects.create(sitting=sitting, name=f"Phòng {n}") for n in (1, 2)]
    for at, (name, room) in enumerate(
        (("Nguyễn Văn An", 0), ("Trần Thị Bình", 0), ("Lê Thị Cúc", 1))
    ):
        candidate = Candidate.objects.create(
            sitting=sitting,
            person=make_person(name, commune),
            unit=commune,
            number=f"TN{at:03d}",
            room=rooms[room],
            seat=at + 1,
        )
        new_attempt(candidate, sitting, 1)
    return sitting


def attempt_of(number: str) -> Attempt:
    return Attempt.objects.get(candidate__number=number)


def at_work(number: str, at: datetime = DURING) -> None:
    Attempt.objects.filter(candidate__number=number).update(epoch=1)
    with clock.fixed(at):
        assert desk(attempt_of(number)).post("start", {}).status == 200


@pytest.fixture
def invigilator(held: Sitting, make_person: MakePerson, province: Unit) -> Person:
    person = make_person("Vũ Thị Giám", province)
    assert person.user is not None
    room = Room.objects.get(name="Phòng 1")
    Duty.objects.create(sitting=held, room=room, user=person.user, role=Duty.Role.INVIGILATOR)
    return person


@pytest.fixture
def examiner(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Ngô Khảo Thí", province)
    grant(person, "examiner", province)
    return signed_in(person)


def console(sitting: Sitting, page: str = "") -> str:
    return f"/exams/sittings/{sitting.pk}/watch/{page}"


def test_a_room_shows_its_own_candidates_only(
    held: Sitting, invigilator: Person, signed_in: SignedIn, examiner: Client
) -> None:
    text = signed_in(invigilator).get(console(held)).content.decode()
    assert "Nguyễn Văn An" in text
    assert "Trần Thị Bình" in text
    assert "Lê Thị Cúc" not in text
    cuc = Candidate.objects.get(number="TN002")
    assert signed_in(invigilator).get(console(held, f"{cuc.pk}/")).status_code == 404
    assert signed_in(invigilator).get(console(held, "pause/")).status_code == 404
    assert "Lê Thị Cúc" in examiner.get(console(held)).content.decode()


def test_strangers_find_nothing(
    held: Sitting, invigilator: Person, signed_in: SignedIn, make_person: MakePerson, commune: Unit
) -> None:
    Duty.objects.update(withdrawn_at=DURING)
    an = Candidate.objects.get(number="TN000").pk
    for person in (invigilator, make_person("Người Lạ", commune)):
        client = signed_in(person)
        for page in ("", "feed/", "time/", "pause/", "incident/", f"{an}/"):
            assert client.get(console(held, page)).status_code == 404, page
        assert client.get(f"/exams/sittings/{held.pk}/minutes.pdf").status_code == 404
        assert client.get("/exams/watch/").status_code == 404
        assert client.post(console(held, f"{an}/"), {"step": "unlock"}).status_code == 404


def test_the_feed_tells_what_changed(held: Sitting, examiner: Client) -> None:
    at_work("TN000")
    with clock.fixed(DURING + timedelta(seconds=30)):
        desk(attempt_of("TN000")).save(1, 0, 1)
        whole = examiner.get(console(held, "feed/")).json()
    assert len(whole["rows"]) == 3
    assert (whole["counts"]["working"], whole["counts"]["absent"]) == (1, 2)
    with clock.fixed(DURING + timedelta(minutes=3)):
        told = examiner.get(console(held, f"feed/?since={whole['now']}")).json()
    (row,) = told["rows"]
    assert (row["number"], row["state"], row["answered"]) == ("TN000", "offline", 1)
    assert examiner.get(console(held, "feed/?since=x")).status_code == 200


def test_a_thousand_candidates_take_few_queries(
    held: Sitting, examiner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    examiner.get(console(held))
    with django_assert_max_num_queries(12):
        examiner.get(console(held, "feed/"))


def step(client: Client, sitting: Sitting, number: str, **data: object) -> str:
    pk = Candidate.objects.get(number=number).pk
    return client.post(console(sitting, f"{pk}/"), data, follow=True).content.decode()


def test_unlocking_and_moving(held: Sitting, examiner: Client) -> None:
    Candidate.objects.filter(number="TN001").update(failures=10, locked_at=DURING)
    text = step(examiner, held, "TN001", step="unlock")
    assert "Đã mở khóa" in text
    assert Candidate.objects.get(number="TN001").locked_at is None
    at_work("TN001")
    assert "máy khác, một lần" in step(examiner, held, "TN001", step="move")
    assert attempt_of("TN001").move_allowed_at is not None
    assert Event.objects.filter(action="exams.allow_move").count() == 1


def test_time_goes_on_the_clock_that_runs_and_on_top_of_one_that_does_not(
    held: Sitting, examiner: Client
) -> None:
    at_work("TN000")
    before = attempt_of("TN000").deadline_at
    assert before is not None
    form = {"minutes": "10", "reason": "Mất điện", "room": ""}
    text = examiner.post(console(held, "time/"), form, follow=True).content.decode()
    assert "Đã thêm giờ cho 3 người" in text
    assert attempt_of("TN000").deadline_at == before + timedelta(minutes=10)
    extra = dict(Candidate.objects.values_list("number", "extra_minutes"))
    assert extra == {"TN000": 0, "TN001": 10, "TN002": 10}
    at_work("TN001")
    later = attempt_of("TN001").deadline_at
    assert later == DURING + timedelta(minutes=40)
    room = Room.objects.get(name="Phòng 2").pk
    examiner.post(console(held, "time/"), {**form, "room": room})
    assert Candidate.objects.get(number="TN002").extra_minutes == 20


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"minutes": "0", "reason": "x"}, "lớn hơn hoặc bằng với 1"),
        ({"minutes": "500", "reason": "x"}, "bằng với 180"),
        ({"minutes": "5", "reason": ""}, "Lý do"),
    ],
)
def test_bad_time_is_refused_and_what_was_typed_stays(
    held: Sitting, examiner: Client, form: dict[str, str], words: str
) -> None:
    text = examiner.post(console(held, "time/"), form).content.decode()
    assert words in text
    assert f'value="{form["minutes"]}"' in text
    assert set(Candidate.objects.values_list("extra_minutes", flat=True)) == {0}


def test_a_pause_gives_back_exactly_what_it_took(held: Sitting, world: World) -> None:
    at_work("TN000")
    deadline, closes = attempt_of("TN000").deadline_at, held.closes_at
    assert deadline is not None
    assert world.person.user is not None
    actor = world.person.user
    with clock.fixed(DURING + timedelta(minutes=5)):
        assert pause_sitting(actor=actor, sitting=held, reason="Mất điện") == 1
    with clock.fixed(deadline + timedelta(hours=1)):
        # The clock stands: nothing is submitted, and what was on its way is saved.
        assert submit_expired() == 0
        assert desk(attempt_of("TN000")).save(1, 0, 1).json["paused"] is True
        late = attempt_of("TN001")
        Attempt.objects.filter(pk=late.pk).update(epoch=1)
        assert desk(late).post("start", {}).json["error"] == "paused"
    with clock.fixed(DURING + timedelta(minutes=25)):
        assert resume_sitting(actor=actor, sitting=held) == 1
    after = attempt_of("TN000")
    held.refresh_from_db()
    assert after.deadline_at == deadline + timedelta(minutes=20)
    assert (after.paused_at, after.added_seconds) == (None, 1200)
    assert held.closes_at == closes + timedelta(minutes=20)
    assert held.paused_at is None


def test_pausing_by_page_asks_why_and_resuming_does_not(held: Sitting, examiner: Client) -> None:
    text = examiner.post(console(held, "pause/"), {"reason": ""}).content.decode()
    assert "Lý do" in text
    held.refresh_from_db()
    assert held.paused_at is None
    examiner.post(console(held, "pause/"), {"reason": "Mất điện"})
    assert Sitting.objects.filter(paused_at__isnull=False).exists()
    assert "Cho thi tiếp" in examiner.get(console(held)).content.decode()
    examiner.post(console(held, "pause/"))
    assert not Sitting.objects.filter(paused_at__isnull=False).exists()


def test_ending_needs_a_reason_and_scores_what_was_saved(held: Sitting, examiner: Client) -> None:
    at_work("TN000")
    with clock.fixed(DURING + timedelta(minutes=1)):
        desk(attempt_of("TN000")).save(1, 0, 1)
        step(examiner, held, "TN000", step="end", **{"end-reason": ""})
        assert attempt_of("TN000").submitted_at is None
        text = step(examiner, held, "TN000", step="end", **{"end-reason": "Dùng tài liệu"})
    assert "Đã kết thúc bài" in text
    ended = attempt_of("TN000")
    assert ended.submission.cause == "ended"
    assert ended.result is not None
    assert (
        "không có bài nào"
        in step(examiner, held, "TN000", step="end", **{"end-reason": "Lần nữa"}).lower()
    )


def test_incidents_and_the_minutes(
    held: Sitting, invigilator: Person, signed_in: SignedIn, examiner: Client
) -> None:
    client = signed_in(invigilator)
    room = Room.objects.get(name="Phòng 1").pk
    client.post(console(held, "incident/"), {"text": "Máy số 2 hỏng", "room": room})
    step(examiner, held, "TN002", step="incident", text="Cúc đến muộn 10 phút")
    assert Incident.objects.count() == 2
    at_work("TN000")
    whole = examiner.get(f"/exams/sittings/{held.pk}/minutes.docx")
    words = "\n".join(p.text for p in Document(BytesIO(whole.content)).paragraphs)
    for part in ("Máy số 2 hỏng", "Cúc đến muộn", "Có mặt: 1", "Vắng mặt: 2", "Trần Thị Bình"):
        assert part in words
    one = client.get(f"/exams/sittings/{held.pk}/minutes.pdf?room={room}")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(one.content)).pages)
    assert "Máy số 2 hỏng" in text
    assert "Cúc đến muộn" not in text
    assert client.get(f"/exams/sittings/{held.pk}/minutes.pdf?room=999").status_code == 404
    assert Event.objects.filter(action="exams.export_minutes").count() == 2


def test_the_list_of_what_one_invigilates(
    held: Sitting, invigilator: Person, signed_in: SignedIn
) -> None:
    assert held.name in signed_in(invigilator).get("/exams/watch/").content.decode()
