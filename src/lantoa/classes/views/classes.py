"""Lists of classes, a class's page, opening, changing, ending, cancelling."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import classes as actions
from lantoa.classes.actions.ending import can_end, reopen_class
from lantoa.classes.forms import ClassForm, ReasonForm
from lantoa.classes.history import history
from lantoa.classes.models import TrainingClass
from lantoa.classes.queries.attendance import attended_by, counts_at, disputes_waiting
from lantoa.classes.queries.classes import (
    class_for,
    class_managed,
    classes_visible,
    meetings_of,
    programmes_with_classes,
    totals_of,
)
from lantoa.classes.queries.evaluations import may_read_evaluation
from lantoa.classes.queries.members import members_seen
from lantoa.classes.queries.scores import verdicts_of
from lantoa.classes.views.access import keepers_only, keeps_classes, staff_only
from lantoa.jobs.actions import enqueue
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_id
from lantoa.kernel.text import clean
from lantoa.plans.queries.plans import cohort_managed

END_HANDLER = "lantoa.classes.tasks.end"
PAGE = 50
MOST_SHORT = 200
FIELDS = (
    "name", "requirement", "mode", "capacity", "venue",
    "tool", "link", "online_share", "late_after", "note",
)  # fmt: skip


@staff_only
@require_GET
def classes(request: HttpRequest) -> HttpResponse:
    found = classes_visible(user_of(request))
    state, search = request.GET.get("state", "open"), clean(request.GET.get("q", ""))[:100]
    if state in TrainingClass.State.values:
        found = found.filter(state=state)
    if cohort := row_id(request.GET.get("cohort")):
        found = found.filter(cohort=cohort)
    if programme := row_id(request.GET.get("programme")):
        found = found.filter(cohort__programme=programme)
    for word in search.split()[:6]:
        found = found.filter(name__icontains=word)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": search,
        "state": state,
        "states": TrainingClass.State.choices,
        "totals": totals_of(found),
        "programmes": programmes_with_classes(user_of(request)),
        "programme": programme,
        "keeps": keeps_classes(request),
        "cohort": page.object_list[0].cohort if cohort and len(page.object_list) else None,
    }
    return render(request, "classes/classes.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def new_class(request: HttpRequest, cohort: int) -> HttpResponse:
    user = user_of(request)
    planned = cohort_managed(user, cohort)
    form = ClassForm(request.POST or None, user=user, cohort=planned.cohort)
    if form.is_valid():
        try:
            made = actions.open_class(actor=user, cohort=planned.cohort, fields=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã mở lớp. Bước tiếp theo: thêm các buổi học."))
            return redirect("classes:add_meetings", made.pk)
    context = {"form": form, "cohort": planned.cohort}
    return render(request, "classes/class_form.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_class(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_managed(user, pk)
    initial = {name: getattr(found, name) for name in FIELDS}
    form = ClassForm(request.POST or None, user=user, cohort=found.cohort, initial=initial)
    if form.is_valid():
        try:
            actions.change_class(actor=user, training_class=found, fields=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu lớp."))
            return redirect("classes:class", pk)
    context = {"form": form, "cohort": found.cohort, "class": found}
    return render(request, "classes/class_form.html", context)


@staff_only
@require_GET
def class_page(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_for(user, pk)
    search = request.GET.get("q", "")[:100]
    members = Paginator(members_seen(user, found, search), PAGE)
    page = members.get_page(request.GET.get("page"))
    meetings = list(meetings_of(found))
    counts = counts_at(meetings)
    shares = attended_by(found, [member.pk for member in page.object_list])
    context = {
        "class": found,
        "page": page,
        "rows": [(member, shares[member.pk]) for member in page.object_list],
        "count": members.count,
        "q": search,
        "meetings": [(meeting, counts.get(meeting.pk)) for meeting in meetings],
        "now": clock.now(),
        "own_points": found.points.filter(keeper=user.pk).select_related("venue"),
        "disputes": list(disputes_waiting(found)) if found.can_mark else [],  # type: ignore[attr-defined]
        "history": history(found) if found.can_manage else [],  # type: ignore[attr-defined]
        "evaluated": may_read_evaluation(user, found),
    }
    return render(request, "classes/class.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_managed(user, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_class(
                actor=user, training_class=found, reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã hủy lớp; học viên được báo."))
            return redirect("classes:class", pk)
    context = {
        "question": _("Hủy lớp %(name)s?") % {"name": found.name},
        "consequence": _("Học viên được báo và có thể được xếp vào lớp khác."),
        "action_label": _("Hủy lớp"),
        "back_url": reverse("classes:class", args=[pk]),
        "danger": True,
        "form": form,
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_managed(user, pk)
    back = reverse("classes:class", args=[pk])
    if request.method == "POST":
        try:
            can_end(found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(back)
        title = _("Kết thúc lớp %(name)s") % {"name": found.name}
        params = {"class": found.pk, "url": back}
        job = enqueue(handler=END_HANDLER, title=title, params=params, actor=user)
        return redirect("jobs:job", job.pk)
    verdicts = verdicts_of(found)
    short = [one for one in verdicts if not one.passes] if found.requirement else []
    context = {
        "question": _("Kết thúc lớp %(name)s?") % {"name": found.name},
        "consequence": _what_ends(found),
        "action_label": _("Kết thúc lớp"),
        "back_url": back,
        "class": found,
        "passing": len(verdicts) - len(short),
        "count": len(verdicts),
        "short": short[:MOST_SHORT],
        "more": max(0, len(short) - MOST_SHORT),
    }
    return render(request, "classes/end.html", context)


def _what_ends(found: TrainingClass) -> str:
    asked = found.requirement
    if asked is None:
        return _("Lớp này không tính vào chương trình nên không ghi kết quả.")
    words = {"share": asked.attendance or 100}
    if found.tests.filter(required=True).exists():
        return (
            _("Ai dự từ %(share)d%% số tiết và đạt mọi bài kiểm tra bắt buộc thì đạt nội dung này.")
            % words
        )
    return _("Ai dự từ %(share)d%% số tiết thì đạt nội dung này của chương trình.") % words


@keepers_only
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_managed(user, pk)
    back = reverse("classes:class", args=[pk])
    if request.method == "POST":
        try:
            reopen_class(actor=user, training_class=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(back)
    context = {
        "question": _("Mở lại lớp %(name)s?") % {"name": found.name},
        "consequence": _(
            "Sửa điểm danh, điểm kiểm tra xong, hãy kết thúc lại; kết quả đã ghi được sửa theo."
        ),
        "action_label": _("Mở lại"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)
