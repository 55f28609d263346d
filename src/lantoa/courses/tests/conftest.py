"""A published course of two topics, its learner and its author."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from lantoa.courses import actions
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import Activity, Course, CourseVersion, Lesson, Registration
from lantoa.courses.queries.outline import activities_of, shape_of
from lantoa.courses.queries.places import Place
from lantoa.files.actions import keep
from lantoa.files.models import StoredFile
from lantoa.files.tests.samples import MP4
from lantoa.items.actions import create_item
from lantoa.items.models import ItemVersion
from lantoa.people.models import Person, Unit

RIGHT, WRONG = 1, 0


@dataclass
class Built:
    version: CourseVersion
    lessons: list[Lesson] = field(default_factory=list)

    @property
    def course(self) -> Course:
        return self.version.course

    def activities(self, number: int) -> list[Activity]:
        return activities_of(self.lessons[number])


BuildCourse = Callable[..., Built]


def question(unit: Unit, stem: str = "Một cộng một bằng mấy?") -> ItemVersion:
    content = {
        "stem": f"<p>{stem}</p>",
        "options": [{"text": "Ba"}, {"text": "Hai"}],
        "answer": RIGHT,
        "explanation": "<p>Đếm ngón tay.</p>",
    }
    return create_item(
        actor=None, unit=unit, kind="single_choice", purpose="lesson", content=content
    )


def stored_video() -> StoredFile:
    return keep(stream=io.BytesIO(MP4), name="Bài 1.mp4", media_type="video/mp4", actor=None)


@pytest.fixture
def build(province: Unit) -> BuildCourse:
    """build(2, questions=3, video=True) → a published course whose first module has two lessons,
    each with a text and so many questions; `electives` adds so many elective modules."""

    def make(
        lessons: int = 2,
        *,
        questions: int = 2,
        video: bool = False,
        pass_mark: int = 50,
        electives: int = 0,
        elective_minimum: int = 0,
        published: bool = True,
        code: str = "K1",
    ) -> Built:
        version = actions.create_course(
            actor=None, unit=province, code=code, title="Chuyển đổi số (minh họa)"
        )
        actions.edit_course(
            actor=None,
            version=version,
            title=version.course.title,
            summary="",
            elective_minimum=elective_minimum,
        )
        version.refresh_from_db()
        built = Built(version)

        def lesson(module: Any, title: str) -> None:
            row = actions.add_lesson(actor=None, module=module, title=title, pass_mark=pass_mark)
            text = Content(title="Đọc", body="<p>Nội dung bài đọc.</p>")
            actions.add_activity(actor=None, lesson=row, kind="text", content=text)
            if video:
                shown = Content(title="Xem", file=stored_video())
                actions.add_activity(actor=None, lesson=row, kind="video", content=shown)
            for number in range(questions):
                asked = Content(item_version=question(province, f"Câu {number + 1} của {title}"))
                actions.add_activity(actor=None, lesson=row, kind="question", content=asked)
            built.lessons.append(row)

        module = actions.add_module(
            actor=None, version=version, title="Tổng quan", part="Kiến thức chung"
        )
        for number in range(lessons):
            lesson(module, f"Bài {number + 1}")
        for number in range(electives):
            elective = actions.add_module(
                actor=None, version=version, title=f"Tự chọn {number + 1}", is_mandatory=False
            )
            lesson(elective, f"Bài tự chọn {number + 1}")
        if published:
            actions.publish(actor=None, version=version)
        return built

    return make


@pytest.fixture
def learner(make_person: Any, commune: Unit) -> Person:
    person: Person = make_person("Ma Thị Hồng", commune, phone="0912345678")
    return person


@pytest.fixture
def author(make_person: Any, grant: Any, province: Unit) -> Person:
    person: Person = make_person("Đào Văn Soạn", province, phone="0912345679")
    grant(person, "author", province)
    return person


def registered(person: Person, built: Built) -> Registration:
    return actions.register(persons=[person], course=built.course, actor=None)[person.pk]


def place(
    registration: Registration, built: Built, number: int, activity: Activity | None = None
) -> Place:
    lesson = built.lessons[number]
    return Place(registration, shape_of(lesson, built.activities(number)), activity)


def graded(built: Built, number: int) -> list[Activity]:
    return [each for each in built.activities(number) if each.kind == "question"]


def answer_all(registration: Registration, built: Built, number: int, *, right: int) -> None:
    """Answer every question of a lesson, the first `right` of them rightly."""
    for index, activity in enumerate(graded(built, number)):
        assert activity.item_version is not None
        actions.answer(
            place=place(registration, built, number, activity),
            item_version=activity.item_version,
            response=RIGHT if index < right else WRONG,
        )
