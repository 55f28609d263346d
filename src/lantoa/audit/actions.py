"""Appending to the audit log: every action calls `record` in its own transaction."""

from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model

from lantoa.audit.models import Delivery, Event


class Actor(Protocol):
    """Whoever acts: a user. `None` stands for the system itself (a schedule, a command)."""

    @property
    def pk(self) -> Any: ...


def record(
    *,
    actor: Actor | None,
    action: str,
    on: Model | tuple[str, str],
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event, and a delivery for each consumer of its action.

    `action` is "<domain>.<verb>"; `on` the row, or ("<domain>.<model>", id). A bulk action writes
    one event for the batch, with the ids in `data`. Personal values don't belong in `data`.
    """
    object_type, object_id = on if isinstance(on, tuple) else (on._meta.label_lower, str(on.pk))
    event = Event.objects.create(
        actor_id=actor.pk if actor is not None else None,
        action=action,
        object_type=object_type,
        object_id=object_id,
        data=data or {},
    )
    consumers: list[str] = settings.LANTOA_DELIVERIES.get(action, [])
    Delivery.objects.bulk_create(Delivery(event=event, consumer=c) for c in consumers)
    return event
