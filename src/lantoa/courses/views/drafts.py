"""The draft of a course: its tree, and the forms of modules and lessons."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.courses import actions
from lantoa.courses.forms import DetailsForm, LessonForm, ModuleForm
from lantoa.courses.kinds import kinds
from lantoa.courses.queries.authoring import (
    course_for,
    draft_for,
    lesson_for,
    module_for,
    removed_from,
    shown_version,
)
from lantoa.courses.queries.checks import activities_by_lesson, problems_of
from lantoa.courses.queries.outline import activities_of, outline_of
from lantoa.courses.views.pages import FormPage, edit_url, lesson_draft_url, trail_to

GET_POST = ["GET", "POST"]


@login_required
@require_GET
def edit(request: HttpRequest, course_id: int) -> HttpResponse:
    course = course_for(user_of(request), course_id)
    version = shown_version(user_of(request), course_id)
    is_draft = version.published_at is None
    context = {
        "course": course,
        "version": version,
        "is_draft": is_draft,
        "outline": outline_of(version),
        "activities": activities_by_lesson(version),
        "problems": problems_of(version) if is_draft else [],
        "removed": removed_from(version) if is_draft else [],
        "just_removed": request.GET.get("removed", ""),
        "trail": trail_to(course)[:1],
    }
    return render(request, "courses/edit.html", context)


@login_required
@require_POST
def open_draft(request: HttpRequest, course_id: int) -> HttpResponse:
    course = course_for(user_of(request), course_id)
    actions.open_draft(actor=user_of(request), course=course)
    return redirect("courses:edit", course_id)


@login_required
@require_http_methods(GET_POST)
def details(request: HttpRequest, course_id: int) -> HttpResponse:
    version = draft_for(user_of(request), course_id)
    course = version.course
    known = {
        "title": course.title,
        "summary": course.summary,
        "elective_minimum": version.elective_minimum,
    }
    form = DetailsForm(request.POST or None, initial=known)
    return FormPage(
        title=_("Thông tin khóa học"),
        form=form,
        save=lambda: actions.edit_course(
            actor=user_of(request), version=version, **form.cleaned_data
        ),
        back=edit_url(course_id),
        trail=trail_to(course),
    ).answer(request)


@login_required
@require_http_methods(GET_POST)
def module_new(request: HttpRequest, course_id: int) -> HttpResponse:
    version = draft_for(user_of(request), course_id)
    form = ModuleForm(request.POST or None)
    return FormPage(
        title=_("Thêm chuyên đề"),
        form=form,
        save=lambda: actions.add_module(
            actor=user_of(request), version=version, **form.cleaned_data
        ),
        back=edit_url(course_id, "add-module"),
        trail=trail_to(version.course),
    ).answer(request)


@login_required
@require_http_methods(GET_POST)
def module_edit(request: HttpRequest, course_id: int, piece_id: int) -> HttpResponse:
    module = module_for(user_of(request), course_id, piece_id)
    title = module.title
    form = ModuleForm(request.POST or None, instance=module)
    return FormPage(
        title=_("Sửa chuyên đề “%(title)s”") % {"title": title},
        form=form,
        save=lambda: actions.edit_module(
            actor=user_of(request), module=module, **form.cleaned_data
        ),
        back=edit_url(course_id, f"modules-{piece_id}"),
        trail=trail_to(module.version.course),
    ).answer(request)


@login_required
@require_http_methods(GET_POST)
def lesson_new(request: HttpRequest, course_id: int, piece_id: int) -> HttpResponse:
    module = module_for(user_of(request), course_id, piece_id)
    form = LessonForm(request.POST or None)
    return FormPage(
        title=_("Thêm bài vào “%(title)s”") % {"title": module.title},
        form=form,
        save=lambda: actions.add_lesson(actor=user_of(request), module=module, **form.cleaned_data),
        back=edit_url(course_id, f"modules-{piece_id}"),
        trail=trail_to(module.version.course),
    ).answer(request)


@login_required
@require_http_methods(GET_POST)
def lesson_edit(request: HttpRequest, course_id: int, piece_id: int) -> HttpResponse:
    lesson = lesson_for(user_of(request), course_id, piece_id)
    title = lesson.title
    form = LessonForm(request.POST or None, instance=lesson)
    return FormPage(
        title=_("Sửa thông tin bài “%(title)s”") % {"title": title},
        form=form,
        save=lambda: actions.edit_lesson(
            actor=user_of(request), lesson=lesson, **form.cleaned_data
        ),
        back=lesson_draft_url(course_id, piece_id),
        trail=trail_to(lesson.module.version.course),
    ).answer(request)


@login_required
@require_GET
def lesson_draft(request: HttpRequest, course_id: int, piece_id: int) -> HttpResponse:
    lesson = lesson_for(user_of(request), course_id, piece_id)
    course = lesson.module.version.course
    mine = [pair for pair in removed_from(lesson.module.version) if pair[0] == "activities"]
    context = {
        "course": course,
        "lesson": lesson,
        "activities": activities_of(lesson),
        "kinds": kinds(),
        "removed": [pair for pair in mine if getattr(pair[1], "lesson_id", None) == lesson.pk],
        "just_removed": request.GET.get("removed", ""),
        "trail": trail_to(course),
    }
    return render(request, "courses/lesson_draft.html", context)
