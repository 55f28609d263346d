"""Publishing a draft, the versions of a course, and moving learners to one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.audit.queries import history_of
from lantoa.courses import actions
from lantoa.courses.forms import PublishForm
from lantoa.courses.models import Registration
from lantoa.courses.queries.authoring import course_for, draft_for
from lantoa.courses.queries.checks import problems_of
from lantoa.courses.queries.versions import versions_of
from lantoa.courses.rules import NotPossible
from lantoa.courses.views.pages import trail_to
from lantoa.web.formats import number as shown_number


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, course_id: int) -> HttpResponse:
    version = draft_for(user_of(request), course_id)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(actor=user_of(request), version=version, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(None, reason.message)
        else:
            words = {"number": version.number}
            messages.success(request, _("Đã xuất bản bản %(number)s.") % words)
            return redirect("courses:versions", course_id)
    context = {
        "course": version.course,
        "version": version,
        "form": form,
        "problems": problems_of(version),
        "changes": versions_of(version.course)[0].changes,
        "trail": trail_to(version.course),
    }
    return render(request, "courses/publish.html", context)


@login_required
@require_GET
def versions(request: HttpRequest, course_id: int) -> HttpResponse:
    course = course_for(user_of(request), course_id)
    rows = versions_of(course)
    published = [row for row in rows if row.version.published_at]
    behind = sum(row.learning for row in published[1:])
    context = {
        "course": course,
        "rows": rows,
        "newest": published[0].version if published else None,
        "behind": behind,
        "moves": history_of(course).filter(action="courses.move_learners")[:10],
        "trail": trail_to(course),
    }
    return render(request, "courses/versions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, course_id: int, number: int) -> HttpResponse:
    course = course_for(user_of(request), course_id)
    version = get_object_or_404(course.versions, number=number, published_at__isnull=False)
    back = reverse("courses:versions", args=[course_id])
    if request.method == "POST":
        moved = actions.move_learners(version=version, actor=user_of(request))
        text = ngettext("Đã chuyển %(n)s người học.", "Đã chuyển %(n)s người học.", moved)
        messages.success(request, text % {"n": shown_number(moved)})
        return redirect(back)
    waiting = Registration.objects.filter(
        course=course, completed_at__isnull=True, version__number__lt=number
    ).count()
    context = {
        "question": _("Chuyển %(n)s người đang học sang bản %(number)s?")
        % {"n": shown_number(waiting), "number": number},
        "consequence": _(
            "Bài đã xong vẫn giữ kết quả; bài mới thêm phải học. Người đã hoàn thành khóa học "
            "không bị ảnh hưởng. Không chuyển ngược lại được."
        ),
        "action_label": _("Chuyển người học"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)
