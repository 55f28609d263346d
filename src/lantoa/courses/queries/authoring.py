"""What an author may reach: the courses of the units their grants cover; the rest is a 404."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.courses.models import Activity, Course, CourseVersion, Lesson, Module, Registration
from lantoa.courses.queries.pieces import Piece
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import unit_ids_within

AUTHOR = RoleGrant.Role.AUTHOR
P = TypeVar("P", Module, Lesson, Activity)


def authored(user: User) -> QuerySet[Course]:
    return Course.objects.filter(unit_id__in=unit_ids_within(user, AUTHOR))


def authored_list(user: User) -> QuerySet[Course]:
    """With what the list shows: an open draft, the newest published version, how many learn."""
    versions = CourseVersion.objects.filter(course=OuterRef("pk"))
    learners = (
        Registration.objects.filter(course=OuterRef("pk"))
        .order_by()
        .values("course")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        authored(user)
        .select_related("unit")
        .annotate(
            draft_number=Subquery(versions.filter(published_at__isnull=True).values("number")[:1]),
            newest_number=Max("versions__number", filter=Q(versions__published_at__isnull=False)),
            learner_count=Subquery(learners),
        )
        .order_by("-draft_number", "title", "id")
    )


def course_for(user: User, course_id: int) -> Course:
    return get_object_or_404(authored(user).select_related("unit"), pk=course_id)


def draft_for(user: User, course_id: int) -> CourseVersion:
    """The course's open draft."""
    return get_object_or_404(
        CourseVersion.objects.select_related("course__unit"),
        course__in=authored(user).filter(pk=course_id),
        published_at__isnull=True,
    )


def shown_version(user: User, course_id: int) -> CourseVersion:
    """What a preview shows: the draft, else the newest version."""
    versions = CourseVersion.objects.filter(course__in=authored(user).filter(pk=course_id))
    version = versions.select_related("course").order_by("-number").first()
    if version is None:
        raise Http404
    return version


def _in_draft(rows: QuerySet[P], path: str, user: User, course_id: int) -> QuerySet[P]:
    reach = {
        f"{path}__course__in": authored(user).filter(pk=course_id),
        f"{path}__published_at__isnull": True,
    }
    return rows.filter(**reach).select_related(f"{path}__course__unit")


def module_for(user: User, course_id: int, piece_id: int) -> Module:
    """A module of the open draft, removed or not; likewise below."""
    return get_object_or_404(
        _in_draft(Module.objects.all(), "version", user, course_id), pk=piece_id
    )


def lesson_for(user: User, course_id: int, piece_id: int) -> Lesson:
    rows = _in_draft(Lesson.objects.all(), "module__version", user, course_id)
    return get_object_or_404(rows, pk=piece_id)


def activity_for(user: User, course_id: int, piece_id: int) -> Activity:
    rows = _in_draft(Activity.objects.all(), "lesson__module__version", user, course_id)
    return get_object_or_404(rows.select_related("file", "item_version__item"), pk=piece_id)


# How a piece of each sort is named in addresses.
SORTS: dict[str, Callable[[User, int, int], Piece]] = {
    "modules": module_for,
    "lessons": lesson_for,
    "activities": activity_for,
}


def piece_for(user: User, course_id: int, sort: str, piece_id: int) -> Piece:
    if sort not in SORTS:
        raise Http404
    return SORTS[sort](user, course_id, piece_id)


def removed_from(version: CourseVersion) -> list[tuple[str, Piece]]:
    """What was taken out of the draft and can be put back: (sort, piece), newest first."""
    found: list[tuple[str, Piece]] = []
    found += [("modules", row) for row in version.modules.filter(removed_at__isnull=False)]
    lessons = Lesson.objects.filter(module__version=version, removed_at__isnull=False)
    found += [("lessons", row) for row in lessons]
    activities = Activity.objects.filter(lesson__module__version=version)
    rows = activities.filter(removed_at__isnull=False).select_related("item_version__item")
    found += [("activities", row) for row in rows]
    return sorted(found, key=lambda pair: str(pair[1].removed_at), reverse=True)
