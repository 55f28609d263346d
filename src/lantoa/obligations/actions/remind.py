"""Reminders: a month and a week before, once late, and to the unit two weeks later. Nobody is told
twice of the same step."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.notices.actions import Mail, notify, send_emails, send_sms
from lantoa.obligations.models import Obligation, Reminder
from lantoa.obligations.rules.dates import Step, due_between
from lantoa.people.models import RoleGrant
from lantoa.web import formats

BY_MAIL = (Step.WEEK, Step.LATE)
"""Steps that also go out by e-mail; to who has none, the late one by SMS."""
BATCH = 500


@transaction.atomic
def remind_due() -> int:
    """What is due today; how many people were reminded. Said as the newest step: who was never told
    hears one thing, not four."""
    return sum(_remind(step) for step in Step)


def _remind(step: Step) -> int:
    first, last = due_between(step, clock.today())
    due = Obligation.objects.filter(state=Obligation.State.OPEN, due_on__range=(first, last))
    rows = list(_untold(due, step).select_related("rule", "person__user"))
    Reminder.objects.bulk_create(
        [Reminder(obligation=row, step=step.value) for row in rows], batch_size=BATCH
    )
    groups: dict[tuple[int, int, object], list[Obligation]] = defaultdict(list)
    for row in rows:
        groups[row.rule_id, row.year, row.due_on].append(row)
    for some in groups.values():
        _tell(step, some)
    if step is Step.ESCALATED:
        _escalate(rows)
    return len(rows)


def _untold(due: QuerySet[Obligation], step: Step) -> QuerySet[Obligation]:
    told = Reminder.objects.filter(obligation=OuterRef("pk"), step=step.value)
    return due.filter(~Exists(told)).order_by("due_on", "pk")


def _tell(step: Step, rows: Sequence[Obligation]) -> None:
    """People of one rule and one last day."""
    first = rows[0]
    words = {"title": first.rule.title, "day": formats.day(first.due_on)}
    late = step in (Step.LATE, Step.ESCALATED)
    title = (_("Đã quá hạn %(day)s: %(title)s") if late else _("Hạn %(day)s: %(title)s")) % words
    users = [u for row in rows if (u := row.person.user) is not None and u.closed_at is None]
    notify(
        users=users,
        cause=f"obligations.{step.value}:{first.rule_id}:{first.year}:{first.due_on}",
        title=title,
        body=first.rule.legal_basis,
        url=reverse("obligations:mine"),
    )
    if step in BY_MAIL:
        body = f"{title}\n\n{first.rule.legal_basis}"
        send_emails(mails=[Mail(u.email, title, body) for u in users if u.email])
    if step is Step.LATE:
        for user in users:
            if user.phone and not user.email:
                send_sms(to=user.phone, body=title)


def _escalate(rows: Sequence[Obligation]) -> None:
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
