import re
from datetime import timedelta

import pytest
from conftest import MakePerson, SignedIn
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.courses.models import Lesson, Module
from lantoa.exams.actions.attempts import new_attempt
from lantoa.exams.models import Attempt, Candidate, Result
from lantoa.exams.tests.conftest import DURING, World, answer, enrolled, key_of, make_world
from lantoa.items.models import Blueprint, Item
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Unit

CREDENTIALS = {"password": "mat-khau-thu-123"}


@pytest.fixture
def candidate(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.person)


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def take(world: World) -> str:
    return f"/exams/sittings/{world.sitting.pk}/"


def begin(world: World, client: Client) -> Attempt:
    """The course done, the button pressed."""
    world.finish_course()
    client.post(f"{take(world)}start/")
    return Attempt.objects.latest("pk")


def paper(attempt: Attempt) -> str:
    return f"/exams/attempts/{attempt.public_id}/plain/"


def page(attempt: Attempt, name: str) -> str:
    return f"/exams/attempts/{attempt.public_id}/{name}/"


def test_before_the_test_its_rules_stand_in_words(world: World, candidate: Client) -> None:
    with clock.fixed(DURING):
        text = get(candidate, f"{take(world)}take/")
        assert "hoàn thành các khóa học" in text
        assert "Bắt đầu làm bài" not in text
        world.finish_course()
        text = get(candidate, f"{take(world)}take/")
    assert "10 câu hỏi, làm trong 30 phút" in text
    assert "từ 70% số điểm" in text
    assert "Không giới hạn số lần làm" in text
    assert "Mất mạng thì cứ làm tiếp" in text
    assert "Bắt đầu làm bài" in text


@pytest.mark.parametrize(
    ("days", "words"), [(-5, "Bài kiểm tra mở lúc 00:00 ngày 06/05/2022"), (20, "đã đóng lúc")]
)
def test_outside_the_window_the_page_says_when(
    world: World, candidate: Client, days: int, words: str
) -> None:
    world.finish_course()
    with clock.fixed(DURING + timedelta(days=days)):
        text = get(candidate, f"{take(world)}take/")
        assert words in text
        assert "Bắt đầu làm bài" not in text
        response = candidate.post(f"{take(world)}start/", follow=True)
    assert words.split(" lúc")[0] in response.content.decode()
    assert not Attempt.objects.exists()


def test_a_sitting_opened_ahead_has_a_waiting_room(world: World, candidate: Client) -> None:
    world.finish_course()
    made = Candidate.objects.create(
        sitting=world.sitting,
        person=world.person,
        unit=world.person.unit,
        enrolment=world.enrolment,
    )
    attempt = new_attempt(made, world.sitting, 1)
    with clock.fixed(DURING - timedelta(days=5)):
        assert "Vào phòng chờ" in get(candidate, f"{take(world)}take/")
        for way in (
            candidate.post(f"{take(world)}start/"),
            candidate.get(f"/exams/attempts/{attempt.public_id}/"),
        ):
            assert way.headers["Location"] == f"/sit/{attempt.public_id}/"
    attempt.refresh_from_db()
    assert (attempt.started_at, attempt.epoch) == (None, 1)
    with clock.fixed(DURING):
        candidate.post(f"{take(world)}start/")
    attempt.refresh_from_db()
    assert attempt.started_at == DURING


def test_the_paper_shows_questions_but_no_key(world: World, candidate: Client) -> None:
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        text = get(candidate, paper(attempt))
    assert text.count('type="radio"') == 40
    assert "Câu 10 / 10" in text
    assert "Giải thích" not in text
    assert "explanation" not in text
    assert "htmx" not in text.split("<body")[1].replace("hx-headers", "")
    # Values are places on this paper, so they tell nothing about the bank.
    assert re.findall(r'name="slot-0" value="(\d)"', text) == ["0", "1", "2", "3"]


def test_without_script_the_page_saves_submits_and_says_the_result(
    world: World, candidate: Client
) -> None:
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        key = key_of(attempt)
        data = {f"slot-{slot}": str(right) for slot, right in enumerate(key[:8])}
        response = candidate.post(paper(attempt), {**data, "save": ""}, follow=True)
        assert "Đã lưu các câu trả lời" in response.content.decode()
        assert response.content.decode().count(" checked") == 8
        response = candidate.post(paper(attempt), {**data, "submit": ""}, follow=True)
        text = response.content.decode()
        assert "Còn 2 câu chưa trả lời" in text
        assert "câu 9</a>" in text
        assert attempt.answers.count() == 8
        response = candidate.post(page(attempt, "submit"), follow=True)
    text = response.content.decode()
    assert "Đạt: đúng 80%" in text
    assert "8 trên 10 điểm" in text
    assert "2 câu chưa đúng" in text
    assert "không trả lời" in text
    assert "Giải thích của câu" in text
    assert candidate.get(paper(attempt)).status_code == 302
    assert "Đã đạt" in get(candidate, f"{take(world)}take/")


def test_a_failed_test_names_what_to_learn_again_and_offers_the_next_try(
    world: World, candidate: Client
) -> None:
    lesson = learn(world)
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        candidate.post(page(attempt, "submit"))
        text = get(candidate, page(attempt, "result"))
    assert "Chưa đạt: đúng 0%, cần 70%" in text
    assert "Nên xem lại" in text
    assert f"/lessons/{lesson.key}/" in text
    assert "Làm lại" in text
    assert "Kinh tế số" in text


def learn(world: World) -> Lesson:
    """The course has a module on the first topic, and the candidate learns it."""
    course = world.course_requirement.course
    assert course is not None
    version = course.versions.create(number=1, published_at=DURING)
    topic = Item.objects.filter(topic__code="t1").first()
    assert topic is not None
    module = Module.objects.create(
        version=version, position=1, title="Chuyên đề 1", topic=topic.topic
    )
    world.person.registrations.create(course=course, version=version)
    return Lesson.objects.create(module=module, position=1, title="Bắt đầu từ việc của dân")


def test_the_last_try_used_up_offers_no_other(world: World, candidate: Client) -> None:
    Blueprint.objects.update(attempts_allowed=1, feedback="topics")
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        candidate.post(page(attempt, "submit"))
        text = get(candidate, page(attempt, "result"))
        assert "dùng hết số lần" in text
        assert "Làm lại" not in text
        assert "không cho xem lại từng câu" in text
        assert "Giải thích của câu" not in text
        response = candidate.post(f"{take(world)}start/", follow=True)
    assert "dùng hết số lần" in response.content.decode()


def test_time_over_is_settled_by_whoever_looks(world: World, candidate: Client) -> None:
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        answer(attempt, 9)
    with clock.fixed(DURING + timedelta(hours=2)):
        text = get(candidate, f"{take(world)}take/")
        assert "Đã đạt" in text
        response = candidate.get(paper(attempt), follow=True)
    assert "hết giờ, hệ thống nộp" in response.content.decode()
    assert Result.objects.get().score == 90


def test_a_page_sent_too_late_is_refused_in_words(world: World, candidate: Client) -> None:
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
    with clock.fixed(DURING + timedelta(minutes=31)):
        response = candidate.post(paper(attempt), {"slot-0": "1"})
    assert response.headers["Location"].endswith("/result/")
    assert not attempt.answers.exists()


def test_a_hostile_page_saves_nothing(world: World, candidate: Client) -> None:
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        response = candidate.post(paper(attempt), {"slot-0": "9", "slot-1": "1"}, follow=True)
    assert "không đúng dạng" in response.content.decode()
    assert not attempt.answers.exists()


def test_a_bank_too_small_tells_the_candidate_without_using_a_try(
    world: World, candidate: Client
) -> None:
    Item.objects.update(state="retired")
    world.finish_course()
    with clock.fixed(DURING):
        response = candidate.post(f"{take(world)}start/", follow=True)
    assert "không bị tính" in response.content.decode()


def test_anothers_sitting_and_attempt_do_not_exist(
    world: World, candidate: Client, make_person: MakePerson, commune: Unit, signed_in: SignedIn
) -> None:
    with clock.fixed(DURING):
        attempt = begin(world, candidate)
        same_cohort = make_person("Trần Văn Bình", commune)
        enrolled(world.cohort, same_cohort)
        for stranger in (signed_in(same_cohort), signed_in(make_person("Lê Văn Cần", commune))):
            for name in ("", "plain/", "submit/", "result/", "log/"):
                assert (
                    stranger.get(f"/exams/attempts/{attempt.public_id}/{name}").status_code == 404
                ), name
            assert stranger.post(paper(attempt), {"slot-0": "1"}).status_code == 404
            assert stranger.post(page(attempt, "submit")).status_code == 404
        assert stranger.get(f"{take(world)}take/").status_code == 404
        assert stranger.post(f"{take(world)}start/").status_code == 404
    assert Attempt.objects.count() == 1
    assert Attempt.objects.get().submitted_at is None
    assert Client().get(paper(attempt)).status_code == 302


def test_forty_questions_take_few_queries(
    province: Unit,
    commune: Unit,
    make_person: MakePerson,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    world = make_world(province, make_person("Nguyễn Thị Hằng", commune), per_topic=8)
    client = signed_in(world.person)
    with clock.fixed(DURING):
        attempt = begin(world, client)
        answer(attempt, 20)
        get(client, paper(attempt))
        with django_assert_max_num_queries(12):
            text = get(client, paper(attempt))
    assert text.count("<section") == 40


def test_the_window_is_vietnams(world: World, candidate: Client) -> None:
    world.finish_course()
    last_minute = DURING.replace(day=22, hour=23, minute=59)
    assert last_minute.tzinfo is VIETNAM
    with clock.fixed(last_minute):
        assert "Bắt đầu làm bài" in get(candidate, f"{take(world)}take/")
