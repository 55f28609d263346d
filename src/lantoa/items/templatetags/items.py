import re
from collections.abc import Mapping
from typing import Any

from django import template

from lantoa.items.rich_text import plain

register = template.Library()
register.filter("plain", plain)

_GAP = re.compile(r"\[\[[0-9]+\]\]")


@register.filter
def headline(content: Mapping[str, Any]) -> str:
    """What an item is called in lists: the words of what it asks."""
    asked = content.get("stem") or content.get("text") or ""
    return " ".join(_GAP.sub("…", plain(asked)).split())
