"""The learner's pages, by who is asking."""

import gzip
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lantoa.courses import actions
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import LessonProgress, Registration
from lantoa.courses.tests.conftest import (
    RIGHT,
    WRONG,
    BuildCourse,
    Built,
    answer_all,
    graded,
    registered,
)
from lantoa.files.actions import store_upload
from lantoa.files.rules import DOCUMENTS
from lantoa.files.tests.samples import MP4, PDF, upload
from lantoa.people.models import Person
from lantoa.records.models import Statement

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def url(built: Built, number: int, name: str = "lesson", *more: Any) -> str:
    return reverse(f"courses:{name}", args=[built.course.pk, built.lessons[number].key, *more])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def built(build: BuildCourse) -> Built:
    return build(2, questions=2, pass_mark=100)


@pytest.fixture
def here(signed_in: Any, learner: Person, built: Built) -> Client:
    registered(learner, built)
    client: Client = signed_in(learner)
    return client


def post_answer(
    client: Client, built: Built, number: int, index: int, value: Any, **kw: Any
) -> Any:
    where = url(built, number, "answer", graded(built, number)[index].key)
    return client.post(where, {f"answer-{index + 1}": value} if value is not None else {}, **kw)


def test_a_learner_goes_from_the_course_to_its_end(here: Client, built: Built) -> None:
    course = reverse("courses:course", args=[built.course.pk])
    assert "2 bài đang chờ anh/chị" in text(here.get(course))
    assert url(built, 1) not in text(here.get(course)), "a closed lesson is no link"
    first = text(here.get(url(built, 0)))
    assert "Nội dung bài đọc." in first
    assert "Câu 2 của Bài 1" in first
    for index in range(2):
        answered = post_answer(here, built, 0, index, RIGHT)
        assert answered.status_code == 302
        assert answered["Location"].endswith(f"#a-{graded(built, 0)[index].key}")
    done = text(here.get(url(built, 0)))
    assert "Bài này đã xong" in done
    assert f'href="{url(built, 1)}"' in done
    assert "Còn 1 bài nữa" in text(here.get(course))
    for index in range(2):
        post_answer(here, built, 1, index, RIGHT)
    assert "Anh/chị đã hoàn thành khóa học" in text(here.get(url(built, 1)))
    assert "Đã hoàn thành khóa học" in text(here.get(course))


def test_feedback_is_immediate_and_moves_the_foot(here: Client, built: Built) -> None:
    before = text(here.get(url(built, 0)))
    assert "Đếm ngón tay" not in before, "nothing tells the answer beforehand"
    part = text(post_answer(here, built, 0, 0, WRONG, headers=HTMX))
    assert "<html" not in part
    assert "Chưa đúng" in part
    assert "Đếm ngón tay" in part
    assert 'hx-swap-oob="true"' in part
    assert "Đã trả lời 1/2 câu" in part
    post_answer(here, built, 0, 1, RIGHT)
    foot = text(here.get(url(built, 0)))
    assert "Đúng 1/2 câu, chưa đủ" in foot
    here.post(url(built, 0, "retake"))
    again = text(here.get(url(built, 0)))
    assert again.count("Trả lời</button>") == 2
    assert "Đếm ngón tay" not in again


@pytest.mark.parametrize("value", [None, "", "x", "7", "-1", "1.5", "1" * 5000])
def test_no_answer_is_asked_for_again(here: Client, built: Built, value: Any) -> None:
    part = text(post_answer(here, built, 0, 0, value, headers=HTMX))
    assert "Hãy trả lời câu hỏi" in part
    assert not Statement.objects.filter(verb__endswith="answered").exists()
    assert "Hãy trả lời câu hỏi" in text(post_answer(here, built, 0, 0, value, follow=True))


def test_a_request_sent_twice_counts_once(here: Client, built: Built) -> None:
    for value in (RIGHT, WRONG):
        post_answer(here, built, 0, 0, value, headers=HTMX)
    assert Statement.objects.filter(verb__endswith="answered").count() == 1


def test_a_closed_lesson_opens_neither_to_look_nor_to_answer(here: Client, built: Built) -> None:
    answered = here.get(url(built, 1), follow=True)
    assert "mở khi đã đạt bài trước" in text(answered)
    post_answer(here, built, 1, 0, RIGHT)
    here.post(url(built, 1, "finish"))
    assert not LessonProgress.objects.filter(lesson_key=built.lessons[1].key).exists()


def test_who_is_not_registered_finds_nothing(
    signed_in: Any, make_person: Any, commune: Any, built: Built, client: Client, author: Person
) -> None:
    stranger, activity = make_person("Lý A Sính", commune), graded(built, 0)[0].key
    addresses = [
        reverse("courses:course", args=[built.course.pk]),
        url(built, 0),
        url(built, 0, "document", activity),
    ]
    posts = [
        url(built, 0, "finish"),
        url(built, 0, "retake"),
        *(url(built, 0, name, activity) for name in ("answer", "position", "seen")),
    ]
    for who in (stranger, author):
        session = signed_in(who)
        assert {session.get(each).status_code for each in addresses} == {404}
        assert {session.post(each).status_code for each in posts} == {404}
    assert {client.get(each).status_code for each in addresses} == {302}
    assert {client.post(each).status_code for each in posts} == {302}
    assert not Statement.objects.exists()


def test_an_activity_answers_only_as_what_it_is(here: Client, built: Built) -> None:
    text_key = built.activities(0)[0].key
    for name in ("answer", "position", "seen"):
        assert here.post(url(built, 0, name, text_key)).status_code == 404
    assert here.get(url(built, 0, "document", text_key)).status_code == 404
    other = graded(built, 1)[0].key
    assert here.post(url(built, 0, "answer", other), {"answer-1": 1}).status_code == 404


def test_a_video_resumes_and_finishes_the_lesson(
    build: BuildCourse, learner: Person, signed_in: Any
) -> None:
    built = build(1, questions=0, pass_mark=0, video=True)
    registered(learner, built)
    client = signed_in(learner)
    video = built.activities(0)[1].key
    page = client.get(url(built, 0)).content.decode()
    link = re.search(r'src="(/files/m/[^"]+)"', page)
    assert link
    assert client.get(link[1], headers={"range": "bytes=4-7"}).getvalue() == MP4[4:8]
    where = url(built, 0, "position", video)
    assert client.post(where, {"position": "12.5", "length": "60"}).status_code == 204
    assert 'data-start="12.5"' in client.get(url(built, 0)).content.decode()
    for wrong in ({}, {"position": "nan", "length": "60"}, {"position": "x", "length": "1"}):
        assert client.post(where, wrong).status_code == 400
    reached = client.post(where, {"position": "58", "length": "60"})
    assert "Đánh dấu đã học xong" in text(reached)
    client.post(url(built, 0, "finish"))
    assert Registration.objects.get().completed_at


def test_a_device_that_cannot_play_has_a_button(
    build: BuildCourse, learner: Person, signed_in: Any
) -> None:
    built = build(1, questions=0, pass_mark=0, video=True)
    registered(learner, built)
    client = signed_in(learner)
    assert "Tôi đã xem" in text(client.get(url(built, 0)))
    client.post(url(built, 0, "seen", built.activities(0)[1].key))
    assert "Đánh dấu đã học xong" in text(client.get(url(built, 0)))


def test_a_document_goes_out_by_a_signed_link(
    build: BuildCourse, learner: Person, signed_in: Any
) -> None:
    built = build(1, published=False)
    stored = store_upload(upload=upload("sổ tay.pdf", PDF), allowed=DOCUMENTS, actor=None)
    added = actions.add_activity(
        actor=None, lesson=built.lessons[0], kind="document", content=Content("Sổ tay", file=stored)
    )
    actions.publish(actor=None, version=built.version)
    registered(learner, built)
    client = signed_in(learner)
    for _ in range(2):
        got = client.get(url(built, 0, "document", added.key), follow=True)
        assert got.getvalue() == PDF
        assert got["Content-Disposition"].startswith("attachment")
    assert Statement.objects.filter(verb__endswith="experienced").count() == 1


def test_a_lesson_page_is_light(
    here: Client, built: Built, django_assert_max_num_queries: Any
) -> None:
    here.get(url(built, 0))
    with django_assert_max_num_queries(12):
        page = here.get(url(built, 0))
    assert len(gzip.compress(page.content)) < 20_000
    with django_assert_max_num_queries(10):
        here.get(reverse("courses:course", args=[built.course.pk]))


def test_a_large_course_costs_no_more_queries(
    build: BuildCourse, learner: Person, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    large = build(30, electives=12, questions=1, code="K9")
    registered(learner, large)
    client = signed_in(learner)
    client.get(url(large, 0))
    with django_assert_max_num_queries(12):
        client.get(url(large, 0))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("courses:course", args=[large.course.pk]))
    assert len(gzip.compress(page.content)) < 20_000


def test_the_command_makes_progress_anew(built: Built, learner: Person) -> None:
    registration = registered(learner, built)
    answer_all(registration, built, 0, right=2)
    LessonProgress.objects.update(completed_at=None)
    call_command("rebuild_progress")
    assert LessonProgress.objects.get().completed_at
