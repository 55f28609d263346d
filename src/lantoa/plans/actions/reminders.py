from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.people.models import Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Programme


@transaction.atomic
def remind_late(
    *, plan: Plan, programme: Programme, unit: Unit, users: Sequence[User], actor: User | None
) -> int:
    """Remind late people, nobody twice on one day. Return how many were meant."""
    today = clock.today()
    notify(
        users=users,
        cause=f"plans.late:{plan.pk}:{programme.pk}:{today.isoformat()}",
        title=_("Anh/chị đã quá hạn học: %(programme)s") % {"programme": programme.title},
        body=_(
            "Đợt học của anh/chị đã kết thúc mà chương trình chưa hoàn thành. Hãy học tiếp sớm."
        ),
        url="/",
    )
    record(
        actor=actor,
        action="plans.remind_late",
        on=plan,
        data={"programme": programme.pk, "unit": unit.pk, "users": len(users)},
    )
    return len(users)
