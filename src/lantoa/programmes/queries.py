"""Programmes that concern a reader; what doesn't raises Http404."""

from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.courses.models import Course
from lantoa.items.models import Blueprint
from lantoa.people.models import Unit
from lantoa.programmes.models import Enrolment, Programme
from lantoa.programmes.permissions import concerned_units, managed_units


def programmes_visible(user: User) -> QuerySet[Programme]:
    managed = managed_units(user).filter(unit_id=OuterRef("unit_id"))
    return (
        Programme.objects.filter(unit_id__in=concerned_units(user))
        .select_related("unit")
        .annotate(can_manage=Exists(managed))
        .order_by("title", "pk")
    )


def programme_for(user: User, pk: int) -> Programme:
    return get_object_or_404(programmes_visible(user), pk=pk)


def programme_managed(user: User, pk: int) -> Programme:
    return get_object_or_404(
        programmes_visible(user).filter(unit_id__in=managed_units(user)), pk=pk
    )


def units_for_programmes(user: User) -> QuerySet[Unit]:
    """The highest managed units and what stands directly below them."""
    managed = Unit.objects.filter(pk__in=managed_units(user), ended_on__isnull=True)
    tops = managed.exclude(parent__in=managed_units(user))
    first = Case(When(pk__in=tops.values("pk"), then=0), default=1)
    found = tops | managed.filter(parent__in=tops.values("pk"))
    return found.order_by(first, "kind", "sort_key")


def courses_usable(user: User) -> QuerySet[Course]:
    return Course.objects.filter(unit_id__in=concerned_units(user)).order_by("title")


def blueprints_usable(user: User) -> QuerySet[Blueprint]:
    return Blueprint.objects.filter(unit_id__in=concerned_units(user)).order_by("title")


def has_enrolments(programme: Programme) -> bool:
    return Enrolment.objects.filter(cohort__programme=programme).exists()
