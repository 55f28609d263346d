from collections.abc import Mapping
from typing import Any

from lantoa.items.kinds.cloze.markers import without
from lantoa.items.rich_text import plain


def asks(content: Mapping[str, Any]) -> str:
    """What an item is called in a list: the words of what it asks, gaps as dots."""
    return " ".join(plain(str(content.get("stem") or without(content.get("text") or ""))).split())
