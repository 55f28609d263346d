"""Filters and components for pages. How to use each: docs/web.md."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext

from lantoa.web import formats

register = template.Library()

register.filter("vn_number", formats.number)
register.filter("vn_dong", formats.dong)
register.filter("vn_percent", formats.percent)
register.filter("vn_date", formats.day)
register.filter("vn_datetime", formats.minute)
register.filter("vn_moment", formats.moment)
register.filter("vn_duration", formats.duration)
register.filter("vn_size", formats.size)
register.filter("initials", formats.initials)

MESSAGE_COLORS = {"success": "success", "warning": "warning", "error": "danger"}


@register.filter
def message_color(level: str) -> str:
    return MESSAGE_COLORS.get(level, "info")


@register.inclusion_tag("web/state.html")
def state(words: str, color: str = "neutral") -> dict[str, object]:
    """A state in words and colour: success, info, warning, danger, neutral, gold, green."""
    return {"words": words, "color": color}


@register.inclusion_tag("web/meter.html")
def meter(
    value: float, of: float = 100, label: str = "", color: str = "primary", text: str = ""
) -> dict[str, object]:
    """A bar filled to value/of; `label` names it for a screen reader, `text` stands beside it."""
    full = of if of > 0 else 1
    return {
        "value": max(0, min(value, full)),
        "of": full,
        "label": label,
        "color": color,
        "text": text,
    }


@register.inclusion_tag("web/stat.html")
def stat(value: object, label: str, note: str = "", url: str = "") -> dict[str, object]:
    """A figure on a card; with `url` the card leads to the people behind it."""
    return {"value": value, "label": label, "note": note, "url": url}


@register.inclusion_tag("web/facts.html")
def facts(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """A definition list of (label, value) pairs."""
    return {"pairs": pairs}


@register.inclusion_tag("web/crumbs.html")
def crumbs(trail: Iterable[tuple[str, str]], here: str = "") -> dict[str, object]:
    """The way back: (label, url) pairs from the top, then the page itself."""
    return {"trail": trail, "here": here}


@register.inclusion_tag("web/tabs.html")
def tabs(items: Iterable[Mapping[str, object]], label: str) -> dict[str, object]:
    """Links to sibling pages: items of {label, url, current, count}."""
    return {"items": items, "label": label}


@register.inclusion_tag("web/empty.html")
def empty(heading: str, text: str = "", action: str = "", url: str = "") -> dict[str, object]:
    """What will stand here and how to begin."""
    return {"heading": heading, "text": text, "action": action, "url": url}


@register.inclusion_tag("web/pages.html", takes_context=True)
def pages(context: RequestContext, page: Page[Any], parameter: str = "page") -> dict[str, object]:
    """Pagination that keeps the other query parameters."""
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    kept = query.urlencode()
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": page.paginator.ELLIPSIS,
        "prefix": f"?{kept}&{parameter}=" if kept else f"?{parameter}=",
    }


@register.inclusion_tag("web/history.html")
def history(events: Iterable[object]) -> dict[str, object]:
    """Who did what, when: objects or dicts with `at`, `actor`, `summary`, and maybe `note`."""
    return {"events": events}
