import secrets
from random import Random

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams import papers, rules
from lantoa.exams.models import Attempt, Form, Sitting
from lantoa.exams.queries.standings import standing_of
from lantoa.exams.refusals import MayNotStart, Withdrawn
from lantoa.items.models import Blueprint
from lantoa.items.queries import draw_versions
from lantoa.kernel import clock
from lantoa.programmes.models import Enrolment


def _draw(blueprint: Blueprint) -> Form:
    # Not a secret in itself, but nobody should be able to guess the next candidate's paper.
    seed = secrets.token_hex(8)
    rng = Random(seed)  # noqa: S311
    versions = draw_versions(blueprint, rng)
    paper = papers.compose(blueprint, versions, rng, seed)
    contents = {version.pk: version.content for version in versions}
    return Form.objects.create(
        blueprint=blueprint, content=paper, digest=papers.digest(paper, contents)
    )


@transaction.atomic
def start_attempt(*, actor: User | None, enrolment: Enrolment, sitting: Sitting) -> Attempt:
    """Begin an attempt on a form of its own, or give back the one that is under way.

    Raises MayNotStart, Withdrawn, and items' BankTooSmall when no form can be drawn.
    """
    # Two presses of the button meet here, one after the other.
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.withdrawn_at is not None:
        raise Withdrawn
    standing = standing_of(locked, sitting)
    state = rules.state_of(standing, clock.now())
    if state is rules.State.IN_PROGRESS:
        return Attempt.objects.get(sitting=sitting, enrolment=locked, submitted_at__isnull=True)
    if state is not rules.State.OPEN:
        raise MayNotStart(state, sitting.opens_at, sitting.closes_at)
    form = _draw(sitting.blueprint)
    started_at = clock.now()
    attempt = Attempt.objects.create(
        sitting=sitting,
        enrolment=locked,
        form=form,
        number=standing.attempts_used + 1,
        started_at=started_at,
        deadline_at=rules.deadline(
            started_at=started_at, minutes=form.content["minutes"], closes_at=sitting.closes_at
        ),
    )
    record(
        actor=actor,
        action="exams.start_attempt",
        on=attempt,
        data={"sitting": sitting.pk, "number": attempt.number, "form": form.digest},
    )
    return attempt
