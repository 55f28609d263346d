"""Reminders: a month and a week before, once late, and to the unit two weeks later. Nobody is told
twice of the same step."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.obligations.models import Obligation, Reminder
from lantoa.obligations.rules.dates import DUE_SOON_DAYS, Step, step_of
from lantoa.people.models import RoleGrant
from lantoa.web import formats

AT_ONCE = 5000


@transaction.atomic
def remind_due() -> int:
    """What is due today; how many people were reminded. Said as the newest step: who was never told
    hears one thing, not four."""
    today = clock.today()
    near = today + timedelta(days=DUE_SOON_DAYS)
    waiting = Obligation.objects.filter(state=Obligation.State.OPEN, due_on__lte=near)
    rows: dict[Step, list[Obligation]] = defaultdict(list)
    for step in Step:
        for row in _untold(waiting, step).select_related("rule", "person")[:AT_ONCE]:
            if step_of(row.due_on, today) is step:
                rows[step].append(row)
    for step, some in rows.items():
        Reminder.objects.bulk_create(
            [Reminder(obligation=row, step=step.value) for row in some], batch_size=500
        )
        _tell(step, some)
    return sum(map(len, rows.values()))


def _untold(waiting: QuerySet[Obligation], step: Step) -> QuerySet[Obligation]:
    told = Reminder.objects.filter(obligation=OuterRef("pk"), step=step.value)
    return waiting.filter(~Exists(told)).order_by("due_on", "pk")


def _tell(step: Step, rows: list[Obligation]) -> None:
    url = reverse("obligations:mine")
    for row in rows:
        words = {"title": row.rule.title, "day": formats.day(row.due_on)}
        late = step in (Step.LATE, Step.ESCALATED)
        title = (
            _("Đã quá hạn %(day)s: %(title)s") if late else _("Hạn %(day)s: %(title)s")
        ) % words
        notify(
            users=User.objects.filter(person=row.person_id, closed_at=None),
            cause=f"obligations.{step.value}:{row.pk}",
            title=title,
            body=row.rule.legal_basis,
            url=url,
        )
    if step is Step.ESCALATED:
        _escalate(rows)


def _escalate(rows: list[Obligation]) -> None:
    """To the coordinators and leaders of each unit: how many, not who; the page says who."""
    by_unit: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        by_unit[row.unit_id, row.rule_id] += 1
    rules = {row.rule_id: row.rule for row in rows}
    today = clock.today()
    for (unit, rule), count in by_unit.items():
        roles = (RoleGrant.Role.COORDINATOR, RoleGrant.Role.LEADER)
        grants = RoleGrant.objects.filter(
            unit=unit, role__in=roles, withdrawn_at=None, starts_on__lte=today
        )
        words = {"count": formats.number(count), "title": rules[rule].title}
        notify(
            users=User.objects.filter(pk__in=grants.values("user"), closed_at=None),
            cause=f"obligations.unit:{unit}:{rule}:{today.isoformat()}",
            title=_("%(count)s người của đơn vị quá hạn: %(title)s") % words,
            url=reverse("obligations:people", args=[rule, unit]) + "?state=late",
        )
