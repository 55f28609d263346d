"""Questions in a few words, for lists."""

from collections.abc import Mapping
from typing import Any

from lantoa.items import rich_text

SHOWN = 120


def shortened(html: str) -> str:
    """Its beginning, without markup."""
    plain = rich_text.plain(html)
    return plain if len(plain) <= SHOWN else plain[:SHOWN].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def of_content(content: Mapping[str, Any]) -> str:
    return shortened(str(content.get("stem") or content.get("text") or ""))
