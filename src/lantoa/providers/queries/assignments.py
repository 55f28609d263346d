"""Providers and assignments in reach. What isn't raises Http404."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.classes.models import Meeting, TrainingClass
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Outcome, Requirement
from lantoa.providers.models import Assignment, Provider, ProviderKey, ProviderStaff
from lantoa.providers.permissions import managed, managed_units, staffed, standing
from lantoa.providers.queries.people import people_of


def providers_managed(user: User) -> QuerySet[Provider]:
    """With `assigned` (assignments that hold)."""
    held = Count("assignments", filter=Q(assignments__in=standing()), distinct=True)
    return (
        Provider.objects.filter(managed(user))
        .select_related("unit")
        .annotate(assigned=held)
        .order_by("ended_at", "name", "pk")
    )


def provider_managed(user: User, pk: int) -> Provider:
    return get_object_or_404(providers_managed(user), pk=pk)


def units_for_providers(user: User) -> QuerySet[Unit]:
    """The highest managed units and what stands directly below them."""
    managed_ones = Unit.objects.filter(pk__in=managed_units(user), ended_on__isnull=True)
    tops = managed_ones.exclude(parent__in=managed_units(user))
    found = tops | managed_ones.filter(parent__in=tops.values("pk"))
    return found.order_by("kind", "sort_key")


def staff_managed(user: User, pk: int) -> ProviderStaff:
    found = ProviderStaff.objects.filter(provider__unit_id__in=managed_units(user))
    return get_object_or_404(found.select_related("provider", "user"), pk=pk, withdrawn_at=None)


def key_managed(user: User, pk: int) -> ProviderKey:
    found = ProviderKey.objects.filter(provider__unit_id__in=managed_units(user))
    return get_object_or_404(found.select_related("provider"), pk=pk, withdrawn_at=None)


def _assignments() -> QuerySet[Assignment]:
    return Assignment.objects.select_related(
        "provider", "cohort__programme", "requirement__course", "requirement__blueprint",
        "training_class", "unit",
    ).order_by("-until", "-pk")  # fmt: skip


def assignments_of(provider: Provider) -> QuerySet[Assignment]:
    return _assignments().filter(provider=provider, withdrawn_at=None)


def assignments_mine(user: User) -> QuerySet[Assignment]:
    """What those see who work for the provider, while it holds."""
    return _assignments().filter(pk__in=standing().values("pk"), provider_id__in=staffed(user))


def assignment_managed(user: User, pk: int) -> Assignment:
    found = _assignments().filter(provider__unit_id__in=managed_units(user), withdrawn_at=None)
    return get_object_or_404(found, pk=pk)


def assignment_for(user: User, pk: int) -> Assignment:
    """For both sides, with `can_manage`."""
    kept = Provider.objects.filter(managed(user), pk=OuterRef("provider_id"))
    mine = Q(pk__in=standing().values("pk"), provider_id__in=staffed(user))
    found = _assignments().filter(withdrawn_at=None).annotate(can_manage=Exists(kept))
    return get_object_or_404(found.filter(mine | Q(can_manage=True)), pk=pk)


def assignment_of_key(key: ProviderKey, pk: int) -> Assignment | None:
    held = standing(provider=key.provider).values("pk")
    return _assignments().filter(pk=pk, pk__in=held).first()


@dataclass(frozen=True)
class Progress:
    """Of an assignment: people, those with a result that was reported for it, those who passed."""

    people: int
    reported: int
    passed: int


def progress_of(assignment: Assignment) -> Progress:
    people = people_of(assignment)
    told = Outcome.objects.filter(
        enrolment=OuterRef("pk"), requirement=assignment.requirement_id, source=assignment.source
    )
    counted = people.annotate(told=Exists(told), ok=Exists(told.filter(passed=True))).aggregate(
        people=Count("pk"),
        reported=Count("pk", filter=Q(told=True)),
        passed=Count("pk", filter=Q(ok=True)),
    )
    return Progress(**counted)


def meetings_of(training_class: TrainingClass) -> QuerySet[Meeting]:
    held = training_class.meetings.filter(cancelled_at=None).select_related("venue")
    return held.prefetch_related("teachings__trainer").order_by("starts_at")


def cohorts_to_assign(user: User) -> QuerySet[Cohort]:
    """Open ones of managed units, the newest first."""
    return (
        Cohort.objects.filter(unit_id__in=managed_units(user), closes_on__gte=clock.today())
        .select_related("programme")
        .order_by("-opens_on", "name")
    )


def requirements_of(cohort: Cohort) -> QuerySet[Requirement]:
    return Requirement.objects.filter(programme=cohort.programme_id).select_related(
        "course", "blueprint"
    )


def classes_of(cohort: Cohort) -> QuerySet[TrainingClass]:
    return cohort.classes.filter(state=TrainingClass.State.OPEN).order_by("name")
