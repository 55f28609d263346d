"""Meetings by day: of a person, of an installation's week; and how much each trainer teaches."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lantoa.accounts.models import User
from lantoa.classes.models import Meeting, Teaching, TrainingClass
from lantoa.classes.permissions import managed
from lantoa.classes.queries.classes import classes_visible
from lantoa.classes.queries.evaluations import means_of_trainers
from lantoa.classes.rules.spans import Half, half_of
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Person

_STANDING = Q(cancelled_at=None) & ~Q(training_class__state=TrainingClass.State.CANCELLED)


def _shown(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return (
        meetings.select_related("venue", "training_class__venue", "training_class__cohort")
        .prefetch_related("teachings__trainer")
        .order_by("starts_at", "pk")
    )


def meetings_of_person(person: Person) -> QuerySet[Meeting]:
    """Those they attend and those they teach."""
    attends = Q(
        training_class__members__enrolment__person=person, training_class__members__left_at=None
    )
    mine = Meeting.objects.filter(_STANDING).filter(attends | Q(teachings__trainer=person))
    return _shown(mine.distinct())


def coming_meetings(person: Person) -> QuerySet[Meeting]:
    """Those that are not over yet."""
    return meetings_of_person(person).filter(ends_at__gt=clock.now())


def meetings_between(user: User, first: date, last: date) -> QuerySet[Meeting]:
    """Of classes in reach, in whole days."""
    start = datetime.combine(first, time(), VIETNAM)
    end = datetime.combine(last + timedelta(days=1), time(), VIETNAM)
    held = Meeting.objects.filter(_STANDING, starts_at__gte=start, starts_at__lt=end)
    return _shown(held.filter(training_class__in=classes_visible(user).values("pk")))


@dataclass(frozen=True)
class Day:
    day: date
    halves: list[tuple[Half, list[Meeting]]]


def by_day(meetings: QuerySet[Meeting]) -> list[Day]:
    """Days on which something is held, each with its halves in order."""
    found: dict[date, dict[Half, list[Meeting]]] = {}
    for meeting in meetings:
        local = meeting.starts_at.astimezone(VIETNAM)
        found.setdefault(local.date(), {}).setdefault(half_of(local.time()), []).append(meeting)
    return [Day(day, list(halves.items())) for day, halves in found.items()]


def load_of_trainers(user: User, year: int) -> list[dict[str, Any]]:
    """Each trainer of classes in reach: meetings and tiết in a year, the busiest first; and what
    members think of them, in the classes that the reader runs."""
    start = datetime(year, 1, 1, tzinfo=VIETNAM)
    end = datetime(year + 1, 1, 1, tzinfo=VIETNAM)
    taught = Teaching.objects.filter(
        meeting__training_class__in=classes_visible(user).values("pk"),
        meeting__cancelled_at=None,
        meeting__starts_at__gte=start,
        meeting__starts_at__lt=end,
    ).exclude(meeting__training_class__state=TrainingClass.State.CANCELLED)
    rows = taught.values("trainer").annotate(
        meetings=Count("pk"),
        classes=Count("meeting__training_class", distinct=True),
        periods=Sum("meeting__periods"),
    )
    found = {row["trainer"]: row for row in rows.order_by()}
    people = Person.objects.filter(pk__in=found).select_related("unit").order_by("sort_key", "pk")
    run = TrainingClass.objects.filter(managed(user), meetings__teachings__in=taught)
    means = means_of_trainers(list(found), list(run.values_list("pk", flat=True).distinct()))
    told = [
        {**found[person.pk], "person": person, "mean": means.get(person.pk)} for person in people
    ]
    return sorted(told, key=lambda row: -int(row["periods"]))
