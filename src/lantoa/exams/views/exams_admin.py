"""Exams: the list, one exam, making and changing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.exams import NotNow, change_exam, create_exam, remove_exam
from lantoa.exams.forms.exams import BlueprintChoice, ExamForm, ExamSearch
from lantoa.exams.models import Exam
from lantoa.exams.queries.exam_history import history
from lantoa.exams.queries.examiners import sitting_row
from lantoa.exams.queries.exams import (
    blueprints_for,
    counted,
    exam_row,
    exams_within,
    is_settled,
    narrowed,
    sittings_of,
)
from lantoa.exams.views.held import confirm, exam_trail, examiners_only, held_exam
from lantoa.exams.views.tabs import section_tabs
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_id

PER_PAGE = 50
CREATED = {"entry": Exam.Entry.ACCOUNT, "grace_seconds": 120, "difference_percent": 20}


@examiners_only
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    search = ExamSearch(request.GET)
    wanted = search.wanted()
    exams = narrowed(counted(exams_within(request.user), clock.now()), **wanted)
    page = Paginator(exams.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "rows": [exam_row(exam) for exam in page],
        "narrows": any(wanted.values()),
        "tabs": section_tabs("exams"),
    }
    return render(request, "exams/exams.html", context)


@examiners_only
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    exam = held_exam(request, pk)
    now = clock.now()
    sittings = sittings_of(exam)
    page = Paginator(sittings, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "exam": exam,
        "trail": exam_trail(),
        "forms": list(exam.forms.order_by("code").values_list("code", flat=True)),
        "page": page,
        "rows": [sitting_row(sitting, now) for sitting in page],
        "in_series": sittings.exclude(period="").exists(),
        "history": history(exam),
    }
    return render(request, "exams/exam.html", context)


@examiners_only
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """First which blueprint, then how it is held."""
    user = user_of(request)
    asked = row_id(request.POST.get("blueprint") or request.GET.get("blueprint"))
    blueprint = blueprints_for(user).filter(pk=asked).first() if asked else None
    if blueprint is None:
        choice = BlueprintChoice(request.GET if "blueprint" in request.GET else None, user=user)
        context = {
            "form": choice,
            "trail": exam_trail(),
            "none": not blueprints_for(user).exists(),
        }
        return render(request, "exams/exam_blueprint.html", context)
    form = ExamForm(
        request.POST if request.method == "POST" else None,
        user=user,
        blueprint=blueprint,
        initial={**CREATED, "title": blueprint.title, "legal_basis": blueprint.legal_basis},
    )
    if form.is_valid():
        made = create_exam(
            actor=user,
            unit=form.cleaned_data["unit"],
            blueprint=blueprint,
            fields=form.exam_fields(),
            forms=list(form.cleaned_data.get("forms", ())),
            bound_to=form.bound(),
        )
        messages.success(request, _("Đã lập kỳ thi. Bước tiếp theo: lập ca thi."))
        return redirect("exams:exam", made.pk)
    return _form(request, form, blueprint, None)


def _form(
    request: HttpRequest, form: ExamForm, blueprint: Blueprint, exam: Exam | None
) -> HttpResponse:
    context = {
        "form": form,
        "blueprint": blueprint,
        "exam": exam,
        "trail": exam_trail(exam),
        "settled": exam is not None and is_settled(exam),
    }
    return render(request, "exams/exam_form.html", context)


@examiners_only
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    exam = held_exam(request, pk)
    form = ExamForm(
        request.POST if request.method == "POST" else None,
        user=user_of(request),
        blueprint=exam.blueprint,
        settled=is_settled(exam),
        # A copy: what is typed and refused must not show in the headings.
        instance=get_object_or_404(Exam, pk=pk),
    )
    if form.is_valid():
        forms = form.cleaned_data.get("forms")
        try:
            change_exam(
                actor=user_of(request),
                exam=exam,
                fields=form.exam_fields(),
                forms=None if forms is None else list(forms),
            )
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lưu kỳ thi."))
            return redirect("exams:exam", pk)
    return _form(request, form, exam.blueprint, exam)


@examiners_only
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    exam = held_exam(request, pk)
    if request.method == "POST":
        try:
            remove_exam(actor=user_of(request), exam=exam)
        except NotNow as refusal:
            messages.error(request, refusal.sentence)
            return redirect("exams:exam", pk)
        messages.success(request, _("Đã xóa kỳ thi %(title)s.") % {"title": exam.title})
        return redirect("exams:exams")
    return confirm(
        request,
        question=_("Xóa kỳ thi %(title)s?") % {"title": exam.title},
        consequence=_("Chỉ xóa được kỳ thi chưa có ca thi nào."),
        action_label=_("Xóa kỳ thi"),
        back_url=reverse("exams:exam", args=[pk]),
    )
