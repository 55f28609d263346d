"""Who is on duty in a sitting, and who may be."""

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.exams.models import Duty, Sitting
from lantoa.exams.queries.candidates import persons_held
from lantoa.exams.queries.exams import EXAMINER
from lantoa.people.models import Person
from lantoa.people.permissions import unit_ids_within
from lantoa.people.queries.persons import PersonFilter, filter_persons

MOST_FOUND = 20


def duties_of(sitting: Sitting) -> QuerySet[Duty]:
    """Those that hold, of a sitting the caller has authorised."""
    return (
        sitting.duties.filter(withdrawn_at=None)
        .select_related("user__person__unit", "room")
        .order_by("role", "room__name", "user__display_name")
    )


def duties_held(user: User) -> QuerySet[Duty]:
    return Duty.objects.filter(
        sitting__exam__unit_id__in=unit_ids_within(user, EXAMINER)
    ).select_related("sitting__exam", "user", "room")


def people_for_duty(user: User, words: str) -> list[Person]:
    """People with an account, by name or phone."""
    if not words.strip():
        return []
    found = filter_persons(persons_held(user), PersonFilter(text=words)).filter(
        Q(user__isnull=False, user__closed_at=None)
    )
    return list(found.select_related("unit", "user").order_by("sort_key", "pk")[:MOST_FOUND])
