"""An author's list of courses, and beginning one."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.courses import actions
from lantoa.courses.forms import CourseForm
from lantoa.courses.queries.authoring import AUTHOR, authored_list
from lantoa.courses.views.pages import FormPage
from lantoa.items.permissions import home_units


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not home_units(user, AUTHOR).exists():
        return redirect(settings.LOGIN_REDIRECT_URL)  # who writes nothing learns
    page = Paginator(authored_list(user), 30).get_page(request.GET.get("page"))
    return render(request, "courses/index.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    units = home_units(user, AUTHOR)
    if not units.exists():
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = CourseForm(request.POST or None, units=units)
    made: list[int] = []

    def write() -> None:
        made.append(actions.create_course(actor=user, **form.cleaned_data).course_id)

    page = FormPage(
        title=_("Tạo khóa học"),
        lede=_("Khóa học bắt đầu là bản nháp; chỉ người soạn thấy cho tới khi xuất bản."),
        form=form,
        save=write,
        saved=_("Đã tạo khóa học. Bắt đầu bằng chuyên đề đầu tiên."),
        button=_("Tạo khóa học"),
        back=reverse("courses:courses"),
        trail=[(_("Khóa học"), reverse("courses:courses"))],
    )
    answer = page.answer(request)
    return redirect("courses:edit", made[0]) if made else answer
