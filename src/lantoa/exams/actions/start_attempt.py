from django.db import transaction

from lantoa.accounts.models import User
from lantoa.exams import rules
from lantoa.exams.actions.attempts import candidate_of, new_attempt
from lantoa.exams.actions.operating import SYSTEM, operate
from lantoa.exams.delivery.operations import Standing, Start
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.queries.standings import my_sitting
from lantoa.exams.refusals import MayNotStart, Withdrawn
from lantoa.kernel import clock
from lantoa.people.models import Person


@transaction.atomic
def start_attempt(*, actor: User | None, person: Person, sitting: Sitting) -> Attempt:
    """Begin an attempt on a paper of its own, or give back the one that is under way. The row it
    leaves is its own audit trail: who, when, which bundle and seed.

    Raises MayNotStart, Withdrawn, and items' BankTooSmall when no paper can be drawn.
    """
    # Two presses of the button meet here, one after the other.
    locked = Person.objects.select_for_update().get(pk=person.pk)
    try:
        mine = my_sitting(locked, sitting.pk)
    except Sitting.DoesNotExist:
        raise Withdrawn from None
    if mine.state is rules.State.IN_PROGRESS and mine.attempt is not None:
        return Attempt.objects.get(public_id=mine.attempt)
    if mine.state is not rules.State.OPEN:
        raise MayNotStart(mine.state, sitting.opens_at, sitting.closes_at)
    candidate = candidate_of(locked, mine)
    # Opened ahead of time, the row is there; else it is made now.
    attempt = candidate.attempts.filter(submitted_at=None).first() or new_attempt(
        candidate, mine.sitting, mine.standing.attempts_used + 1
    )
    operate(Start(attempt.pk, SYSTEM, clock.now_ms()), Standing)
    attempt.refresh_from_db()
    return attempt
