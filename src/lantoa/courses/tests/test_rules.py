from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from lantoa.courses import rich_text
from lantoa.courses.rules.differences import Contents, differences
from lantoa.courses.rules.gate import (
    ActivityShape,
    LessonShape,
    ModuleShape,
    course_done,
    is_open,
    verdict,
)
from lantoa.courses.rules.progress import LessonState, Step, apart, percent

A, B, C = (UUID(int=n) for n in (1, 2, 3))
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lesson", "completed", "opens"),
    [
        (A, set(), True),
        (B, set(), False),
        (B, {A}, True),
        (C, {A}, False),
        (C, {B}, True),
        (C, {C}, True),
    ],
)
def test_a_lesson_opens_after_the_one_before(
    lesson: UUID, completed: set[UUID], opens: bool
) -> None:
    assert is_open([A, B, C], lesson, completed) is opens


@pytest.mark.parametrize(
    ("modules", "completed", "minimum", "done"),
    [
        ([], set(), 0, False),
        ([ModuleShape(True, ())], set(), 0, False),
        ([ModuleShape(True, (A, B))], {A}, 0, False),
        ([ModuleShape(True, (A, B))], {A, B}, 0, True),
        ([ModuleShape(True, (A,)), ModuleShape(False, (B,))], {A}, 0, True),
        ([ModuleShape(True, (A,)), ModuleShape(False, (B,))], {A}, 1, False),
        ([ModuleShape(True, (A,)), ModuleShape(False, (B,))], {A, B}, 1, True),
        ([ModuleShape(True, (A,)), ModuleShape(False, (B,))], {B}, 1, False),
        ([ModuleShape(False, (A,)), ModuleShape(False, (B,))], {A}, 2, False),
    ],
)
def test_when_a_course_is_done(
    modules: list[ModuleShape], completed: set[UUID], minimum: int, done: bool
) -> None:
    assert course_done(modules, completed, minimum) is done


def state(right: int, wrong: int, *, seen: bool = True, completed: bool = False) -> LessonState:
    known = {
        str(UUID(int=10 + n)): {"response": 0, "correct": n < right} for n in range(right + wrong)
    }
    if seen:
        known[str(A)] = {"done": True}
    return LessonState(AT, activities=known, completed_at=AT if completed else None)


def shape(questions: int, mark: int) -> LessonShape:
    asked = tuple(ActivityShape(UUID(int=10 + n), graded=True) for n in range(questions))
    return LessonShape(uuid4(), mark, (ActivityShape(A, required=True), *asked))


@pytest.mark.parametrize(
    ("so_far", "questions", "mark", "answered", "verb"),
    [
        (state(2, 0), 3, 70, True, None),
        (state(7, 3), 10, 70, True, "passed"),
        (state(6, 4), 10, 70, True, "failed"),
        (state(6, 4), 10, 70, False, None),
        (state(2, 1), 3, 67, True, "failed"),
        (state(2, 1), 3, 66, True, "passed"),
        (state(0, 1), 1, 0, True, "passed"),
        (state(3, 0, seen=False), 3, 70, True, None),
        (state(3, 0), 3, 70, False, "passed"),
        (state(3, 0, completed=True), 3, 70, False, None),
        (state(3, 0, completed=True), 3, 70, True, "passed"),
        (state(0, 0), 0, 0, True, None),
    ],
)
def test_what_a_round_comes_to(
    so_far: LessonState, questions: int, mark: int, answered: bool, verb: str | None
) -> None:
    decided = verdict(so_far, shape(questions, mark), answered=answered)
    assert (decided.verb.rsplit("/", 1)[1] if decided else None) == verb


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ({"raw": 2, "max": 3}, 66),
        ({"raw": 7, "max": 10}, 70),
        ({"scaled": 0.29}, 29),
        ({"scaled": 0.699}, 69),
        ({}, None),
        ({"raw": 3, "max": 0}, None),
    ],
)
def test_percent_rounds_down(score: dict[str, float], expected: int | None) -> None:
    assert percent({"score": score}) == expected


def test_steps_of_one_moment_keep_their_order() -> None:
    steps = apart([Step("a:1", A, AT), Step("a:2", A, AT), Step("a:3", A, AT)])
    assert [step.verb for step in sorted(steps, key=lambda step: step.at)] == ["a:1", "a:2", "a:3"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Một đoạn\n\nHai <đoạn>", "<p>Một đoạn</p><p>Hai &lt;đoạn&gt;</p>"),
        ("a < b và c > d", "<p>a &lt; b và c &gt; d</p>"),
        ("<p>x</p><script>alert(1)</script>", "<p>x</p>"),
        ('<p style="color:red" class="x" onclick="y">x</p>', "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<a href="https://a.vn">x</a>', '<a href="https://a.vn" rel="noopener noreferrer">x</a>'),
        ("<img src=x onerror=alert(1)>chữ", "chữ"),
        ("<style>p{}</style><h1>To</h1><h2>Vừa</h2>", "To<h2>Vừa</h2>"),
        ("<svg><script>1</script></svg><p>x</p>", "<p>x</p>"),
        ('<table><tr><th scope="col">A</th></tr></table>', '<th scope="col">A</th>'),
        ("<p>x<!-- y --></p><p> </p><p>&nbsp;</p>", "<p>x</p>"),
        ("Tie\u0302\u0301ng", "<p>Tiếng</p>"),
        ("<p>a<iframe src=//x></iframe>b</p>", "<p>ab</p>"),
        ("", ""),
    ],
)
def test_authors_text_is_safe(typed: str, kept: str) -> None:
    assert kept in rich_text.clean(typed)
    assert "script" not in rich_text.clean(typed)
    assert rich_text.clean(rich_text.clean(typed)) == rich_text.clean(typed)


def contents(*lessons: tuple[UUID, str, object]) -> Contents:
    return Contents({A: ("Tổng quan", 1)}, {key: (title, said) for key, title, said in lessons})


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (contents((B, "Hai", 1), (C, "Ba", 1)), []),
        (contents((B, "Hai", 1)), ["Bỏ bài: “Ba”."]),
        (contents((B, "Hai", 1), (C, "Ba", 1), (A, "Mới", 1)), ["Thêm bài: “Mới”."]),
        (contents((B, "Hai", 2), (C, "Ba", 1)), ["Sửa bài: “Hai”."]),
        (contents((C, "Ba", 1), (B, "Hai", 1)), ["Đổi thứ tự chuyên đề hoặc bài."]),
    ],
)
def test_what_changed_between_versions(after: Contents, said: list[str]) -> None:
    assert differences(contents((B, "Hai", 1), (C, "Ba", 1)), after) == said
