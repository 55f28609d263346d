"""What programmes hear from courses. Both bear being told twice (audit deliveries)."""

from django.db.models import QuerySet

from lantoa.audit.models import Event
from lantoa.programmes.actions.outcomes import record_outcome, record_started
from lantoa.programmes.models import Enrolment, Requirement


def _enrolments_asking(event: Event) -> QuerySet[Enrolment]:
    """The person's open enrolments in programmes that ask for the event's course."""
    return Enrolment.objects.filter(
        person_id=event.data["person"],
        withdrawn_at__isnull=True,
        completed_at__isnull=True,
        cohort__programme__requirements__course_id=event.data["course"],
    ).select_related("cohort")


def registration_started(event: Event) -> None:
    for enrolment in _enrolments_asking(event):
        record_started(enrolment=enrolment, at=event.at)


def registration_completed(event: Event) -> None:
    for enrolment in _enrolments_asking(event):
        requirement = Requirement.objects.get(
            programme_id=enrolment.cohort.programme_id, course_id=event.data["course"]
        )
        record_outcome(
            enrolment=enrolment,
            requirement=requirement,
            passed=True,
            source=f"courses.registration:{event.object_id}",
            at=event.at,
        )
