"""The steps of a plan and its versions, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.plans.models import Plan, PlanBudget, PlanStep
from lantoa.plans.models.plans import TargetGroup
from lantoa.plans.models.quotas import Measure
from lantoa.web import formats

Said = Callable[[Any], list[str]]


def _text(value: Any) -> list[str]:
    return [value]


def _day(value: Any) -> list[str]:
    return [formats.day(date.fromisoformat(value))]


def _groups(value: Any) -> list[str]:
    return [str(TargetGroup(code).label) for code in value]


def _money(value: Any) -> list[str]:
    return [
        f"{PlanBudget.Source(source).label}: {formats.dong(amount)}"
        for source, amount in sorted(value.items())
    ]


def _quotas(value: Any) -> list[str]:
    return [
        f"{title}: {formats.number(count)} {Measure(measure).label}"
        for title, measure, count in value
    ]


FIELDS: tuple[tuple[str, Any, Said], ...] = (
    ("title", _("Tên kế hoạch"), _text),
    ("decision_number", _("Số quyết định"), _text),
    ("decision_date", _("Ngày quyết định"), _day),
    ("starts_on", _("Thực hiện từ ngày"), _day),
    ("ends_on", _("Đến hết ngày"), _day),
    ("legal_basis", _("Căn cứ"), list),
    ("target_groups", _("Đối tượng"), _groups),
    ("programmes", _("Chương trình"), list),
    ("budget", _("Kinh phí"), _money),
    ("quotas", _("Chỉ tiêu của đơn vị ban hành"), _quotas),
    ("document", _("Văn bản kèm theo"), _text),
)


@dataclass(frozen=True)
class Step:
    step: PlanStep
    by: str


@dataclass(frozen=True)
class Fact:
    """One fact of a version; `before` where the version changed it."""

    label: Any
    now: list[str]
    before: list[str] | None


@dataclass(frozen=True)
class Version:
    step: PlanStep
    facts: list[Fact]


def _said(say: Said, content: dict[str, Any], name: str) -> list[str]:
    value = content.get(name)
    return say(value) if value else []


def steps_of(plan: Plan) -> list[Step]:
    """Newest first."""
    steps = list(PlanStep.objects.filter(plan=plan).order_by("-at", "-pk"))
    ids = [step.by_id for step in steps if step.by_id is not None]
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    return [Step(step, names.get(step.by_id or 0, "")) for step in steps]


def version_of(plan: Plan, number: int) -> Version | None:
    """The caller has authorised the plan."""
    steps = PlanStep.objects.filter(plan=plan, version__in=(number - 1, number))
    found = {step.version: step for step in steps}
    if number not in found:
        return None
    content = found[number].content
    earlier = found[number - 1].content if number - 1 in found else None
    facts = []
    for name, label, say in FIELDS:
        now = _said(say, content, name)
        before = now if earlier is None else _said(say, earlier, name)
        facts.append(Fact(label, now, before if before != now else None))
    return Version(found[number], facts)
