"""Handing events to the domains above.

A consumer is a function `consume(event)` named by its dotted path in `project/deliveries.py`. A
delivery is claimed by a conditional UPDATE, so two processes never run it at once; consumers must
bear being called twice all the same (a process may die between its commit and ours).
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from lantoa.audit.models import Delivery, Event
from lantoa.kernel import clock

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
CLAIM_EXPIRES = timedelta(minutes=5)


def _claim(delivery_id: int) -> bool:
    stale = clock.now() - CLAIM_EXPIRES
    open_states = Q(state=Delivery.State.PENDING) | Q(
        state=Delivery.State.CLAIMED, claimed_at__lt=stale
    )
    return bool(
        Delivery.objects.filter(open_states, pk=delivery_id).update(
            state=Delivery.State.CLAIMED, claimed_at=clock.now(), attempts=F("attempts") + 1
        )
    )


def _deliver(delivery: Delivery) -> None:
    consume: Callable[[Event], None] = import_string(delivery.consumer)
    try:
        with transaction.atomic():
            consume(delivery.event)
            Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE, error="")
    except Exception as error:
        log.exception("delivery failed", extra={"consumer": delivery.consumer})
        gave_up = delivery.attempts + 1 >= MAX_ATTEMPTS
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.FAILED if gave_up else Delivery.State.PENDING,
            error=f"{type(error).__name__}: {error}"[:2000],
        )


def drain(limit: int = 1000) -> int:
    """Deliver what is pending, oldest first; return how many were tried."""
    pending = (
        Delivery.objects.filter(state=Delivery.State.PENDING)
        .select_related("event")
        .order_by("id")[:limit]
    )
    tried = 0
    for delivery in pending:
        if _claim(delivery.pk):
            _deliver(delivery)
            tried += 1
    return tried
