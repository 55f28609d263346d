"""A course as its learners will see it; nothing is kept."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.courses.models import Registration
from lantoa.courses.queries.authoring import shown_version
from lantoa.courses.queries.lesson_page import LessonPage, Status
from lantoa.courses.queries.outline import activities_of, outline_of
from lantoa.courses.queries.shown import Shown, Viewer, shown
from lantoa.courses.views.pages import edit_url, trail_to
from lantoa.items.kinds import kind_of


def _page(request: HttpRequest, course_id: int, lesson_key: UUID) -> LessonPage:
    version = shown_version(user_of(request), course_id)
    outline = outline_of(version)
    found = outline.find(lesson_key)
    if found is None:
        raise Http404
    nobody = Registration(course=version.course, version=version)
    return LessonPage(nobody, outline, *found, activities_of(found[1]), {})


def _viewer(page: LessonPage) -> Viewer:
    return Viewer(page.outline.version.course_id, page.lesson.key, seed="", preview=True)


@login_required
@require_GET
def course(request: HttpRequest, course_id: int) -> HttpResponse:
    """Straight to the first lesson: from there the author goes on."""
    outline = outline_of(shown_version(user_of(request), course_id))
    first = next(iter(outline.lessons()), None)
    if first is None:
        return redirect("courses:edit", course_id)
    return redirect("courses:preview_lesson", course_id, first[1].key)


@login_required
@require_GET
def lesson(request: HttpRequest, course_id: int, lesson_key: UUID) -> HttpResponse:
    page = _page(request, course_id, lesson_key)
    keys = [(each.title, each.key) for _module, each in page.outline.lessons()]
    place = [key for _title, key in keys].index(lesson_key)
    context = {
        "page": page,
        "parts": shown(page.activities, None, _viewer(page)),
        "status": Status(page),
        "viewer": _viewer(page),
        "previous": keys[place - 1] if place else None,
        "following": keys[place + 1] if place + 1 < len(keys) else None,
        "back_url": edit_url(course_id),
        "trail": trail_to(page.registration.course),
    }
    return render(request, "courses/preview_lesson.html", context)


@login_required
@require_POST
def answer(
    request: HttpRequest, course_id: int, lesson_key: UUID, activity_key: UUID
) -> HttpResponse:
    page = _page(request, course_id, lesson_key)
    parts = shown(page.activities, None, _viewer(page))
    found = [p for p in parts if p.activity.key == activity_key and p.activity.item_version]
    if not found:
        raise Http404
    version = found[0].item_version
    response = found[0].response(request.POST)
    got, total = kind_of(version.item.kind).score(version.content, response)
    known = {"response": response, "correct": got == total}
    part = Shown(found[0].activity, found[0].number, known, _viewer(page))
    if request.headers.get("HX-Request"):
        return render(request, part.template, {"part": part})
    context = {"part": part, "trail": trail_to(page.registration.course), "page": page}
    return render(request, "courses/preview_answer.html", context)
