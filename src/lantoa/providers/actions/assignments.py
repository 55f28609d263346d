from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.providers.models import Assignment, Provider


def assign(*, actor: User | None, provider: Provider, fields: dict[str, Any]) -> Assignment:
    """Give a requirement of a cohort to a provider; the caller has seen to it that the cohort is
    the actor's. Those who work there are told. Raises ValidationError."""
    try:
        with transaction.atomic():
            made = Assignment.objects.create(
                provider=provider, assigned_by_id=actor.pk if actor else None, **fields
            )
            record(
                actor=actor,
                action="providers.assign",
                on=provider,
                data={"assignment": made.pk, "cohort": made.cohort_id},
            )
            tell_staff(made, "assigned", _("Được giao: %(what)s") % {"what": made.requirement.name})
    except IntegrityError:
        raise ValidationError(_("Việc này đã giao cho đơn vị đào tạo này rồi.")) from None
    return made


@transaction.atomic
def change_assignment(
    *, actor: User | None, assignment: Assignment, fields: dict[str, Any]
) -> None:
    for name, value in fields.items():
        setattr(assignment, name, value)
    assignment.save(update_fields=list(fields))
    record(
        actor=actor,
        action="providers.change_assignment",
        on=assignment.provider,
        data={"assignment": assignment.pk},
    )


@transaction.atomic
def withdraw_assignment(*, actor: User | None, assignment: Assignment) -> None:
    """The provider sees these people no more; what it reported stands."""
    held = Assignment.objects.filter(pk=assignment.pk, withdrawn_at=None)
    if held.update(withdrawn_at=clock.now()):
        record(
            actor=actor,
            action="providers.withdraw_assignment",
            on=assignment.provider,
            data={"assignment": assignment.pk},
        )


def tell_staff(assignment: Assignment, step: str, title: str, body: str = "") -> None:
    held = assignment.provider.staff.filter(withdrawn_at=None)
    notify(
        users=User.objects.filter(pk__in=held.values("user"), closed_at=None),
        cause=f"providers.assignment:{assignment.pk}:{step}",
        title=title,
        body=body or f"{assignment.cohort.programme.title} · {assignment.cohort.name}",
        url=reverse("providers:assignment", args=[assignment.pk]),
    )
