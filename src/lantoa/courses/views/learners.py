"""A learner's pages. Every POST works as a plain form; htmx gets only the parts that changed."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.courses import actions
from lantoa.courses.queries.course_page import course_page
from lantoa.courses.queries.lesson_page import LessonPage, Status, lesson_page
from lantoa.courses.queries.shown import Viewer, shown
from lantoa.files.links import signed_url


@login_required
@require_GET
def course(request: HttpRequest, course_id: int) -> HttpResponse:
    page = course_page(user_of(request), course_id)
    return render(request, "courses/course.html", {"page": page})


@login_required
@require_GET
def lesson(request: HttpRequest, course_id: int, lesson_key: UUID) -> HttpResponse:
    page = lesson_page(user_of(request), course_id, lesson_key)
    if not page.is_open:
        return _locked(request, page)
    if page.state is None:
        actions.open_lesson(place=page.place)
        page = lesson_page(user_of(request), course_id, lesson_key)
    viewer = viewer_of(page)
    parts = shown(page.activities, page.state, viewer)
    context = {"page": page, "parts": parts, "status": Status(page), "viewer": viewer}
    return render(request, "courses/lesson.html", context)


@login_required
@require_POST
def answer(
    request: HttpRequest, course_id: int, lesson_key: UUID, activity_key: UUID
) -> HttpResponse:
    page = lesson_page(user_of(request), course_id, lesson_key)
    place = page.at(activity_key, "question")
    if not page.is_open:
        return _locked(request, page)
    parts = shown(page.activities, page.state, viewer_of(page))
    part = next(each for each in parts if each.activity.key == activity_key)
    response = part.response(request.POST)
    if response is None:
        return _after(request, page, activity_key, _("Hãy trả lời câu hỏi trước khi gửi."))
    actions.answer(place=place, item_version=part.item_version, response=response)
    return _after(request, page, activity_key)


@login_required
@require_POST
def retake(request: HttpRequest, course_id: int, lesson_key: UUID) -> HttpResponse:
    page = lesson_page(user_of(request), course_id, lesson_key)
    if page.is_open:
        actions.retake(place=page.place)
    return redirect(_url(page) + "#questions")


@login_required
@require_POST
def finish(request: HttpRequest, course_id: int, lesson_key: UUID) -> HttpResponse:
    page = lesson_page(user_of(request), course_id, lesson_key)
    if not page.is_open:
        return _locked(request, page)
    actions.finish_lesson(place=page.place)
    return redirect(_url(page) + "#lesson-status")


@login_required
@require_POST
def position(
    request: HttpRequest, course_id: int, lesson_key: UUID, activity_key: UUID
) -> HttpResponse:
    """Where the video is; answers with the lesson's foot when that changes something there."""
    page = lesson_page(user_of(request), course_id, lesson_key)
    place = page.at(activity_key, "video")
    at, length = (_seconds(request.POST.get(name, "")) for name in ("position", "length"))
    if not page.is_open or at is None or length is None:
        return HttpResponse(status=400)
    taken = actions.save_position(place=place, position=at, length=length)
    if taken is None or len(taken.steps) < 2:  # nothing but the position itself
        return HttpResponse(status=204)
    page = lesson_page(user_of(request), course_id, lesson_key)
    context = {"status": Status(page), "viewer": viewer_of(page)}
    return render(request, "courses/lesson_status.html", context)


@login_required
@require_POST
def seen(
    request: HttpRequest, course_id: int, lesson_key: UUID, activity_key: UUID
) -> HttpResponse:
    page = lesson_page(user_of(request), course_id, lesson_key)
    place = page.at(activity_key, "video")
    if page.is_open:
        actions.finish_activity(place=place)
    return redirect(f"{_url(page)}#a-{activity_key}")


@login_required
@require_GET
def document(
    request: HttpRequest, course_id: int, lesson_key: UUID, activity_key: UUID
) -> HttpResponseBase:
    page = lesson_page(user_of(request), course_id, lesson_key)
    place = page.at(activity_key, "document")
    if not page.is_open:
        return _locked(request, page)
    actions.open_document(place=place)
    assert place.activity is not None
    assert place.activity.file is not None
    return redirect(signed_url(place.activity.file, download=True))


def viewer_of(page: LessonPage) -> Viewer:
    return Viewer(page.registration.course_id, page.lesson.key, seed=str(page.registration.key))


def _url(page: LessonPage) -> str:
    return viewer_of(page).url("lesson")


def _locked(request: HttpRequest, page: LessonPage) -> HttpResponse:
    words = {"title": page.lesson.title}
    messages.info(request, _("Bài “%(title)s” mở khi đã đạt bài trước đó.") % words)
    return redirect("courses:course", course_id=page.registration.course_id)


def _after(
    request: HttpRequest, page: LessonPage, activity_key: UUID, problem: str = ""
) -> HttpResponse:
    """After an answer: the question and the foot of the lesson for htmx, else the page there."""
    if not request.headers.get("HX-Request"):
        if problem:
            messages.error(request, problem)  # stands at the top of the page, so go there
        return redirect(_url(page) + ("" if problem else f"#a-{activity_key}"))
    fresh = lesson_page(user_of(request), page.registration.course_id, page.lesson.key)
    viewer = viewer_of(fresh)
    parts = shown(fresh.activities, fresh.state, viewer)
    part = next(each for each in parts if each.activity.key == activity_key)
    context = {"part": part, "problem": problem, "status": Status(fresh), "viewer": viewer}
    return render(request, "courses/answered.html", context)


def _seconds(text: str) -> float | None:
    """A finite number of seconds, or None: the browser's word is not taken for more."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None
