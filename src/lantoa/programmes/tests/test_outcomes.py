"""Outcomes come from below and above, twice or out of order; an enrolment completes once."""

from collections.abc import Callable

import pytest

from lantoa.audit.models import Event
from lantoa.courses.models import Course, CourseVersion, Registration
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes import consumers
from lantoa.programmes.actions import (
    correct_outcome,
    record_certified,
    record_outcome,
    record_uncertified,
)
from lantoa.programmes.models import Cohort, Enrolment, Outcome, Requirement


@pytest.fixture
def enrolment(cohort: Cohort, commune: Unit, make_person: Callable[..., Person]) -> Enrolment:
    person: Person = make_person("Nguyễn Văn An", commune)
    return Enrolment.objects.create(cohort=cohort, person=person, unit=commune)


@pytest.fixture
def registration(enrolment: Enrolment, course: Course) -> Registration:
    version = CourseVersion.objects.get(course=course)
    return Registration.objects.create(person=enrolment.person, course=course, version=version)


def _event(registration: Registration, verb: str) -> Event:
    return Event.objects.create(
        action=f"courses.{verb}_registration",
        object_type="courses.registration",
        object_id=str(registration.pk),
        data={"person": registration.person_id, "course": registration.course_id},
    )


def _completions(enrolment: Enrolment) -> int:
    return Event.objects.filter(
        action="programmes.complete_enrolment", object_id=str(enrolment.pk)
    ).count()


def test_starting_the_course_stamps_the_enrolment_once(
    registration: Registration, enrolment: Enrolment
) -> None:
    first = _event(registration, "start")
    consumers.registration_started(first)
    consumers.registration_started(_event(registration, "start"))
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.started_at == first.at


def test_course_then_exam_completes_once(
    registration: Registration, enrolment: Enrolment, cohort: Cohort
) -> None:
    finished = _event(registration, "complete")
    consumers.registration_completed(finished)
    consumers.registration_completed(finished)
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.completed_at is None
    assert Outcome.objects.count() == 1
    exam = Requirement.objects.get(programme=cohort.programme, kind="exam")
    for source in ("exams.result:1", "exams.result:1", "exams.result:2"):
        record_outcome(enrolment=enrolment, requirement=exam, passed=True, score=80, source=source)
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.completed_at is not None
    assert _completions(enrolment) == 1


def test_a_failed_exam_completes_nothing(
    registration: Registration, enrolment: Enrolment, cohort: Cohort
) -> None:
    consumers.registration_completed(_event(registration, "complete"))
    exam = Requirement.objects.get(programme=cohort.programme, kind="exam")
    record_outcome(
        enrolment=enrolment, requirement=exam, passed=False, score=40, source="exams.result:1"
    )
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.completed_at is None
    assert enrolment.started_at is not None


def test_a_withdrawn_enrolment_hears_nothing(
    registration: Registration, enrolment: Enrolment
) -> None:
    Enrolment.objects.update(withdrawn_at=clock.now())
    consumers.registration_started(_event(registration, "start"))
    consumers.registration_completed(_event(registration, "complete"))
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.started_at is None
    assert not Outcome.objects.exists()


def test_another_course_changes_nothing(
    registration: Registration, enrolment: Enrolment, make_course: Callable[..., Course]
) -> None:
    event = _event(registration, "complete")
    event.data["course"] = make_course("K2").pk
    consumers.registration_completed(event)
    assert not Outcome.objects.exists()


def test_certified_only_after_completion_and_once(enrolment: Enrolment) -> None:
    assert record_certified(enrolment_ids=[enrolment.pk]) == 0
    Enrolment.objects.update(completed_at=clock.now())
    assert record_certified(enrolment_ids=[enrolment.pk]) == 1
    assert record_certified(enrolment_ids=[enrolment.pk]) == 0
    assert record_uncertified(enrolment=enrolment) is True
    assert record_uncertified(enrolment=enrolment) is False
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.certified_at is None


@pytest.mark.parametrize("certified", [False, True])
def test_a_pass_that_becomes_a_fail_is_corrected_and_no_certificate_taken(
    registration: Registration, enrolment: Enrolment, cohort: Cohort, *, certified: bool
) -> None:
    consumers.registration_completed(_event(registration, "complete"))
    exam = Requirement.objects.get(programme=cohort.programme, kind="exam")

    def report(*, passed: bool, score: int) -> None:
        correct_outcome(
            enrolment=enrolment, requirement=exam, passed=passed, score=score,
            source="exams.result:1",
        )  # fmt: skip

    report(passed=True, score=80)
    report(passed=True, score=80)
    assert _completions(enrolment) == 1
    if certified:
        record_certified(enrolment_ids=[enrolment.pk])
    report(passed=False, score=60)
    outcome = Outcome.objects.get(requirement=exam)
    assert (outcome.passed, outcome.score) == (False, 60)
    enrolment.refresh_from_db()
    assert (enrolment.completed_at is not None) is certified
    assert (enrolment.certified_at is not None) is certified
    told = "doubt_certificate" if certified else "take_back_completion"
    assert Event.objects.filter(action=f"programmes.{told}").count() == 1
    event = Event.objects.get(action="programmes.correct_outcome")
    assert (event.data["was_passed"], event.data["was_score"]) == (True, 80)
    report(passed=True, score=75)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None


def test_another_pass_keeps_the_completion(
    registration: Registration, enrolment: Enrolment, cohort: Cohort
) -> None:
    consumers.registration_completed(_event(registration, "complete"))
    exam = Requirement.objects.get(programme=cohort.programme, kind="exam")
    for number in (1, 2):
        record_outcome(
            enrolment=enrolment, requirement=exam, passed=True, source=f"exams.result:{number}"
        )
    correct_outcome(
        enrolment=enrolment, requirement=exam, passed=False, score=1, source="exams.result:1"
    )
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
