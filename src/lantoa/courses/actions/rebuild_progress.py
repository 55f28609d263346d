from collections.abc import Sequence

from django.db import transaction

from lantoa.courses.actions.progress import fields_of
from lantoa.courses.models import LessonProgress, Registration
from lantoa.courses.rules.progress import derive
from lantoa.courses.statements import steps_of
from lantoa.records.queries import statements_in


@transaction.atomic
def rebuild_progress(*, registrations: Sequence[Registration]) -> int:
    """Make these people's progress anew from their statements; how many lessons that is.

    What is derived holds nothing of its own, so no event is recorded.
    """
    LessonProgress.objects.filter(registration__in=registrations).delete()
    rows = []
    for registration in registrations:
        states = derive(steps_of(statements_in([registration.key])))
        rows += [
            LessonProgress(registration=registration, lesson_key=key, **fields_of(state))
            for key, state in states.items()
        ]
    LessonProgress.objects.bulk_create(rows, batch_size=500)
    return len(rows)
