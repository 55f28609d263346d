"""What a statement must be before it may be appended, and how it reads as xAPI 1.0.3."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lantoa.records.verbs import DISPLAY

IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z", re.IGNORECASE)
RESULT_MEMBERS = frozenset({"score", "success", "completion", "response", "duration", "extensions"})


class InvalidStatement(ValueError):
    """The statement isn't valid xAPI; nothing of its batch was appended."""


def check(*, verb: str, object_id: str, result: Mapping[str, Any]) -> None:
    """Raise InvalidStatement for what a conforming store would refuse."""
    if not IRI.match(verb) or not IRI.match(object_id):
        raise InvalidStatement("verb and object must be IRIs")
    if unknown := set(result) - RESULT_MEMBERS:
        raise InvalidStatement(f"result has no member {', '.join(sorted(unknown))}")
    scaled = result.get("score", {}).get("scaled")
    if scaled is not None and not -1 <= scaled <= 1:
        raise InvalidStatement("score.scaled lies between -1 and 1")
    if not all(IRI.match(key) for key in result.get("extensions", {})):
        raise InvalidStatement("extensions are keyed by IRIs")


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as xAPI asks."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def agent(home_page: str, account: str) -> dict[str, Any]:
    """A person as an account of this installation: no name, no address, no number."""
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": account}}


def document(
    *,
    id: UUID,  # noqa: A002 - xAPI's own word
    actor: Mapping[str, Any],
    verb: str,
    object_id: str,
    object_type: str,
    result: Mapping[str, Any],
    context: Mapping[str, Any],
    registration: UUID | None,
    happened: datetime,
    stored: datetime,
) -> dict[str, Any]:
    """The whole statement as xAPI JSON."""
    said: dict[str, Any] = {
        "id": str(id),
        "actor": dict(actor),
        "verb": {"id": verb, **({"display": DISPLAY[verb]} if verb in DISPLAY else {})},
        "object": {
            "objectType": "Activity",
            "id": object_id,
            **({"definition": {"type": object_type}} if object_type else {}),
        },
        "timestamp": timestamp(happened),
        "stored": timestamp(stored),
        "version": "1.0.0",
    }
    if result:
        said["result"] = dict(result)
    if context or registration:
        known = {"registration": str(registration)} if registration else {}
        said["context"] = {**context, **known}
    return said
