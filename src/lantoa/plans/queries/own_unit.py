"""What a learner is told of their own unit: its quota and how many have completed."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.people.models import UnitLink
from lantoa.plans.models import Quota
from lantoa.plans.models.quotas import Measure
from lantoa.programmes.models import Enrolment


def with_unit_standing(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Annotate each enrolment with `unit_quota` (None where the plan gave its unit none) and
    `unit_completed`, persons of the unit and under it, as the indicator `completed` counts."""
    quota = Quota.objects.filter(
        plan=OuterRef("cohort__planned__plan"),
        programme=OuterRef("cohort__programme"),
        unit=OuterRef("unit"),
        measure=Measure.PERSONS,
    )
    under = UnitLink.objects.filter(ancestor=OuterRef(OuterRef("unit"))).values("unit_id")
    completed = (
        Enrolment.objects.filter(
            cohort__planned__plan=OuterRef("cohort__planned__plan"),
            cohort__programme=OuterRef("cohort__programme"),
            withdrawn_at__isnull=True,
            completed_at__isnull=False,
            unit_id__in=under,
        )
        .order_by()
        .values("cohort__programme")
        .annotate(persons=Count("person", distinct=True))
    )
    return enrolments.annotate(
        unit_quota=Subquery(quota.values("count")[:1]),
        unit_completed=Coalesce(
            Subquery(completed.values("persons")[:1]), 0, output_field=IntegerField()
        ),
    )
