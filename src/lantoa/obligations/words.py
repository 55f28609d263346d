"""A rule's conditions in words."""

from django.utils.translation import gettext as _

from lantoa.obligations.models import Rule
from lantoa.obligations.rules.whom import Condition, Whom
from lantoa.people.models import Person, Unit


def whom_words(rule: Rule) -> str:
    """Whom the rule is for: "công chức, lãnh đạo, ở Xã, phường"."""
    whom = Whom.from_json(rule.whom)
    parts = [str(dict(Person.Category.choices).get(one, one)) for one in whom.categories]
    if whom.leaders:
        yes, no = _("lãnh đạo, quản lý"), _("không giữ chức vụ lãnh đạo")
        parts.append(yes if whom.leaders == "yes" else no)
    specialisms = dict(Person.Specialism.choices)
    parts += [str(specialisms.get(one, one)) for one in whom.specialisms]
    kinds = dict(Unit.Kind.choices)
    parts += [str(kinds.get(one, one)) for one in whom.unit_kinds]
    if whom.title:
        parts.append(_("chức vụ có chữ “%(words)s”") % {"words": whom.title})
    return "; ".join(parts) or _("mọi người")


def asks_words(rule: Rule) -> str:
    if rule.programme is not None:
        return rule.programme.title
    return _("đủ %(count)s tiết trong năm") % {"count": rule.periods}


REASONS = {
    Condition.UNIT: lambda: _("quy định của đơn vị khác"),
    Condition.LEFT: lambda: _("đã thôi việc"),
    Condition.CATEGORY: lambda: _("dành cho đối tượng khác"),
    Condition.LEADER: lambda: _("theo chức vụ lãnh đạo"),
    Condition.SPECIALISM: lambda: _("theo mức chuyên trách CNTT"),
    Condition.UNIT_KIND: lambda: _("dành cho loại đơn vị khác"),
    Condition.TITLE: lambda: _("theo chức vụ, chức danh"),
}


def reason_words(reasons: list[Condition]) -> str:
    return "; ".join(REASONS[one]() for one in reasons)
