from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction

from lantoa.exams import rules
from lantoa.exams.actions.operating import SYSTEM, failure
from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Save, Saved
from lantoa.exams.models import Attempt
from lantoa.exams.refusals import TimeOver
from lantoa.kernel import clock


@transaction.atomic
def save_page(*, attempt: Attempt, responses: Mapping[int, Any]) -> int:
    """Save a whole page sent as a form (no script): only what changed, all or nothing. Returns how
    many did. Raises AlreadySubmitted, TimeOver, BadAnswer."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    now = rules.latest(locked.answers.all())
    texts = {slot: msgspec.json.encode(given).decode() for slot, given in responses.items()}
    changed = [
        slot
        for slot, given in responses.items()
        if now.get(slot) != texts[slot] and (rules.is_answered(given) or slot in now)
    ]
    moment = clock.now_ms()
    saves = [
        Save(
            attempt=locked.pk,
            epoch=SYSTEM,
            now_ms=moment,
            sequence=sequence,
            slot=slot,
            response=texts[slot],
            value=responses[slot],
        )
        for sequence, slot in enumerate(changed, start=locked.last_sequence + 1)
    ]
    for outcome in commit(saves):
        if not isinstance(outcome, Saved):
            raise failure(outcome)
        if outcome.kept:
            raise TimeOver
    return len(changed)
