"""Handing events to the domains above.

A consumer is a function `consume(event)` named by its dotted path in `project/deliveries.py`. A
delivery is claimed by a conditional UPDATE, so two processes never run it at once; consumers must
bear being called twice all the same (a process may die between its commit and ours).
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.module_loading import import_string

from lantoa.audit.models import Delivery, Event
from lantoa.kernel import clock

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
# Between two tries: what was in the way (a lock, a database that restarts) needs time to go.
PAUSE = timedelta(seconds=30)
CLAIM_EXPIRES = timedelta(minutes=5)
HANDFUL = 50


def _claim(delivery_id: int) -> bool:
    return bool(
        Delivery.objects.filter(pk=delivery_id, state=Delivery.State.PENDING).update(
            state=Delivery.State.CLAIMED, claimed_at=clock.now(), attempts=F("attempts") + 1
        )
    )


def _deliver(delivery: Delivery) -> bool:
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
        return False
    return True


def newest() -> int:
    """The number of the newest delivery, 0 for none."""
    return Delivery.objects.aggregate(newest=Max("id"))["newest"] or 0


def drain_after(before: int, *, most_seconds: float) -> None:
    """For who waits for an answer: first what came after `before` (their own), as long as they can
    wait; then one handful of what others left. A batch of thousands is the worker's."""
    until = time.monotonic() + most_seconds
    while drain(HANDFUL, after=before) and time.monotonic() < until:
        pass
    drain(HANDFUL)


def drain_for(seconds: float) -> int:
    """For the worker: as much as fits into so many seconds; how many arrived."""
    until, arrived = time.monotonic() + seconds, 0
    while (some := drain(HANDFUL)) and time.monotonic() < until:
        arrived += some
    return arrived + some


def drain(limit: int = 1000, *, after: int = 0) -> int:
    """Deliver what is pending, oldest first; return how many arrived."""
    rested = Q(claimed_at__isnull=True) | Q(claimed_at__lt=clock.now() - PAUSE)
    pending = (
        Delivery.objects.filter(rested, state=Delivery.State.PENDING, id__gt=after)
        .select_related("event")
        .order_by("id")[:limit]
    )
    return sum(_claim(delivery.pk) and _deliver(delivery) for delivery in pending)


def release_cut_off() -> None:
    """Put back what a process had claimed when it died; give up what keeps killing processes."""
    cut_off = Delivery.objects.filter(
        state=Delivery.State.CLAIMED, claimed_at__lt=clock.now() - CLAIM_EXPIRES
    )
    cut_off.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=Delivery.State.FAILED, error="the process ended before the consumer did"
    )
    cut_off.update(state=Delivery.State.PENDING)
