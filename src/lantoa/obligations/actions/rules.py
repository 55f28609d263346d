from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.obligations.actions.recompute import recompute_rule
from lantoa.obligations.models import Obligation, Rule
from lantoa.people.models import Unit

CHANGEABLE = (
    "title", "legal_basis", "programme", "periods", "whom", "repeat", "starts_on", "ends_on",
    "due_on", "grace_days",
)  # fmt: skip


@transaction.atomic
def create_rule(*, actor: User | None, unit: Unit, fields: Mapping[str, Any]) -> Rule:
    """Everybody whom it reaches has it at once. Raises ValidationError by field."""
    rule = Rule(unit=unit, created_by_id=actor.pk if actor else None)
    _fill(rule, fields)
    rule.save()
    count = recompute_rule(rule)
    record(actor=actor, action="obligations.create_rule", on=rule, data={"people": count})
    return rule


@transaction.atomic
def change_rule(*, actor: User | None, rule: Rule, fields: Mapping[str, Any]) -> Rule:
    """What is asked of people follows at once; what they had met stays met."""
    locked = Rule.objects.select_for_update().get(pk=rule.pk)
    _fill(locked, fields)
    locked.save()
    count = recompute_rule(locked)
    record(actor=actor, action="obligations.change_rule", on=locked, data={"people": count})
    return locked


@transaction.atomic
def end_rule(*, actor: User | None, rule: Rule, on: date) -> None:
    """From the day after on it asks nobody; what is open lapses."""
    locked = Rule.objects.select_for_update().get(pk=rule.pk)
    if on < locked.starts_on:
        raise ValidationError({"ends_on": _("Ngày hết áp dụng phải sau ngày bắt đầu.")})
    locked.ends_on = on
    locked.save()
    lapsed = 0
    if on < clock.today():
        waiting = Obligation.objects.filter(rule=locked, state=Obligation.State.OPEN)
        lapsed = waiting.update(state=Obligation.State.LAPSED)
    record(actor=actor, action="obligations.end_rule", on=locked, data={"lapsed": lapsed})


def _fill(rule: Rule, fields: Mapping[str, Any]) -> None:
    for name in CHANGEABLE:
        if name in fields:
            value = fields[name]
            setattr(rule, name, clean(value) if isinstance(value, str) else value)
    if not rule.title:
        raise ValidationError({"title": _("Hãy nhập tên quy định.")})
    if not rule.legal_basis:
        raise ValidationError({"legal_basis": _("Hãy ghi căn cứ của quy định.")})
    if (rule.programme is None) == (rule.periods is None):
        raise ValidationError(
            {"programme": _("Hãy chọn một chương trình, hoặc nhập số tiết mỗi năm.")}
        )
    if rule.due_on < rule.starts_on:
        raise ValidationError({"due_on": _("Hạn phải từ ngày áp dụng trở đi.")})
    if rule.ends_on is not None and rule.ends_on < rule.starts_on:
        raise ValidationError({"ends_on": _("Ngày hết áp dụng phải sau ngày bắt đầu.")})
    if rule.periods is not None and rule.repeat != Rule.Repeat.YEARLY:
        raise ValidationError({"repeat": _("Số tiết mỗi năm thì lặp lại hằng năm.")})
