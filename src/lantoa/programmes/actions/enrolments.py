"""Putting people into a cohort, thousands at a stroke, and taking them out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.actions import register
from lantoa.courses.models import Course, Registration
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes import rules
from lantoa.programmes.actions.outcomes import complete_if_done
from lantoa.programmes.models import Cohort, Enrolment, EnrolmentBatch, Outcome, Requirement

CHUNK = 5000
"""Rows per INSERT; Django lowers it where the database takes fewer."""


@dataclass(frozen=True)
class EnrolReport:
    """Counts of people. `batch` is None when nobody was enrolled."""

    enrolled: int
    already: int
    not_active: int
    batch: EnrolmentBatch | None = None

    @property
    def counts(self) -> dict[str, int]:
        return {
            "enrolled": self.enrolled,
            "already": self.already,
            "not_active": self.not_active,
        }


@dataclass(frozen=True)
class EnrolSplit:
    """Who of a choice of people will be enrolled, is already, and has left."""

    fresh: list[Person]
    already: list[Person]
    not_active: list[Person]


def _split(cohort: Cohort, persons: Sequence[Person]) -> EnrolSplit:
    """`plans.queries.choices.dry_run` counts them apart in the same way."""
    today = clock.today()
    enrolled = set(
        Enrolment.objects.filter(cohort=cohort, withdrawn_at__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    fresh, already, not_active = [], [], []
    for person in {p.pk: p for p in persons}.values():
        if person.pk in enrolled:
            already.append(person)
        elif person.left_on is not None and person.left_on <= today:
            not_active.append(person)
        else:
            fresh.append(person)
    return EnrolSplit(fresh, already, not_active)


@transaction.atomic
def enrol(
    *, cohort: Cohort, persons: Sequence[Person], actor: User | None, choice: str = ""
) -> EnrolReport:
    """Enrol people in a cohort and register them with its courses; one batch, one event.

    People already in it stay as they are, people who left are passed over. A course finished
    before, or a part passed within the months it is kept, counts at once. `choice` says in words
    how the people were chosen.
    """
    cohort = Cohort.objects.select_for_update().select_related("programme").get(pk=cohort.pk)
    if cohort.closes_on < clock.today():
        raise ValidationError(_("Đợt này đã kết thúc nên không ghi danh thêm được."))
    parts = _split(cohort, persons)
    report = EnrolReport(len(parts.fresh), len(parts.already), len(parts.not_active))
    if not parts.fresh:
        return report
    batch = EnrolmentBatch.objects.create(
        cohort=cohort,
        choice=choice[:300],
        by_id=actor.pk if actor else None,
        **report.counts,
    )
    enrolments = _write(cohort, batch, parts.fresh)
    requirements = list(cohort.programme.requirements.select_related("course"))
    for requirement in requirements:
        if requirement.course is not None:
            register(persons=parts.fresh, course=requirement.course, actor=actor)
    _count_what_was_done(enrolments, requirements)
    record(
        actor=actor,
        action="programmes.enrol",
        on=cohort,
        data={"batch": batch.pk, "choice": batch.choice, **report.counts},
    )
    return replace(report, batch=batch)


def _write(cohort: Cohort, batch: EnrolmentBatch, persons: Sequence[Person]) -> list[Enrolment]:
    before = Enrolment.objects.filter(cohort__programme=cohort.programme)
    seen = set(before.values_list("person_id", flat=True))
    return Enrolment.objects.bulk_create(
        [
            Enrolment(
                cohort=cohort,
                person=person,
                unit_id=person.unit_id,
                batch=batch,
                enrolled_at=batch.at,
                enrolled_by_id=batch.by_id,
                repeats=person.pk in seen,
            )
            for person in persons
        ],
        batch_size=CHUNK,
    )


def _count_what_was_done(
    enrolments: Sequence[Enrolment], requirements: Sequence[Requirement]
) -> None:
    by_person = {e.person_id: e for e in enrolments}
    touched: dict[int, Enrolment] = {}
    outcomes: list[Outcome] = []
    for requirement in requirements:
        found = (
            _finished_courses(requirement, requirement.course)
            if requirement.course
            else _kept_parts(requirement)
        )
        for outcome, person_id in found:
            if enrolment := by_person.get(person_id):
                outcome.enrolment = enrolment
                outcomes.append(outcome)
                touched[enrolment.pk] = enrolment
    Outcome.objects.bulk_create(outcomes, batch_size=CHUNK)
    _stamp_started(by_person, requirements)
    for enrolment in touched.values():
        complete_if_done(enrolment=enrolment, at=enrolment.enrolled_at, actor=None)


def _finished_courses(requirement: Requirement, course: Course) -> list[tuple[Outcome, int]]:
    done = Registration.objects.filter(course=course, completed_at__isnull=False)
    return [
        (
            Outcome(
                requirement=requirement,
                passed=True,
                source=f"courses.registration:{pk}",
                at=completed_at or clock.now(),
            ),
            person_id,
        )
        for pk, person_id, completed_at in done.values_list("pk", "person_id", "completed_at")
    ]


def _kept_parts(requirement: Requirement) -> list[tuple[Outcome, int]]:
    if not requirement.kept_months:
        return []
    since = rules.months_before(clock.today(), requirement.kept_months)
    passed = Outcome.objects.filter(
        requirement=requirement, passed=True, at__date__gte=since
    ).order_by("at")
    newest = {
        person_id: Outcome(requirement=requirement, passed=True, score=score, source=source, at=at)
        for person_id, score, source, at in passed.values_list(
            "enrolment__person_id", "score", "source", "at"
        )
    }
    return [(outcome, person_id) for person_id, outcome in newest.items()]


def _stamp_started(by_person: dict[int, Enrolment], requirements: Sequence[Requirement]) -> None:
    """Somebody who has begun one of the courses before has begun."""
    begun = Registration.objects.filter(
        course_id__in=[r.course_id for r in requirements if r.course_id], started_at__isnull=False
    ).values_list("person_id", "started_at")
    fresh = []
    for person_id, started_at in begun:
        enrolment = by_person.get(person_id)
        if enrolment and enrolment.started_at is None:
            enrolment.started_at = started_at
            fresh.append(enrolment)
    Enrolment.objects.bulk_update(fresh, ["started_at"], batch_size=500)


@transaction.atomic
def withdraw_enrolment(*, enrolment: Enrolment, actor: User | None, reason: str = "") -> bool:
    """Take a person out of a cohort. What they did stays; False when they were out already."""
    if not Enrolment.objects.filter(
        pk=enrolment.pk, withdrawn_at__isnull=True, completed_at__isnull=True
    ).update(withdrawn_at=clock.now()):
        return False
    record(
        actor=actor, action="programmes.withdraw_enrolment", on=enrolment, data={"reason": reason}
    )
    return True


@transaction.atomic
def undo_batch(*, batch: EnrolmentBatch, actor: User | None) -> tuple[int, int]:
    """Withdraw everybody this batch enrolled who has not begun; return (withdrawn, kept)."""
    now = clock.now()
    if not EnrolmentBatch.objects.filter(pk=batch.pk, undone_at__isnull=True).update(
        undone_at=now, undone_by_id=actor.pk if actor else None
    ):
        raise ValidationError(_("Lần ghi danh này đã được hoàn tác trước đó."))
    standing = Enrolment.objects.filter(batch=batch, withdrawn_at__isnull=True)
    untouched = Q(started_at__isnull=True, completed_at__isnull=True)
    withdrawn = standing.filter(untouched).update(withdrawn_at=now)
    kept = Enrolment.objects.filter(batch=batch, withdrawn_at__isnull=True).count()
    record(
        actor=actor,
        action="programmes.undo_batch",
        on=batch.cohort,
        data={"batch": batch.pk, "withdrawn": withdrawn, "kept": kept},
    )
    return withdrawn, kept
