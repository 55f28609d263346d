"""Questions in a few words, for lists."""

from collections.abc import Mapping
from typing import Any

from lantoa.items import rich_text
from lantoa.items.asking import asks

SHOWN = 120


def shortened(html: str) -> str:
    """Its beginning, without markup."""
    return _begun(rich_text.plain(html))


def of_content(content: Mapping[str, Any]) -> str:
    return _begun(asks(content))


def _begun(plain: str) -> str:
    return plain if len(plain) <= SHOWN else plain[:SHOWN].rsplit(" ", 1)[0].rstrip(".,;:") + "…"
