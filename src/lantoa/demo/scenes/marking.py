"""What people give for essays and files, and what the council does with it."""

from datetime import timedelta
from itertools import product
from random import Random

from lantoa.accounts.models import User
from lantoa.demo import cast, content
from lantoa.demo.stage import Stage
from lantoa.exams.actions.appeals import file_appeal
from lantoa.exams.actions.council import approve_results, verify_sitting
from lantoa.exams.actions.marking import finish_mark, take_next
from lantoa.exams.actions.markings import open_markings
from lantoa.exams.models import Attempt, Mark, Marking, Sitting
from lantoa.exams.queries.attempts import responses_of
from lantoa.kernel import clock

MARKED_AFTER, APPROVED_AFTER, APPEALED_AFTER = (
    timedelta(days=2),
    timedelta(days=40),
    timedelta(days=42),
)
FILE_SHARE = 70
OFF = 20
"""Markers are off by so many percent at most: now and then two differ by more than is allowed."""
MARKERS = (cast.AUTHOR, cast.COORDINATOR, cast.EXAMINER)
THEN_APPROVED = "Đã đối chiếu điểm và biên bản (minh họa)."
APPEAL = "Tôi đề nghị chấm lại phần tự luận: bài có nêu người chịu trách nhiệm và số đo (minh họa)."


def mark(stage: Stage, sitting: Sitting, *kinds: str) -> None:
    """The markers, one after the other, all answers to questions of these kinds."""
    with clock.fixed(sitting.closes_at + MARKED_AFTER):
        open_markings(sitting=sitting, actor=stage.user(cast.EXAMINER.key))
        asked = Marking.objects.filter(attempt__sitting=sitting, version__item__kind__in=kinds)
        versions = list(asked.order_by("version").values_list("version", flat=True).distinct())
        for member, version in product(MARKERS, versions):
            user = stage.user(member.key)
            while task := take_next(actor=user, sitting=sitting, version=version):
                _give(user, task)


def _give(user: User, task: Mark) -> None:
    response = responses_of(task.attempt)[task.slot]
    kind = "essay" if isinstance(response, str) else "file_task"
    rng = Random(f"{user.email}/{task.attempt.candidate.person.phone}/{kind}")  # noqa: S311
    share = _worth(response) + round(rng.triangular(-OFF, OFF))
    quarters = (possible * min(100, max(0, share)) // 100 // 25 for possible in _possible(kind))
    finish_mark(actor=user, mark=task, rubric=[25 * one for one in quarters], comment="")


def _worth(response: object) -> int:
    return next(
        (one.share for one in content.practical().essays if one.text == response), FILE_SHARE
    )


def _possible(kind: str) -> list[int]:
    (asked,) = (one for one in content.practical().items if one.kind == kind)
    return [100 * criterion["points"] for criterion in asked.content["rubric"]]


def approve(stage: Stage, sitting: Sitting) -> None:
    """The council lets the results out; one who failed asks for another marking."""
    leader = stage.user(cast.LEADER.key)
    with clock.fixed(sitting.closes_at + APPROVED_AFTER):
        verify_sitting(actor=leader, sitting=sitting)
        approve_results(actor=leader, sitting=sitting, note=THEN_APPROVED)
    failed = Attempt.objects.filter(
        sitting=sitting, result__passed=False, candidate__person__user__isnull=False
    ).order_by("candidate__person_id")
    attempt = failed.first()
    if attempt is not None and attempt.candidate.person.user is not None:
        with clock.fixed(sitting.closes_at + APPEALED_AFTER):
            file_appeal(actor=attempt.candidate.person.user, attempt=attempt, reason=APPEAL)
