"""A delivery arrives once, is tried again after a pause, and outlives the process that had it."""

from datetime import timedelta
from typing import Any

import pytest

from lantoa.audit import deliveries
from lantoa.audit.actions import record
from lantoa.audit.models import Delivery, Event
from lantoa.kernel import clock

pytestmark = pytest.mark.django_db

HEARD: list[Event] = []
FAILING: list[bool] = []


def consume(event: Event) -> None:
    if FAILING:
        raise ZeroDivisionError
    HEARD.append(event)


@pytest.fixture(autouse=True)
def _consumer(settings: Any) -> None:
    settings.LANTOA_DELIVERIES = {"test.happen": [f"{__name__}.consume"]}
    HEARD.clear()
    FAILING.clear()
    record(actor=None, action="test.happen", on=("test.thing", "1"))


def _state() -> tuple[str, int]:
    found = Delivery.objects.get()
    return found.state, found.attempts


def test_an_event_is_heard_once() -> None:
    assert (deliveries.drain(), deliveries.drain()) == (1, 0)
    assert len(HEARD) == 1
    assert _state() == ("done", 1)


def test_what_fails_is_tried_again_after_a_pause_five_times() -> None:
    FAILING.append(True)
    for tries in range(1, 6):
        assert deliveries.drain() == 0
        assert deliveries.drain() == 0, "not again at once"
        assert _state() == ("failed" if tries == 5 else "pending", tries)
        Delivery.objects.update(claimed_at=clock.now() - timedelta(minutes=1))
    assert deliveries.drain() == 0
    assert Delivery.objects.get().error == "ZeroDivisionError: "


def test_a_claim_of_a_dead_process_is_given_back() -> None:
    claimed = {"state": "claimed", "attempts": 1}
    Delivery.objects.update(claimed_at=clock.now(), **claimed)
    deliveries.release_cut_off()
    assert _state() == ("claimed", 1), "it may still be at work"
    Delivery.objects.update(claimed_at=clock.now() - timedelta(minutes=6))
    deliveries.release_cut_off()
    assert deliveries.drain() == 1
    assert _state() == ("done", 2)


def test_what_keeps_killing_processes_is_given_up() -> None:
    long_ago = clock.now() - timedelta(minutes=6)
    Delivery.objects.update(state="claimed", attempts=5, claimed_at=long_ago)
    deliveries.release_cut_off()
    assert _state() == ("failed", 5)


def test_who_waits_for_an_answer_is_not_kept_by_a_batch_of_others() -> None:
    """A job has just completed thousands of people; somebody signs in."""
    for number in range(2 * deliveries.HANDFUL):
        record(actor=None, action="test.happen", on=("test.thing", str(number)))
    before = deliveries.newest()
    own = record(actor=None, action="test.happen", on=("test.thing", "own"))
    deliveries.drain_after(before, most_seconds=0)
    assert HEARD[0] == own
    assert len(HEARD) == 1 + deliveries.HANDFUL
    assert deliveries.drain_for(seconds=60) == deliveries.HANDFUL + 1
    assert not Delivery.objects.exclude(state="done").exists()
