"""Who runs classes (coordinators of the cohort's unit), who marks attendance (also trainers and the
keepers of a bridge's points), who reads (coordinators and leaders, each of their own people)."""

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.classes.models import Point, Teaching
from lantoa.plans.permissions import above, managed_units, readable_units


def managed(user: User) -> Q:
    """Of classes: those whose cohort's unit the user coordinates."""
    return Q(cohort__unit_id__in=managed_units(user))


def taught(user: User) -> QuerySet[Teaching, int]:
    """Ids of classes in which the user teaches a meeting."""
    teachings = Teaching.objects.filter(trainer__user=user.pk)
    return teachings.values_list("meeting__training_class_id", flat=True)


def kept(user: User) -> QuerySet[Point, int]:
    """Ids of bridge classes one of whose points the user looks after."""
    return Point.objects.filter(keeper=user.pk).values_list("training_class_id", flat=True)


def seen(user: User) -> Q:
    """Of classes: those that concern people of the user's units, that they teach or help run."""
    concerned = Q(cohort__unit_id__in=above(readable_units(user)))
    return concerned | Q(pk__in=taught(user)) | Q(pk__in=kept(user))
