"""Learning step by step: what is appended, what it means, and that it can be made anew."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lantoa.audit.models import Event
from lantoa.courses import actions
from lantoa.courses.actions import History
from lantoa.courses.models import LessonProgress, Registration
from lantoa.courses.queries import learning_of
from lantoa.courses.rules.progress import Step
from lantoa.courses.tests.conftest import BuildCourse, answer_all, graded, place, registered
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.records import verbs
from lantoa.records.models import Statement

pytestmark = pytest.mark.django_db


def said(registration: Registration) -> list[str]:
    rows = Statement.objects.filter(registration=registration.key).order_by("timestamp", "id")
    return [row.verb.rsplit("/", 1)[1] for row in rows]


def events(action: str) -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.filter(action=action)]


def test_opening_a_lesson_begins_the_course_once(build: BuildCourse, learner: Person) -> None:
    built = build()
    registration = registered(learner, built)
    for _ in range(3):
        actions.open_lesson(place=place(registration, built, 0))
    assert said(registration) == ["initialized", "initialized"], "the course, then the lesson"
    assert events("courses.start_registration") == [
        {"person": learner.pk, "course": built.course.pk, "registration": registration.pk}
    ]
    registration.refresh_from_db()
    assert registration.started_at


def test_the_last_answer_decides_the_round(build: BuildCourse, learner: Person) -> None:
    built = build(pass_mark=50)
    registration = registered(learner, built)
    answer_all(registration, built, 0, right=1)
    assert said(registration) == ["initialized", "answered", "answered", "passed"]
    row = LessonProgress.objects.get()
    assert (row.score, bool(row.completed_at)) == (50, True)


def test_below_the_mark_the_questions_are_taken_again(build: BuildCourse, learner: Person) -> None:
    built = build(questions=3, pass_mark=70)
    registration = registered(learner, built)
    answer_all(registration, built, 0, right=2)
    row = LessonProgress.objects.get()
    assert (row.score, row.completed_at, row.round) == (66, None, 1)
    assert said(registration)[-1] == "failed"
    assert actions.retake(place=place(registration, built, 0))
    assert not actions.retake(place=place(registration, built, 0)), (
        "a round in hand is finished first"
    )
    answer_all(registration, built, 0, right=3)
    row.refresh_from_db()
    assert (row.score, row.round) == (100, 2)
    assert row.completed_at
    actions.retake(place=place(registration, built, 0))
    answer_all(registration, built, 0, right=0)
    finished = row.completed_at
    row.refresh_from_db()
    assert (row.score, row.completed_at) == (100, finished), "the best round counts"


def test_only_a_rounds_first_answer_counts(build: BuildCourse, learner: Person) -> None:
    built = build()
    registration = registered(learner, built)
    activity = graded(built, 0)[0]
    assert activity.item_version
    where = place(registration, built, 0, activity)
    assert actions.answer(place=where, item_version=activity.item_version, response=0)
    assert not actions.answer(place=where, item_version=activity.item_version, response=1)
    assert LessonProgress.objects.get().activities[str(activity.key)]["correct"] is False
    assert said(registration).count("answered") == 1


def test_a_video_is_part_of_the_lesson(build: BuildCourse, learner: Person) -> None:
    built = build(video=True)
    registration = registered(learner, built)
    video = built.activities(0)[1]
    where = place(registration, built, 0, video)
    actions.save_position(place=where, position=30, length=100)
    assert not actions.save_position(place=where, position=30.4, length=100), "says nothing new"
    answer_all(registration, built, 0, right=2)
    assert LessonProgress.objects.get().completed_at is None, "the video is still to be seen"
    actions.save_position(place=where, position=91, length=100)
    row = LessonProgress.objects.get()
    assert row.completed_at
    assert row.score == 100
    assert row.activities[str(video.key)] == {"position": 91.0, "furthest": 91.0, "done": True}
    verbs_said = said(registration)
    assert verbs_said.count("progressed") == 2
    assert verbs_said[-2:] == ["completed", "passed"]


@pytest.mark.parametrize(("position", "length"), [(-5, 100), (1e12, 100), (50, 1e12), (3, 0)])
def test_forged_positions_are_kept_within_reason(
    build: BuildCourse, learner: Person, position: float, length: float
) -> None:
    built = build(video=True)
    where = place(registered(learner, built), built, 0, built.activities(0)[1])
    actions.save_position(place=where, position=position, length=length)
    for row in LessonProgress.objects.all():
        for known in row.activities.values():
            assert 0 <= known.get("position", 0) <= 86_400


def test_a_lesson_without_questions_is_marked_as_learned(
    build: BuildCourse, learner: Person
) -> None:
    built = build(questions=0, pass_mark=0, video=True)
    registration = registered(learner, built)
    actions.open_lesson(place=place(registration, built, 0))
    assert not actions.finish_lesson(place=place(registration, built, 0)), "the video comes first"
    actions.finish_activity(place=place(registration, built, 0, built.activities(0)[1]))
    assert actions.finish_lesson(place=place(registration, built, 0))
    assert not actions.finish_lesson(place=place(registration, built, 0))
    assert LessonProgress.objects.get().completed_at


def test_finishing_the_last_lesson_completes_the_course_once(
    build: BuildCourse, learner: Person
) -> None:
    built = build(2)
    registration = registered(learner, built)
    answer_all(registration, built, 0, right=2)
    assert not events("courses.complete_registration")
    answer_all(registration, built, 1, right=2)
    actions.retake(place=place(registration, built, 1))
    answer_all(registration, built, 1, right=2)
    assert events("courses.complete_registration") == [
        {"person": learner.pk, "course": built.course.pk, "registration": registration.pk}
    ]
    registration.refresh_from_db()
    assert registration.completed_at


def test_electives_count_up_to_the_minimum(build: BuildCourse, learner: Person) -> None:
    built = build(1, electives=3, elective_minimum=2)
    registration = registered(learner, built)
    answer_all(registration, built, 0, right=2)
    answer_all(registration, built, 2, right=2)
    registration.refresh_from_db()
    assert registration.completed_at is None
    answer_all(registration, built, 3, right=2)
    registration.refresh_from_db()
    assert registration.completed_at


def snapshot() -> list[tuple[Any, ...]]:
    return sorted(
        LessonProgress.objects.values_list(
            "registration_id", "lesson_key", "started_at", "round", "score", "completed_at"
        )
    )


def details() -> dict[Any, Any]:
    return {(r.registration_id, r.lesson_key): r.activities for r in LessonProgress.objects.all()}


def test_progress_made_anew_is_the_same(build: BuildCourse, learner: Person) -> None:
    built = build(2, video=True, questions=3, pass_mark=70)
    registration = registered(learner, built)
    actions.open_lesson(place=place(registration, built, 0))
    actions.save_position(
        place=place(registration, built, 0, built.activities(0)[1]), position=12.34, length=60
    )
    answer_all(registration, built, 0, right=2)
    actions.retake(place=place(registration, built, 0))
    answer_all(registration, built, 0, right=3)
    actions.finish_activity(place=place(registration, built, 0, built.activities(0)[1]))
    answer_all(registration, built, 1, right=1)
    before = snapshot(), details()
    assert len(before[0]) == 2
    LessonProgress.objects.update(score=1, completed_at=None, activities={})
    assert actions.rebuild_progress(registrations=[registration]) == 2
    assert (snapshot(), details()) == before


def test_a_history_replayed_is_what_steps_would_have_made(
    build: BuildCourse, learner: Person, make_person: Any, commune: Any
) -> None:
    built = build(1, questions=2)
    other = make_person("Lý A Sính", commune)
    at = datetime(2022, 5, 7, 3, tzinfo=UTC)
    lesson, questions = built.lessons[0].key, [each.key for each in graded(built, 0)]
    steps = [Step(verbs.INITIALIZED, lesson, at)]
    for index, key in enumerate(questions):
        result = {"response": "1", "success": True, "score": {"raw": 1, "min": 0, "max": 1}}
        steps.append(Step(verbs.ANSWERED, lesson, at + timedelta(minutes=index + 1), key, result))
    score = {"scaled": 1.0, "raw": 2, "min": 0, "max": 2}
    end = at + timedelta(minutes=2)
    passed = {"score": score, "success": True, "completion": True}
    steps.append(Step(verbs.PASSED, lesson, end, result=passed))
    moments = actions.replay(histories=[History(registered(other, built), steps)], actor=None)
    with clock.fixed(at):
        registration = registered(learner, built)
        actions.open_lesson(place=place(registration, built, 0))
    for index in range(2):
        with clock.fixed(at + timedelta(minutes=index + 1)):
            activity = graded(built, 0)[index]
            assert activity.item_version
            actions.answer(
                place=place(registration, built, 0, activity),
                item_version=activity.item_version,
                response=1,
            )
    one, two = (each[1:] for each in snapshot())
    assert one[:4] == two[:4]
    assert one[4] - two[4] <= timedelta(microseconds=1)
    assert said(Registration.objects.get(person=other)) == said(registration)
    assert list(moments.values()) == [(at, end + timedelta(microseconds=1))]
    assert len(events("courses.complete_registration")) == 2


def test_registering_is_bulk_and_idempotent(
    build: BuildCourse, make_person: Any, commune: Any, django_assert_max_num_queries: Any
) -> None:
    built = build()
    people = [make_person(f"Hoàng Văn {n}", commune) for n in range(12)]
    with django_assert_max_num_queries(8):
        first = actions.register(persons=people, course=built.course, actor=None)
    assert set(first) == {person.pk for person in people}
    again = actions.register(persons=[*people, people[0]], course=built.course, actor=None)
    assert {r.pk for r in again.values()} == {r.pk for r in first.values()}
    assert len(events("courses.register")) == 1


def test_home_learns_all_of_it_in_three_queries(
    build: BuildCourse, learner: Person, django_assert_num_queries: Any
) -> None:
    one, two = build(2, electives=2, code="K1"), build(3, code="K2")
    registration = registered(learner, one)
    registered(learner, two)
    answer_all(registration, one, 0, right=2)
    actions.open_lesson(place=place(registration, one, 2))
    with django_assert_num_queries(3):
        learning = learning_of(learner)
    first = next(each for each in learning if each.registration == registration)
    assert (first.lessons_done, first.lessons_total, first.percent) == (1, 4, 25)
    assert [module.state for module in first.modules] == ["started", "started", "not_started"]
    assert str(one.lessons[2].key) in first.next_url, "the module learned last goes on"
    assert str(one.lessons[1].key) in first.modules[0].next_url
    assert learning[1].registration.course == two.course or learning[0].registration.course


def test_an_unknown_verb_moves_nothing() -> None:
    from lantoa.courses.rules.progress import fold

    at = datetime(2026, 1, 1, tzinfo=UTC)
    lesson, activity = uuid4(), uuid4()
    state = fold(None, Step("http://example.org/liked", lesson, at))
    assert state == fold(state, Step("http://example.org/liked", lesson, at))
    assert fold(state, Step("http://example.org/liked", lesson, at, activity)).of(activity) == {}
