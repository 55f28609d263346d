"""Classes in reach, and what a page says of each."""

from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.classes.models import Meeting, Member, TrainingClass
from lantoa.classes.permissions import managed, seen, taught
from lantoa.programmes.models import Programme


def _flag(condition: Q) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _members() -> Subquery:
    standing = Member.objects.filter(training_class=OuterRef("pk"), left_at=None)
    counted = standing.order_by().values("training_class").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def _of_meetings(what: object) -> Subquery:
    held = Meeting.objects.filter(training_class=OuterRef("pk"), cancelled_at=None).order_by()
    return Subquery(held.values("training_class").annotate(n=what).values("n"))


def classes_visible(user: User) -> QuerySet[TrainingClass]:
    """With `can_manage`, `can_mark`, `size` (members), `meetings_held`, `periods`, `first_at`,
    `last_at`; in the order in which they begin."""
    return (
        TrainingClass.objects.filter(seen(user))
        .select_related("cohort__programme", "cohort__unit", "requirement", "venue")
        .annotate(
            can_manage=_flag(managed(user)),
            can_mark=_flag(managed(user) | Q(pk__in=taught(user))),
            size=Coalesce(_members(), Value(0)),
            meetings_held=Coalesce(_of_meetings(Count("pk")), Value(0)),
            periods=Coalesce(_of_meetings(Sum("periods")), Value(0)),
            first_at=_of_meetings(Min("starts_at")),
            last_at=_of_meetings(Max("ends_at")),
        )
        .order_by("cohort__closes_on", "cohort_id", "first_at", "pk")
    )


def class_for(user: User, pk: int) -> TrainingClass:
    """Raises Http404."""
    return get_object_or_404(classes_visible(user), pk=pk)


def class_managed(user: User, pk: int) -> TrainingClass:
    return get_object_or_404(classes_visible(user).filter(managed(user)), pk=pk)


def class_marked(user: User, pk: int) -> TrainingClass:
    """A class whose attendance the user may mark."""
    marked = managed(user) | Q(pk__in=taught(user))
    return get_object_or_404(classes_visible(user).filter(marked), pk=pk)


def totals_of(classes: QuerySet[TrainingClass]) -> dict[str, int]:
    """Person-times (lượt: places taken) and persons of these classes."""
    members = Member.objects.filter(
        training_class__in=classes.order_by().values("pk"), left_at=None
    )
    return members.aggregate(times=Count("pk"), persons=Count("enrolment__person", distinct=True))


def programmes_with_classes(user: User) -> QuerySet[Programme]:
    """To filter by."""
    seen_ones = TrainingClass.objects.filter(seen(user)).values("cohort__programme")
    return Programme.objects.filter(pk__in=seen_ones).order_by("title", "pk")


def meetings_of(training_class: TrainingClass) -> QuerySet[Meeting]:
    return (
        training_class.meetings.select_related("venue", "training_class__venue")
        .prefetch_related("teachings__trainer")
        .order_by("starts_at")
    )


def meeting_for(user: User, pk: int) -> Meeting:
    """Of a class in reach, with its class annotated."""
    meeting = get_object_or_404(Meeting.objects.select_related("venue"), pk=pk)
    meeting.training_class = class_for(user, meeting.training_class_id)
    return meeting


def meeting_managed(user: User, pk: int) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.select_related("venue"), pk=pk)
    meeting.training_class = class_managed(user, meeting.training_class_id)
    return meeting


def meeting_marked(user: User, pk: int) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.select_related("venue"), pk=pk)
    meeting.training_class = class_marked(user, meeting.training_class_id)
    return meeting
