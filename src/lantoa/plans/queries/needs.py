"""Reviews of needs that concern the reader, and their sums."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.people.models import Unit, UnitLink
from lantoa.plans.models import Need, NeedsReview, NeedStatement
from lantoa.plans.permissions import above, managed_units, readable_units
from lantoa.programmes.models import Programme


def reviews_visible(user: User) -> QuerySet[NeedsReview]:
    """Of units in reach and of those above, which ask them too. Newest first."""
    manages = managed_units(user).filter(unit_id=OuterRef("unit_id"))
    return (
        NeedsReview.objects.filter(unit_id__in=above(readable_units(user)))
        .select_related("unit", "plan")
        .annotate(can_manage=Exists(manages))
        .order_by("-year", "-opened_at")
    )


@dataclass(frozen=True)
class ReviewScope:
    review: NeedsReview
    programmes: list[Programme]
    unit: Unit
    can_state: bool
    can_manage: bool


def review_scope(user: User, review: int, unit: int | None) -> ReviewScope:
    """The unit asked for, or the reader's highest in the review; else 404."""
    found = get_object_or_404(reviews_visible(user), pk=review)
    links = (
        UnitLink.objects.filter(ancestor=found.unit_id, unit_id__in=readable_units(user))
        .select_related("unit")
        .order_by("depth", "unit__sort_key")
    )
    link = (links.filter(unit=unit) if unit is not None else links).first()
    if link is None:
        raise Http404
    managed = managed_units(user).filter(unit_id=link.unit_id).exists()
    return ReviewScope(
        review=found,
        programmes=list(found.programmes.order_by("title")),
        unit=link.unit,
        can_state=managed and found.closed_at is None,
        can_manage=found.can_manage,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class NeedRow:
    """A unit with everything under it. `sums` in the order of the review's programmes; `stated` and
    `units`: how many of its units have answered, and how many there are."""

    unit: Unit
    sums: list[int]
    stated: int
    units: int
    has_stated: bool


@dataclass(frozen=True)
class NeedTable:
    total: NeedRow
    rows: list[NeedRow]
    own: NeedStatement | None
    needs: dict[tuple[int, str], int] = field(default_factory=dict)


def need_table(scope: ReviewScope) -> NeedTable:
    """The unit, each child, and its own statement, in six queries."""
    review, unit = scope.review, scope.unit
    links = UnitLink.objects.filter(ancestor__parent=unit) | UnitLink.objects.filter(ancestor=unit)
    links = links.filter(unit__ended_on=None)
    units = dict(links.values_list("ancestor").annotate(n=Count("unit")))
    answered = links.filter(unit__need_statements__review=review)
    stated = dict(answered.values_list("ancestor").annotate(n=Count("unit")))
    sums: dict[int, dict[int, int]] = defaultdict(dict)
    counted = answered.values_list("ancestor", "unit__need_statements__needs__programme").annotate(
        n=Sum("unit__need_statements__needs__count")
    )
    for ancestor, programme, count in counted:
        if programme is not None:
            sums[ancestor][programme] = count
    own = NeedStatement.objects.filter(review=review, unit=unit).first()
    has_stated = set(
        NeedStatement.objects.filter(review=review, unit__parent=unit).values_list(
            "unit", flat=True
        )
    )

    def row(of: Unit) -> NeedRow:
        found = [sums[of.pk].get(programme.pk, 0) for programme in scope.programmes]
        said = of.pk in has_stated or (of.pk == unit.pk and own is not None)
        return NeedRow(of, found, stated.get(of.pk, 0), units.get(of.pk, 0), said)

    children = Unit.objects.filter(parent=unit, ended_on=None).order_by("sort_key")
    return NeedTable(row(unit), [row(child) for child in children], own, _needs(own))


def _needs(own: NeedStatement | None) -> dict[tuple[int, str], int]:
    if own is None:
        return {}
    rows = Need.objects.filter(statement=own).values_list("programme", "group", "count")
    return {(programme, group): count for programme, group, count in rows}
