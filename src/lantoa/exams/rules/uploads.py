"""Files handed in for a file task: what may still come. Pure."""

from collections.abc import Mapping
from typing import Any

MOST_PER_SLOT = 20
"""Each newer one takes the place of the one before; all are kept."""


def accepted(content: Mapping[str, Any]) -> frozenset[str]:
    """Extensions that an item takes; empty: it isn't answered by a file."""
    return frozenset(str(word).lower().lstrip(".") for word in content.get("accept") or ())
