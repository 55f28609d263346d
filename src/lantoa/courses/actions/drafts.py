"""Only a draft changes: every authoring verb passes here first."""

from django.db import models
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.models import Activity, CourseVersion, Lesson, Module
from lantoa.courses.rules import NotPossible

Piece = Module | Lesson | Activity


def version_of(piece: Piece) -> CourseVersion:
    if isinstance(piece, Activity):
        return piece.lesson.module.version
    return piece.module.version if isinstance(piece, Lesson) else piece.version


def siblings_of(piece: Piece) -> models.QuerySet[Piece]:
    """The pieces beside it, itself included, that are not removed, in order."""
    rows: models.QuerySet[Piece]
    if isinstance(piece, Activity):
        rows = Activity.objects.filter(lesson_id=piece.lesson_id)
    elif isinstance(piece, Lesson):
        rows = Lesson.objects.filter(module_id=piece.module_id)
    else:
        rows = Module.objects.filter(version_id=piece.version_id)
    return rows.filter(removed_at__isnull=True).order_by("position", "id")


def hold_draft(version: CourseVersion) -> CourseVersion:
    """The version, locked. Raises NotPossible when it is published: what learners have begun on
    never changes under them."""
    held = CourseVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if held.published_at is not None:
        raise NotPossible(
            _("Bản %(number)s đã xuất bản nên không sửa được nữa. Hãy sửa ở bản nháp mới.")
            % {"number": held.number}
        )
    return held


def note(actor: User | None, verb: str, piece: Piece) -> None:
    """The audit event of a change: on the course, since pieces come and go."""
    version = version_of(piece)
    record(
        actor=actor,
        action=f"courses.{verb}",
        on=("courses.course", str(version.course_id)),
        data={"version": version.number, "key": str(piece.key), "id": piece.pk},
    )


def end_of(rows: models.QuerySet[Piece]) -> int:
    """The position after the last."""
    return (rows.aggregate(last=models.Max("position"))["last"] or 0) + 1
