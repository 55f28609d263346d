"""Pieces of a version, whatever their sort."""

from django.db import models

from lantoa.courses.models import Activity, CourseVersion, Lesson, Module

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
