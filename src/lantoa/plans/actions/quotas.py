from collections.abc import Mapping

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.plans.models import Plan, Quota
from lantoa.programmes.models import Programme


@transaction.atomic
def set_quotas(
    *,
    plan: Plan,
    programme: Programme,
    persons: Mapping[int, int | None],
    actor: User | None,
) -> int:
    """Give units their quotas (unit id -> persons; None takes it back); one event for the table.

    Return how many changed. Giving more than the unit above has is allowed, as decisions do it, and
    shown as over-assigned. The caller has checked that the units are in the actor's reach.
    """
    standing = {
        quota.unit_id: quota
        for quota in Quota.objects.select_for_update().filter(
            plan=plan, programme=programme, unit_id__in=list(persons)
        )
    }
    before = {unit: standing[unit].persons if unit in standing else None for unit in persons}
    changed = {unit: count for unit, count in persons.items() if count != before[unit]}
    if not changed:
        return 0
    now, by = clock.now(), actor.pk if actor else None
    Quota.objects.filter(pk__in=[standing[u].pk for u in changed if u in standing]).delete()
    Quota.objects.bulk_create(
        Quota(plan=plan, programme=programme, unit_id=unit, persons=count, set_at=now, set_by_id=by)
        for unit, count in changed.items()
        if count is not None
    )
    plan.programmes.add(programme)
    record(
        actor=actor,
        action="plans.set_quotas",
        on=plan,
        data={
            "programme": programme.pk,
            "units": {str(unit): [before[unit], count] for unit, count in changed.items()},
        },
    )
    return len(changed)
