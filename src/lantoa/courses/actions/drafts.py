"""Only a draft changes: every authoring verb passes here first."""

from django.db import models
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.models import CourseVersion
from lantoa.courses.queries.pieces import Piece, version_of
from lantoa.courses.rules import NotPossible


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
