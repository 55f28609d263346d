"""A programme of one course and one exam, a cohort of it, a bank, and somebody enrolled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.courses.models import Course
from lantoa.exams.actions import open_sittings
from lantoa.exams.actions.operating import SYSTEM, failure
from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Save, Saved
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.queries.attempts import paper_for
from lantoa.exams.tests.bank import fill
from lantoa.exams.tests.held import Held, hold
from lantoa.items.actions import BlueprintFields, create_blueprint
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import record_outcome
from lantoa.programmes.models import Cohort, Enrolment, Programme, Requirement

DURING = datetime(2022, 5, 10, 9, 0, tzinfo=VIETNAM)


@dataclass
class World:
    sitting: Sitting
    enrolment: Enrolment
    person: Person
    blueprint: Blueprint
    course_requirement: Requirement
    exam_requirement: Requirement
    cohort: Cohort

    def finish_course(self, enrolment: Enrolment | None = None) -> None:
        record_outcome(
            enrolment=enrolment or self.enrolment,
            requirement=self.course_requirement,
            passed=True,
            source="courses.registration:1",
        )


def make_world(unit: Unit, person: Person, per_topic: int = 2, **fields: Any) -> World:
    """Sittings of 06/05–22/05/2022; 5 topics × `per_topic` questions, 30 minutes, pass at 70%."""
    topics = fill(unit, per_topic + 4)
    blueprint = create_blueprint(
        actor=None,
        unit=unit,
        fields=BlueprintFields(
            **{"title": "Kiểm tra cuối khóa", "minutes": 30, "pass_mark": 70, **fields}
        ),
        cells={(topic.pk, "basic"): per_topic for topic in topics.values()},
    )
    programme = Programme.objects.create(unit=unit, code="CT", title="Bồi dưỡng cấp xã")
    course = Course.objects.create(unit=unit, code="K", title="Chuyển đổi số cấp xã")
    first = Requirement.objects.create(
        programme=programme, position=1, kind="course", course=course
    )
    second = Requirement.objects.create(
        programme=programme, position=2, kind="exam", blueprint=blueprint
    )
    cohort = Cohort.objects.create(
        unit=unit,
        programme=programme,
        name="Đợt 1",
        opens_on=date(2022, 5, 6),
        closes_on=date(2022, 5, 22),
    )
    (sitting,) = open_sittings(actor=None, cohort=cohort)
    enrolment = enrolled(cohort, person)
    return World(sitting, enrolment, person, blueprint, first, second, cohort)


def enrolled(cohort: Cohort, person: Person) -> Enrolment:
    return Enrolment.objects.create(cohort=cohort, person=person, unit=person.unit)


@pytest.fixture
def world(province: Unit, commune: Unit, make_person: MakePerson) -> World:
    return make_world(province, make_person("Nguyễn Thị Hằng", commune))


@pytest.fixture
def examiner(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Ngô Thị Khảo", province)
    grant(person, "examiner", province)
    return signed_in(person)


@pytest.fixture
def held(province: Unit, commune: Unit, make_person: MakePerson) -> Held:
    return hold(province, commune, make_person)


def key_of(attempt: Attempt) -> list[int]:
    """The right option of each slot, as this candidate sees them."""
    paper = paper_for(attempt)
    return [paper.bundle.arranged(place)["answer"] for place in paper.places]


def saving(
    attempt: Attempt, sequence: int, slot: int, response: Any, *, epoch: int = SYSTEM
) -> Save:
    return Save(
        attempt=attempt.pk,
        epoch=epoch,
        now_ms=clock.now_ms(),
        sequence=sequence,
        slot=slot,
        response=msgspec.json.encode(response).decode(),
        value=response,
    )


def save_answer(attempt: Attempt, sequence: int, slot: int, response: Any) -> Saved:
    """One save by the hot path's own code; raises what the candidate would be told."""
    (outcome,) = commit([saving(attempt, sequence, slot, response)])
    if not isinstance(outcome, Saved):
        raise failure(outcome)
    return outcome


def answer(attempt: Attempt, right: int) -> None:
    """Answer every slot, the first `right` of them rightly."""
    saves = [
        saving(attempt, slot + 1, slot, good if slot < right else (good + 1) % 4)
        for slot, good in enumerate(key_of(attempt))
    ]
    assert all(isinstance(outcome, Saved) for outcome in commit(saves))
