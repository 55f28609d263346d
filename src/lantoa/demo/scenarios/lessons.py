"""Many classes of one cohort: opened, filled, held, marked, ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.members import place
from lantoa.classes.models import Meeting, Member
from lantoa.classes.models.attendance import Standing
from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.programmes.models import Cohort, Enrolment, Requirement

HALF_DAY = timedelta(hours=4)
HERE = 0.96
SETTLE_EVERY = 20


def parts(count: int, into: int) -> list[int]:
    """So many, as even as it goes."""
    each, more = divmod(count, into)
    return [each + (n < more) for n in range(into)]


def hold(
    staging: Staging,
    cohort: Cohort,
    requirement: Requirement,
    enrolments: Sequence[Enrolment],
    classes: int,
    first: datetime,
) -> None:
    """So many classes, each of two half-days; a class begins every day."""
    rng, left = staging.rng(f"classes/{cohort.pk}"), list(enrolments)
    for number, size in enumerate(parts(len(left), classes), start=1):
        if number % SETTLE_EVERY == 1:
            staging.settle()
        chosen, left = left[:size], left[size:]
        starts = first + timedelta(days=(number - 1) % 60)
        fields = {
            "name": f"Lớp {number:03}",
            "requirement": requirement,
            "capacity": size,
        }
        with clock.fixed(first):
            made = open_class(actor=staging.keeper, cohort=cohort, fields=fields)
            meetings = add_meetings(
                actor=staging.keeper,
                training_class=made,
                meetings=[
                    NewMeeting(starts, starts + HALF_DAY, 4),
                    NewMeeting(starts + HALF_DAY * 1.5, starts + HALF_DAY * 2.5, 4),
                ],
            )
            place(actor=staging.keeper, training_class=made, enrolments=chosen, quiet=True)
        members = list(Member.objects.filter(training_class=made))
        for meeting in meetings:
            attend(staging, meeting, members, rng)
        with clock.fixed(starts + timedelta(days=1)):
            end_class(actor=staging.keeper, training_class=made)


def attend(
    staging: Staging,
    meeting: Meeting,
    members: Sequence[Member],
    rng: Random,
    key: str = "s",
    *,
    here: float = HERE,
) -> None:
    with clock.fixed(meeting.ends_at):
        statements = [
            Statement(
                member,
                Standing.PRESENT if rng.random() < here else Standing.ABSENT,
                f"{key}-{member.pk}",
                meeting.starts_at,
            )
            for member in members
        ]
        mark(actor=staging.keeper, meeting=meeting, statements=statements, evidence="list")
