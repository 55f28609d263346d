"""Who learned what and how the final test went, in batches: statements, attempts, outcomes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from lantoa.accounts.models import User
from lantoa.courses.actions import History, replay
from lantoa.courses.models import Course, Registration
from lantoa.demo import cast
from lantoa.demo.rules import answering
from lantoa.demo.rules.fates import Fate
from lantoa.demo.rules.moments import hours
from lantoa.demo.rules.study import carry_over, learn, study
from lantoa.demo.stage import Campaign, Learner, Stage, Teaching
from lantoa.exams.actions.history import PastAttempt, carry_over_attempts
from lantoa.exams.models import Sitting
from lantoa.programmes.actions.history import Report, record_outcomes, record_started_many
from lantoa.programmes.models import Cohort, Enrolment, Requirement

BATCH = 400
DETAILED = 300
"""So many people's every answer is written; the others' lessons stand as another platform would
report them, begun and passed: enough for every figure, and a hundred megabytes instead of two
gigabytes for 25.000 people."""
LEARNER_LESSONS = 7
STRAIGHT = timedelta(minutes=3)
"""An attempt under way was begun so long ago at least."""


@dataclass(frozen=True)
class Setting:
    """What a batch needs to know."""

    teaching: Teaching
    cohort: Cohort
    sitting: Sitting
    requirement: Requirement
    hours: Sequence[datetime]


def learn_and_sit(stage: Stage, teaching: Teaching, campaign: Campaign) -> list[int]:
    """Everything up to now; the ids of the enrolments that were completed."""
    completed: list[int] = []
    done = 0
    total = sum(one.fate.has_begun for one in stage.people)
    for cohort, of_pilot in ((campaign.pilot, True), (campaign.main, False)):
        setting = _setting(stage, teaching, cohort, of_pilot)
        people = [one for one in stage.people if one.in_pilot == of_pilot and one.fate.has_begun]
        for batch in _batches(people):
            completed += _live(stage, setting, batch, first=done)
            done += len(batch)
            stage.say(f"Việc học và bài kiểm tra của {done}/{total} người")
    return completed


def _setting(stage: Stage, teaching: Teaching, cohort: Cohort, of_pilot: bool) -> Setting:
    first, last = (
        (stage.moments.pilot_opens, stage.moments.pilot_closes)
        if of_pilot
        else (stage.moments.opens, stage.moments.today)
    )
    return Setting(
        teaching,
        cohort,
        Sitting.objects.select_related("exam__blueprint", "exam__requirement").get(
            exam__cohort=cohort
        ),
        Requirement.objects.get(programme=cohort.programme_id, course=teaching.course),
        hours(first, last, stage.moments.now),
    )


def _batches(people: Sequence[Learner]) -> Iterator[Sequence[Learner]]:
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]


def _live(stage: Stage, at: Setting, batch: Sequence[Learner], first: int) -> list[int]:
    ids = [one.person.pk for one in batch]
    registrations = _registrations(at.teaching.course, ids)
    enrolments = {
        e.person_id: e for e in Enrolment.objects.filter(cohort=at.cohort, person__in=ids)
    }
    actor = stage.user(cast.COORDINATOR.key)
    histories, attempts = [], []
    for number, one in enumerate(batch, start=first):
        rng = stage.rng(f"learning/{one.person.phone}")
        hours_of = _hours(rng, at.hours, len(at.teaching.lessons) + len(one.fate.tries) + 1)
        detailed = number < DETAILED or one.person == stage.cast[cast.LEARNER.key]
        done = _lessons_done(stage, rng, one, len(at.teaching.lessons))
        study_hours = hours_of[: len(hours_of) - len(one.fate.tries)]
        steps = study(
            rng,
            at.teaching.lessons,
            study_hours,
            skill=one.skill,
            done=done,
            way=learn if detailed else carry_over,
        )
        histories.append(History(registrations[one.person.pk], steps))
        attempts += _attempts(stage, rng, one, enrolments[one.person.pk], hours_of)
    moments = replay(histories=histories, actor=actor, announced=False)
    _report(at, {r.pk: enrolments[p] for p, r in registrations.items()}, moments, actor)
    attempts.sort(key=lambda past: (past.submitted_at or past.started_at, past.enrolment.pk))
    return carry_over_attempts(sitting=at.sitting, attempts=attempts, actor=actor)


def _registrations(course: Course, ids: Sequence[int]) -> dict[int, Registration]:
    rows = Registration.objects.filter(course=course, person__in=ids)
    return {row.person_id: row for row in rows}


def _hours(rng: Random, every: Sequence[datetime], needed: int) -> Sequence[datetime]:
    """The stretch of hours in which this person is busy with it."""
    start = int(rng.betavariate(1.1, 2.4) * (len(every) - needed))
    length = needed + int(rng.random() ** 2.5 * (len(every) - start - needed))
    return every[start : start + length]


def _lessons_done(stage: Stage, rng: Random, one: Learner, lessons: int) -> int:
    if one.fate.has_finished_course:
        return lessons
    if one.person == stage.cast[cast.LEARNER.key]:
        return LEARNER_LESSONS
    return rng.randrange(lessons)


def _report(
    at: Setting,
    enrolments: dict[int, Enrolment],
    moments: dict[int, tuple[datetime, datetime | None]],
    actor: User,
) -> None:
    """What `programmes.consumers` would do for each start and completion, for all."""
    record_started_many(
        moments={enrolments[pk].pk: started for pk, (started, _) in moments.items()}, actor=actor
    )
    record_outcomes(
        reports=[
            Report(
                enrolment=enrolments[pk].pk,
                requirement=at.requirement,
                passed=True,
                source=f"courses.registration:{pk}",
                at=finished,
            )
            for pk, (_, finished) in moments.items()
            if finished is not None
        ],
        actor=actor,
    )


def _attempts(
    stage: Stage, rng: Random, one: Learner, enrolment: Enrolment, free: Sequence[datetime]
) -> list[PastAttempt]:
    tries = one.fate.tries
    taken = [
        _attempt(rng, one, enrolment, number, start, passed)
        for number, (passed, start) in enumerate(
            zip(tries, free[len(free) - len(tries) :], strict=True), start=1
        )
    ]
    if one.fate is Fate.SITTING:
        started = stage.moments.now - STRAIGHT - timedelta(seconds=rng.randrange(600))
        past = _attempt(rng, one, enrolment, 1, started, passed=True)
        taken.append(_under_way(past, stage.moments.now))
    return taken


def _attempt(
    rng: Random, one: Learner, enrolment: Enrolment, number: int, start: datetime, passed: bool
) -> PastAttempt:
    started = start + timedelta(seconds=rng.randrange(600))
    right = answering.share_right(rng, passed=passed, pass_mark=50)
    seed = f"{one.person.phone}/{number}"
    pace = Random(f"{seed}/pace")  # noqa: S311
    ends = started + timedelta(minutes=rng.uniform(24, 39))
    return PastAttempt(
        enrolment=enrolment,
        number=number,
        started_at=started,
        seed=seed,
        replies=partial(_replies, pace, started, right),
        submitted_at=ends,
    )


def _replies(
    rng: Random, started: datetime, right: float, items: Sequence[dict[str, object]]
) -> Sequence[answering.Reply]:
    return answering.replies(rng, items, started, right)


def _under_way(past: PastAttempt, now: datetime) -> PastAttempt:
    def so_far(items: Sequence[dict[str, object]]) -> Sequence[answering.Reply]:
        return [reply for reply in past.replies(items) if reply[2] < now]

    return PastAttempt(past.enrolment, past.number, past.started_at, past.seed, so_far)
