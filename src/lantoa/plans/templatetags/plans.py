"""How indicators and windows are said on pages of plans and reports."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantoa.people.models import Unit
from lantoa.plans.indicators import BY_CODE, Figures
from lantoa.plans.models import QuotaLine
from lantoa.plans.queries.ledger import Entry
from lantoa.plans.queries.people import STATES
from lantoa.programmes.models import Cohort
from lantoa.web import formats
from lantoa.web.templatetags.web import stat, state

register = template.Library()


@register.simple_tag
def answer(name: str, figures: Figures) -> str:
    """The heading of a unit's page: how many of how many have completed."""
    values = {"unit": name, "done": formats.number(figures.completed)}
    if figures.quota:
        values["all"] = formats.number(figures.quota)
        return _("%(unit)s: %(done)s trên %(all)s người đã hoàn thành") % values
    if figures.enrolled:
        values["all"] = formats.number(figures.enrolled)
        return _("%(unit)s: %(done)s trên %(all)s người ghi danh đã hoàn thành") % values
    return _("%(unit)s: chưa có ai được ghi danh") % values


@register.simple_tag
def people_answer(unit: Unit, count: int, in_state: str, search: str) -> str:
    values = {"unit": unit.name, "count": formats.number(count)}
    if in_state in STATES:
        values["state"] = str(STATES[in_state]).lower()
        return _("%(unit)s: %(count)s người %(state)s") % values
    if search:
        return _("%(unit)s: tìm thấy %(count)s người") % values
    return _("%(unit)s: %(count)s người đã ghi danh") % values


@register.simple_tag
def share_meter(figures: Figures, label: str) -> SafeString:
    """Completed against the quota, against the enrolled where there is no quota.

    Written out as `web/meter.html` has it: a province has a hundred of them on a page.
    """
    of = figures.quota or figures.enrolled
    share = figures.coverage if figures.quota else figures.completion
    words = formats.percent(share)
    return format_html(
        '<span class="lt-meter-line"><progress class="lt-meter" data-color="{}" max="{}" value="{}"'
        ' aria-label="{}: {}"></progress><span>{}</span></span>',
        "green" if share is not None and share >= 1 else "primary",
        of or 1,
        min(figures.completed, of) if of else 0,
        label,
        words,
        words,
    )


@register.simple_tag
def quota_sentence(entry: Entry, unit: Unit) -> str:
    """A line of the ledger as the unit sees it: who gave how many to whom."""
    line = entry.line
    other = line.giver if line.taker_id == unit.pk else line.taker
    values = {"count": formats.number(line.count), "other": other.name if other else ""}
    gained = line.taker_id == unit.pk
    if other is None:
        return (_("Kế hoạch giao %(count)s") if gained else _("Kế hoạch rút %(count)s")) % values
    if line.way == QuotaLine.Way.ACROSS:
        words = _("Nhận %(count)s từ %(other)s") if gained else _("Chuyển %(count)s sang %(other)s")
    elif line.way == QuotaLine.Way.DOWN:
        words = _("%(other)s giao %(count)s") if gained else _("Giao %(count)s cho %(other)s")
    else:
        words = _("%(other)s trả lại %(count)s") if gained else _("Trả lại %(count)s cho %(other)s")
    return words % values


@register.inclusion_tag("plans/stat_cards.html")
def stat_cards(figures: Figures, people_url: str) -> dict[str, object]:
    """The figures at the top of a unit's page, each leading to its people."""
    share = figures.coverage if figures.quota else figures.completion
    label = BY_CODE["coverage" if figures.quota else "completion"].label
    cards = [
        stat(formats.percent(share), label),
        stat(
            formats.number(figures.enrolled),
            BY_CODE["enrolled"].label,
            note=_("%(count)s lượt") % {"count": formats.number(figures.enrolled_times)},
            url=people_url,
        ),
        stat(formats.number(figures.late), BY_CODE["late"].label, url=f"{people_url}?state=late"),
        stat(
            formats.number(figures.enrolled - figures.activated),
            _("Chưa kích hoạt"),
            url=f"{people_url}?state=inactive",
        ),
    ]
    return {"cards": cards}


@register.inclusion_tag("web/state.html")
def window_state(cohort: Cohort, today: date) -> dict[str, object]:
    if cohort.closes_on < today:
        return state(_("Đã kết thúc"))
    if cohort.opens_on > today:
        return state(_("Chưa mở"), "info")
    return state(_("Đang mở"), "success")
