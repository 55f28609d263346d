from collections.abc import Mapping
from typing import Any

from django import template

from lantoa.items.kinds import kind_of
from lantoa.items.rich_text import plain

register = template.Library()


@register.filter
def asks(content: Mapping[str, Any]) -> str:
    """What an item is called in a list: the words of what it asks."""
    return " ".join(plain(str(content.get("stem") or content.get("text") or "")).split())


@register.filter
def kind_label(name: str) -> object:
    return kind_of(name).label
