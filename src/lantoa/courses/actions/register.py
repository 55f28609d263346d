from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.models import Course, CourseVersion, Registration
from lantoa.courses.rules import NotPossible
from lantoa.people.models import Person

CHUNK = 400  # ids in one IN (…): within what SQLite allows, whatever the batch


@transaction.atomic
def register(
    *, persons: Sequence[Person], course: Course, actor: User | None
) -> dict[int, Registration]:
    """Give people the course on its newest published version; person id → registration.

    Who is registered already keeps theirs, whatever the version. One audit event for the batch.
    Raises rules.NotPossible when nothing is published yet.
    """
    newest = CourseVersion.objects.filter(course=course, published_at__isnull=False)
    version = newest.order_by("-number").first()
    if version is None:
        raise NotPossible(_("Khóa học chưa có bản nào được xuất bản."))
    ids = list(dict.fromkeys(person.pk for person in persons))
    known = _registrations(course, ids)
    fresh = [pk for pk in ids if pk not in known]
    # Somebody else may register the same person meanwhile: theirs stands.
    Registration.objects.bulk_create(
        [Registration(person_id=pk, course=course, version=version) for pk in fresh],
        batch_size=1000,
        ignore_conflicts=True,
    )
    if fresh:
        data = {"version": version.number, "persons": fresh}
        record(actor=actor, action="courses.register", on=course, data=data)
    return {**known, **_registrations(course, fresh)}


def _registrations(course: Course, ids: Sequence[int]) -> dict[int, Registration]:
    found: dict[int, Registration] = {}
    for start in range(0, len(ids), CHUNK):
        rows = Registration.objects.filter(course=course, person_id__in=ids[start : start + CHUNK])
        found.update((row.person_id, row) for row in rows)
    return found
