"""An author's pages, by who is asking: from an empty draft to versions and moved learners."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.courses import actions
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import Activity, Course, CourseVersion, Lesson, Module, Registration
from lantoa.courses.queries.outline import activities_of
from lantoa.courses.rules import NotPossible
from lantoa.courses.tests.conftest import (
    BuildCourse,
    answer_all,
    question,
    registered,
    stored_video,
)
from lantoa.files.models import StoredFile
from lantoa.files.tests.samples import MP4, PDF, upload
from lantoa.people.models import Person, Unit

pytestmark = pytest.mark.django_db

QUESTION = {
    "stem": "Việc nào làm trước?",
    "option_0": "Mua máy",
    "option_1": "Vẽ quy trình",
    "answer": "1",
    "explanation": "Quy trình trước.",
}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def to(name: str, *args: Any) -> str:
    return reverse(f"courses:{name}", args=args)


@pytest.fixture
def here(signed_in: Any, author: Person) -> Client:
    client: Client = signed_in(author)
    return client


def test_an_author_writes_and_publishes_a_course(here: Client, province: Unit) -> None:
    assert "Chưa có khóa học nào" in text(here.get(to("courses")))
    made = here.post(
        to("new"), {"title": "Chuyển đổi số", "unit": province.pk, "code": "CDS-1"}, follow=True
    )
    assert "Chưa có chuyên đề nào" in text(made)
    course = Course.objects.get()
    here.post(to("module_new", course.pk), {"title": "Tổng quan", "is_mandatory": "on"})
    module = Module.objects.get()
    here.post(
        to("lesson_new", course.pk, module.pk), {"title": "Bài 1", "minutes": 10, "pass_mark": 70}
    )
    lesson = Lesson.objects.get()
    body = {"title": "Đọc", "body": "<p onclick=x>Chào <script>alert(1)</script><b>xã</b></p>"}
    here.post(to("activity_new", course.pk, lesson.pk, "text"), body)
    video = {"file": upload("bài.mp4", MP4, "video/mp4"), "body": "Lời\n\nvideo"}
    here.post(to("activity_new", course.pk, lesson.pk, "video"), video)
    document = {"file": upload("sổ tay.pdf", PDF, "application/pdf"), "title": "Sổ tay"}
    here.post(to("activity_new", course.pk, lesson.pk, "document"), document)
    here.post(to("activity_new", course.pk, lesson.pk, "question"), QUESTION)
    found = activities_of(lesson)
    assert [each.kind for each in found] == ["text", "video", "document", "question"]
    assert found[0].body == "<p>Chào <b>xã</b></p>"
    assert found[1].body == "<p>Lời</p><p>video</p>"
    assert found[1].title == "bài"
    assert found[3].shown_title == "Việc nào làm trước?"
    page = text(here.get(to("lesson_draft", course.pk, lesson.pk)))
    assert all(each.shown_title in page for each in found)
    published = here.post(to("publish", course.pk), {"note": "Bản đầu"}, follow=True)
    assert "Đã xuất bản bản 1" in text(published)
    version = CourseVersion.objects.get()
    assert version.published_at
    assert version.published_by_id
    actions_done = set(Event.objects.values_list("action", flat=True))
    assert {"courses.create_course", "courses.add_activity", "courses.publish"} <= actions_done


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("text", {"title": "Tên đã gõ", "body": "<p> </p>"}, "Chưa có nội dung"),
        ("video", {"title": "Tên đã gõ", "file": ("a.mp4", b"<html>")}, "Không nhận tệp HTML"),
        ("video", {"title": "Tên đã gõ", "file": ("a.exe", b"MZ")}, "Chỉ nhận tệp"),
        ("document", {"title": "Tên đã gõ"}, "Tệp"),
        ("question", {**QUESTION, "stem": "Tên đã gõ", "answer": "4"}, "còn để trống"),
        ("question", {**QUESTION, "stem": "Tên đã gõ", "option_1": "Mua máy"}, "giống nhau"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(
    here: Client, build: BuildCourse, kind: str, data: dict[str, Any], sentence: str
) -> None:
    built = build(1, published=False)
    before = Activity.objects.count()
    if "file" in data:
        data = {**data, "file": upload(*data["file"])}
    url = to("activity_new", built.course.pk, built.lessons[0].pk, kind)
    answered = here.post(url, data)
    assert answered.status_code == 422
    assert sentence in text(answered)
    assert "Tên đã gõ" in text(answered)
    assert Activity.objects.count() == before
    assert not StoredFile.objects.exists()


def test_pieces_are_moved_removed_and_put_back(here: Client, build: BuildCourse) -> None:
    built = build(3, published=False)
    course, (one, two, three) = built.course.pk, built.lessons

    def order() -> list[str]:
        rows = Lesson.objects.filter(removed_at__isnull=True).order_by("position", "id")
        return [row.title for row in rows]

    moved = here.post(to("move", course, "lessons", three.pk, "up"))
    assert moved["Location"].endswith(f"#lessons-{three.pk}-up"), "the keyboard stays where it was"
    assert order() == ["Bài 1", "Bài 3", "Bài 2"]
    here.post(to("move", course, "lessons", one.pk, "up"))
    assert order() == ["Bài 1", "Bài 3", "Bài 2"]
    gone = here.post(to("remove", course, "lessons", two.pk), follow=True)
    assert "Đã xóa “Bài 2”" in text(gone)
    assert "Hoàn tác" in text(gone)
    assert order() == ["Bài 1", "Bài 3"]
    here.post(to("remove", course, "lessons", one.pk))
    for each in (two, one):
        here.post(to("restore", course, "lessons", each.pk))
    assert order() == ["Bài 1", "Bài 3", "Bài 2"], "each where it stood"


@pytest.mark.parametrize("sort", ["modules", "lessons", "activities"])
def test_what_was_removed_is_gone_after_publishing(build: BuildCourse, sort: str) -> None:
    built = build(2, electives=1, published=False)
    pieces: dict[str, Any] = {
        "modules": Module.objects.get(is_mandatory=False),
        "lessons": built.lessons[1],
        "activities": built.activities(0)[0],
    }
    actions.remove(actor=None, piece=pieces[sort])
    actions.publish(actor=None, version=built.version)
    assert not type(pieces[sort]).objects.filter(pk=pieces[sort].pk).exists()
    assert not type(pieces[sort]).objects.filter(removed_at__isnull=False).exists()


def test_a_published_version_never_changes(here: Client, build: BuildCourse) -> None:
    built = build(1)
    module, lesson, activity = (
        Module.objects.get(),
        built.lessons[0],
        built.activities(0)[0],
    )
    attempts: list[Callable[[], object]] = [
        lambda: actions.add_module(actor=None, version=built.version, title="x"),
        lambda: actions.edit_module(
            actor=None, module=module, title="x", part="", summary="", topic=None, is_mandatory=True
        ),
        lambda: actions.add_lesson(actor=None, module=module, title="x"),
        lambda: actions.edit_lesson(actor=None, lesson=lesson, title="x", minutes=1, pass_mark=0),
        lambda: actions.add_activity(actor=None, lesson=lesson, kind="text", content=Content()),
        lambda: actions.edit_activity(actor=None, activity=activity, content=Content()),
        lambda: actions.remove(actor=None, piece=lesson),
        lambda: actions.restore(actor=None, piece=lesson),
        lambda: actions.shift(actor=None, piece=lesson, by=1),
        lambda: actions.publish(actor=None, version=built.version),
        lambda: actions.edit_course(
            actor=None, version=built.version, title="x", summary="", elective_minimum=0
        ),
    ]
    for attempt in attempts:
        with pytest.raises(NotPossible, match="không sửa được nữa"):
            attempt()
    course = built.course.pk
    pages = [
        to("details", course),
        to("module_edit", course, module.pk),
        to("lesson_draft", course, lesson.pk),
        to("activity_edit", course, activity.pk),
        to("publish", course),
    ]
    assert {here.get(page).status_code for page in pages} == {404}
    assert here.post(to("remove", course, "lessons", lesson.pk)).status_code == 404


def test_the_next_edit_is_a_copy_with_the_same_keys(here: Client, build: BuildCourse) -> None:
    built = build(2, electives=1, elective_minimum=1, video=True)
    assert "Sửa ở bản nháp mới" in text(here.get(to("edit", built.course.pk)))
    for _ in range(2):
        here.post(to("open_draft", built.course.pk))
    draft = CourseVersion.objects.get(published_at__isnull=True)
    assert (draft.number, draft.elective_minimum) == (2, 1)

    def keys(version: CourseVersion) -> list[Any]:
        rows = Activity.objects.filter(lesson__module__version=version)
        path = ("lesson__module__key", "lesson__key", "key", "kind", "position", "body", "file_id")
        return sorted(rows.values_list(*path, "item_version_id"))

    assert keys(draft) == keys(built.version)
    assert len(keys(draft)) == 12


def test_editing_a_question_writes_the_items_next_version(here: Client, build: BuildCourse) -> None:
    built = build(1, questions=1)
    draft = actions.open_draft(actor=None, course=built.course)
    activity = Activity.objects.get(lesson__module__version=draft, kind="question")
    url = to("activity_edit", built.course.pk, activity.pk)
    assert "Một cộng một" not in text(here.get(url))
    here.post(url, QUESTION)
    before = Activity.objects.get(lesson__module__version=built.version, kind="question")
    activity.refresh_from_db()
    assert activity.item_version
    assert before.item_version
    assert activity.item_version.number == 2
    assert activity.item_version.item_id == before.item_version.item_id
    assert before.item_version.number == 1, "who learns the published version sees no change"


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        ("nothing", "chưa có chuyên đề"),
        ("module", "chưa có bài nào"),
        ("lesson", "chưa có nội dung"),
        ("no questions", "chưa có câu hỏi"),
        ("electives", "chỉ có 0"),
        ("empty text", "Bài đọc chưa có nội dung"),
    ],
)
def test_publishing_says_what_is_missing(
    here: Client, province: Unit, prepare: str, sentence: str
) -> None:
    version = actions.create_course(actor=None, unit=province, code="K7", title="Khóa")
    if prepare != "nothing":
        module = actions.add_module(actor=None, version=version, title="Tổng quan")
    if prepare in ("lesson", "no questions", "electives", "empty text"):
        lesson = actions.add_lesson(actor=None, module=module, title="Bài 1", pass_mark=70)
    if prepare in ("no questions", "electives", "empty text"):
        body = "" if prepare == "empty text" else "<p>Có chữ</p>"
        content = Content(title="Đọc", body=body)
        actions.add_activity(actor=None, lesson=lesson, kind="text", content=content)
    if prepare in ("electives", "empty text"):
        content = Content(item_version=question(province))
        actions.add_activity(actor=None, lesson=lesson, kind="question", content=content)
    if prepare == "electives":
        actions.edit_course(
            actor=None, version=version, title="Khóa", summary="", elective_minimum=2
        )
    page = text(here.get(to("publish", version.course_id)))
    assert sentence in page
    assert "<form class=" not in page
    here.post(to("publish", version.course_id), {"note": ""})
    assert CourseVersion.objects.get().published_at is None


def test_learners_stay_until_they_are_moved_and_keep_their_progress(
    here: Client, build: BuildCourse, learner: Person, make_person: Any, commune: Unit
) -> None:
    built = build(2)
    half, done = registered(learner, built), registered(make_person("Lý A Sính", commune), built)
    answer_all(half, built, 0, right=2)
    for number in range(2):
        answer_all(done, built, number, right=2)
    draft = actions.open_draft(actor=None, course=built.course)
    actions.remove(actor=None, piece=Lesson.objects.get(module__version=draft, title="Bài 2"))
    actions.publish(actor=None, version=draft)
    half.refresh_from_db()
    assert half.version == built.version
    page = text(here.get(to("versions", built.course.pk)))
    assert "1 người còn học bản cũ" in page
    assert "Bỏ bài: “Bài 2”" in page
    asked = text(here.get(to("move_learners", built.course.pk, 2)))
    assert "Chuyển 1 người" in asked
    here.post(to("move_learners", built.course.pk, 2))
    half.refresh_from_db()
    done.refresh_from_db()
    assert half.version.number == 2
    assert half.completed_at, "all that the new version asks for is finished"
    assert done.version.number == 1
    completed = Event.objects.filter(action="courses.complete_registration")
    assert completed.count() == 2
    moved = Event.objects.get(action="courses.move_learners")
    assert moved.data == {"version": 2, "registrations": [half.pk]}
    here.post(to("move_learners", built.course.pk, 2))
    assert completed.count() == 2


def test_a_preview_looks_like_the_lesson_and_keeps_nothing(
    here: Client, build: BuildCourse
) -> None:
    built = build(2, published=False, video=True)
    page = text(here.get(to("preview", built.course.pk), follow=True))
    assert "câu trả lời không được lưu" in page
    assert "Câu 2 của Bài 1" in page
    activity = next(each for each in built.activities(0) if each.kind == "question")
    url = to("preview_answer", built.course.pk, built.lessons[0].key, activity.key)
    assert "Chưa đúng" in text(here.post(url, {"answer-1": "0"}))
    assert "Đúng" in text(here.post(url, {"answer-1": "1"}, headers={"HX-Request": "true"}))
    assert not Registration.objects.exists()


def test_beside_the_authors_units_nothing_exists(
    build: BuildCourse, signed_in: Any, make_person: Any, grant: Any, commune: Unit, client: Client
) -> None:
    built = build(1, published=False)
    module, activity = Module.objects.get(), built.activities(0)[0]
    elsewhere = make_person("Hoàng Thị Xa", commune)
    grant(elsewhere, "author", commune)
    course, lesson = built.course.pk, built.lessons[0]
    pages = [
        to("edit", course),
        to("details", course),
        to("module_new", course),
        to("module_edit", course, module.pk),
        to("lesson_new", course, module.pk),
        to("lesson_draft", course, lesson.pk),
        to("lesson_edit", course, lesson.pk),
        to("activity_new", course, lesson.pk, "text"),
        to("activity_edit", course, activity.pk),
        to("publish", course),
        to("versions", course),
        to("move_learners", course, 1),
        to("preview", course),
        to("preview_lesson", course, lesson.key),
    ]
    posts = [
        to("open_draft", course),
        to("move", course, "lessons", lesson.pk, "up"),
        to("remove", course, "activities", activity.pk),
        to("restore", course, "modules", module.pk),
        to("preview_answer", course, lesson.key, activity.key),
    ]
    learner_only = make_person("Lý A Sính", commune)
    for who in (elsewhere, learner_only):
        session = signed_in(who)
        assert {session.get(each).status_code for each in pages} == {404}
        assert {session.post(each).status_code for each in [*pages[1:], *posts]} <= {404, 405}
        assert "Chuyển đổi số (minh họa)" not in text(session.get(to("courses")))
    assert {client.get(each).status_code for each in pages} == {302}
    assert Lesson.objects.filter(removed_at__isnull=True).count() == 1


def test_a_piece_of_another_course_is_not_reached_through_ours(
    here: Client, build: BuildCourse
) -> None:
    one, two = build(1, published=False, code="K1"), build(1, published=False, code="K2")
    url = to("remove", one.course.pk, "lessons", two.lessons[0].pk)
    assert here.post(url).status_code == 404


def test_the_list_and_the_draft_cost_a_constant_number_of_queries(
    here: Client, build: BuildCourse, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        build(4, electives=3, code=f"K{number}", published=number % 2 == 0)
    with django_assert_max_num_queries(12):
        here.get(to("courses"))
    draft = Course.objects.get(code="K1")
    with django_assert_max_num_queries(18):
        here.get(to("edit", draft.pk))


def test_a_video_can_be_renamed_without_sending_it_again(here: Client, build: BuildCourse) -> None:
    built = build(1, published=False)
    stored = stored_video()
    activity = actions.add_activity(
        actor=None, lesson=built.lessons[0], kind="video", content=Content("Cũ", file=stored)
    )
    here.post(to("activity_edit", built.course.pk, activity.pk), {"title": "Mới"})
    activity.refresh_from_db()
    assert (activity.title, activity.file) == ("Mới", stored)
