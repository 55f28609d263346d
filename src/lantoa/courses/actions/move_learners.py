from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.actions.progress import complete
from lantoa.courses.models import CourseVersion, LessonProgress, Registration
from lantoa.courses.queries.outline import outline_of
from lantoa.courses.rules import NotPossible
from lantoa.courses.rules.gate import course_done
from lantoa.courses.statements import course_statement
from lantoa.kernel import clock
from lantoa.records import verbs
from lantoa.records.actions import append


@transaction.atomic
def move_learners(*, version: CourseVersion, actor: User) -> int:
    """Move everybody still learning an older version of the course to this one; how many moved.

    Progress stays, by the keys of lessons. Who has completed the course stays on the version they
    completed; who has finished all that the new version asks for completes it now.
    """
    if version.published_at is None:
        raise NotPossible(_("Bản này chưa xuất bản nên chưa chuyển người học sang được."))
    learners = list(
        Registration.objects.select_for_update(of=("self",))
        .filter(course=version.course, completed_at__isnull=True)
        .filter(version__number__lt=version.number)
        .select_related("course")
    )
    for registration in learners:
        registration.version = version
    Registration.objects.bulk_update(learners, ["version"], batch_size=500)
    now = clock.now()
    done = _who_are_done(version, learners)
    for registration in done:
        complete(registration, now)
    append([course_statement(each, each.course.key, verbs.COMPLETED, now) for each in done])
    data = {"version": version.number, "registrations": [each.pk for each in learners]}
    record(actor=actor, action="courses.move_learners", on=version.course, data=data)
    return len(learners)


def _who_are_done(version: CourseVersion, learners: Sequence[Registration]) -> list[Registration]:
    """Those who have finished all that the version asks for, in two queries for all of them."""
    finished: dict[int, set[UUID]] = defaultdict(set)
    rows = LessonProgress.objects.filter(
        registration__version=version,
        registration__completed_at__isnull=True,
        completed_at__isnull=False,
    )
    for registration_id, key in rows.values_list("registration_id", "lesson_key"):
        finished[registration_id].add(key)
    shapes, minimum = outline_of(version).shapes, version.elective_minimum
    return [
        each
        for each in learners
        if each.started_at and course_done(shapes, finished[each.pk], minimum)
    ]
