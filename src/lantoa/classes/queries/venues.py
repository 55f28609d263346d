"""Venues of units in reach; lower units use those of the units above them too."""

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.classes.models import Venue
from lantoa.plans.permissions import above, managed_units


def venues_seen(user: User) -> QuerySet[Venue]:
    """With `can_manage` and how many classes are there."""
    managed = Exists(managed_units(user).filter(unit_id=OuterRef("unit_id")))
    return (
        Venue.objects.filter(unit_id__in=above(managed_units(user)))
        .select_related("unit")
        .annotate(can_manage=managed, held=Count("classes"))
        .order_by("unit__sort_key", "name")
    )


def venues_usable(user: User) -> QuerySet[Venue]:
    return venues_seen(user).filter(closed_at=None)


def venue_managed(user: User, pk: int) -> Venue:
    found = Venue.objects.filter(unit_id__in=managed_units(user), closed_at=None)
    return get_object_or_404(found.select_related("unit"), pk=pk)
