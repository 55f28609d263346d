"""Sittings that repeat: quarters by agency, make-ups, quarter compared with quarter."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.actions.series import absent, hold_series, make_up
from lantoa.exams.forms.series import SeriesForm
from lantoa.exams.forms.sittings import WindowForm, window_of
from lantoa.exams.models import Exam
from lantoa.exams.queries.series import comparison_of
from lantoa.exams.rules.windows import period_shown
from lantoa.exams.spreadsheets import comparison_sheet
from lantoa.exams.views.held import (
    exam_trail,
    examiners_only,
    held_exam,
    held_sitting,
    sitting_trail,
)
from lantoa.kernel import clock
from lantoa.web import formats


@examiners_only
@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """GET with a plan is the dry run; POST of the same plan makes the sittings."""
    exam, user = held_exam(request, pk), user_of(request)
    data = request.POST if request.method == "POST" else None
    if data is None and "year" in request.GET:
        data = request.GET
    form = SeriesForm(data, user=user, exam=exam)
    context: dict[str, Any] = {"exam": exam, "form": form, "trail": exam_trail(exam)}
    if form.is_valid():
        if request.method == "POST":
            return _hold(request, exam, form)
        context |= _planned(exam, form)
    return render(request, "exams/series.html", context)


def _planned(exam: Exam, form: SeriesForm) -> dict[str, Any]:
    units = form.chosen()
    held = set(
        exam.sittings.filter(makes_up_for=None).exclude(period="").values_list("period", "unit_id")
    )
    planned = [
        {
            "period": period_shown(one.period),
            "unit": units[one.unit],
            "window": one.window,
            "there": (one.period, one.unit) in held,
            "past": one.window.closes_at <= clock.now(),
        }
        for one in form.planned()
    ]
    return {"planned": planned, "fresh": sum(not (one["there"] or one["past"]) for one in planned)}


def _hold(request: HttpRequest, exam: Exam, form: SeriesForm) -> HttpResponse:
    done = hold_series(
        actor=user_of(request),
        exam=exam,
        planned=form.planned(),
        units=form.chosen(),
        with_people=form.cleaned_data["with_people"],
    )
    said = _(
        "Đã lập %(n)s ca thi với %(people)s thí sinh; %(already)s ca đã có từ trước, "
        "%(past)s ca đã qua ngày thi."
    )
    numbers = {
        "n": done.sittings,
        "people": done.candidates,
        "already": done.there_already,
        "past": done.past,
    }
    messages.success(
        request, said % {name: formats.number(count) for name, count in numbers.items()}
    )
    return redirect("exams:exam", exam.pk)


@examiners_only
@require_http_methods(["GET", "POST"])
def make_up_for(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    missing = absent(sitting).count()
    initial = window_of(sitting, timedelta(days=7))
    initial["title"] = (_("Thi bù – %(title)s") % {"title": sitting.title or _("ca trước")})[:200]
    form = WindowForm(
        request.POST if request.method == "POST" else None,
        minutes=sitting.exam.blueprint.minutes,
        initial=initial,
    )
    if form.is_valid():
        try:
            made = make_up(
                actor=user_of(request),
                sitting=sitting,
                title=form.cleaned_data["title"],
                window=form.window(),
            )
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lập ca thi bù."))
            return redirect("exams:checklist", made.pk)
    context = {
        "form": form,
        "trail": sitting_trail(sitting, inside=True),
        "heading": _("Thi bù cho %(n)s thí sinh vắng") % {"n": formats.number(missing)},
        "lede": sitting.name,
        "button": _("Lập ca thi bù"),
        "back_url": reverse("exams:checklist", args=[pk]),
    }
    return render(request, "exams/sitting_form.html", context)


@examiners_only
@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    exam = held_exam(request, pk)
    context = {"exam": exam, "compared": comparison_of(exam), "trail": exam_trail(exam)}
    return render(request, "exams/quarters.html", context)


@examiners_only
@require_GET
def compare_export(request: HttpRequest, pk: int) -> FileResponse:
    exam = held_exam(request, pk)
    return comparison_sheet(exam, comparison_of(exam))
