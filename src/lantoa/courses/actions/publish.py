from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.actions.drafts import hold_draft
from lantoa.courses.models import Activity, CourseVersion, Lesson, Module
from lantoa.courses.queries.checks import problems_of
from lantoa.courses.rules import NotPossible
from lantoa.kernel import clock


@transaction.atomic
def publish(*, actor: User | None, version: CourseVersion, note: str = "") -> None:
    """Make the draft the newest published version, which never changes again. What was removed goes
    for good. Raises NotPossible while the checks find anything."""
    held = hold_draft(version)
    if problems := problems_of(held):
        raise NotPossible(" ".join(problem.sentence for problem in problems))
    Activity.objects.filter(lesson__module__version=held, removed_at__isnull=False).delete()
    Lesson.objects.filter(module__version=held, removed_at__isnull=False).delete()
    Module.objects.filter(version=held, removed_at__isnull=False).delete()
    held.published_at, held.note = clock.now(), note.strip()[:300]
    held.published_by_id = actor.pk if actor else None
    held.save(update_fields=["published_at", "published_by_id", "note"])
    version.published_at = held.published_at
    record(actor=actor, action="courses.publish", on=held.course, data={"version": held.number})
