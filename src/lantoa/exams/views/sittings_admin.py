"""Sittings: making them, one by one or in waves; changing, copying, taking back; opening ahead."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.actions.holding import (
    SittingFields,
    change_sitting,
    copy_sitting,
    hold_waves,
    remove_sitting,
)
from lantoa.exams.actions.prepare import prepare_sitting, undo_preparation
from lantoa.exams.forms.sittings import CopyForm, NewSittingForm, SittingForm, window_of
from lantoa.exams.models import Sitting
from lantoa.exams.queries.candidates import tally_of
from lantoa.exams.queries.checklist import OK, checklist, worst
from lantoa.exams.queries.exam_history import history
from lantoa.exams.queries.examiners import sitting_row
from lantoa.exams.queries.exams import has_started
from lantoa.exams.views.held import (
    confirm,
    exam_trail,
    examiners_only,
    held_exam,
    held_sitting,
    sitting_page,
    sitting_trail,
)
from lantoa.items.rules import BankTooSmall
from lantoa.jobs.actions import enqueue
from lantoa.kernel import clock
from lantoa.web import formats

AT_ONCE = 1_000
"""More candidates than this are dealt their papers by a job, so that nobody waits for a page."""


@examiners_only
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    exam = held_exam(request, pk)
    form = NewSittingForm(
        request.POST if request.method == "POST" else None,
        minutes=exam.blueprint.minutes,
        of_cohort=exam.cohort_id is not None,
    )
    if form.is_valid():
        data = form.cleaned_data
        fields = SittingFields(
            title=data["title"],
            window=form.window(),
            networks=data["networks"],
            by_roster=data.get("by_roster", "yes") == "yes",
        )
        held = hold_waves(actor=user_of(request), exam=exam, fields=fields, windows=form.windows())
        said = ngettext("Đã lập %(n)s ca thi.", "Đã lập %(n)s ca thi.", len(held))
        messages.success(request, said % {"n": formats.number(len(held))})
        if len(held) == 1:
            return redirect("exams:checklist", held[0].pk)
        return redirect("exams:exam", exam.pk)
    context = {
        "form": form,
        "trail": exam_trail(exam),
        "heading": _("Lập ca thi"),
        "lede": exam.title,
        "button": _("Lập ca thi"),
        "back_url": reverse("exams:exam", args=[pk]),
    }
    return render(request, "exams/sitting_form.html", context)


def _form(
    request: HttpRequest, sitting: Sitting, form: Any, heading: str, button: str
) -> HttpResponse:
    context = {
        "form": form,
        "trail": sitting_trail(sitting, inside=True),
        "heading": heading,
        "lede": sitting.name,
        "button": button,
        "back_url": reverse("exams:checklist", args=[sitting.pk]),
    }
    return render(request, "exams/sitting_form.html", context)


@examiners_only
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    form = SittingForm(
        request.POST if request.method == "POST" else None,
        minutes=sitting.exam.blueprint.minutes,
        initial=window_of(sitting),
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            change_sitting(
                actor=user_of(request),
                sitting=sitting,
                title=data["title"],
                window=form.window(),
                networks=data["networks"],
            )
        except NotNow as refusal:
            form.add_error("opens_at", refusal.sentence)
        else:
            messages.success(request, _("Đã lưu ca thi."))
            return redirect("exams:checklist", pk)
    return _form(request, sitting, form, _("Sửa ca thi"), _("Lưu ca thi"))


@examiners_only
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same again, a week later unless something else is typed."""
    sitting = held_sitting(request, pk)
    form = CopyForm(
        request.POST if request.method == "POST" else None,
        minutes=sitting.exam.blueprint.minutes,
        initial=window_of(sitting, timedelta(days=7)),
    )
    if form.is_valid():
        data = form.cleaned_data
        fields = SittingFields(
            title=data["title"],
            window=form.window(),
            networks=data["networks"],
            by_roster=sitting.by_roster,
            unit=sitting.unit,
        )
        made = copy_sitting(
            actor=user_of(request),
            sitting=sitting,
            fields=fields,
            rooms=data["rooms"],
            duties=data["duties"],
            candidates=data["candidates"],
        )
        messages.success(request, _("Đã chép thành ca thi mới."))
        return redirect("exams:checklist", made.pk)
    return _form(request, sitting, form, _("Chép ca thi"), _("Lập ca thi mới"))


@examiners_only
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    if request.method == "POST":
        try:
            remove_sitting(actor=user_of(request), sitting=sitting)
        except NotNow as refusal:
            messages.error(request, refusal.sentence)
            return redirect("exams:checklist", pk)
        messages.success(request, _("Đã xóa ca thi."))
        return redirect("exams:exam", sitting.exam_id)
    count = formats.number(sitting.candidates.filter(withdrawn_at=None).count())
    return confirm(
        request,
        question=_("Xóa ca thi này?"),
        consequence=_(
            "Danh sách %(count)s thí sinh, phòng thi, phân công và mã đã in của ca này bị bỏ. "
            "Chỉ xóa được khi chưa ai làm bài."
        ) % {"count": count},
        action_label=_("Xóa ca thi"),
        back_url=reverse("exams:checklist", args=[pk]),
    )  # fmt: skip


@examiners_only
@require_GET
def preparations(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist before exam day."""
    sitting = held_sitting(request, pk)
    checks = checklist(sitting)
    context = {
        "checks": checks,
        "worst": worst(checks),
        "to_mend": sum(check.level != OK for check in checks),
        "row": sitting_row(sitting, clock.now()),
        "started": has_started(sitting),
        "tally": tally_of(sitting),
        "history": history(sitting),
    }
    return sitting_page(
        request, "exams/checklist.html", sitting, "checklist", context, inside=False
    )


@examiners_only
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    back = reverse("exams:checklist", args=[pk])
    count = sitting.candidates.filter(withdrawn_at=None).count()
    if request.method == "GET":
        return confirm(
            request,
            question=_("Mở sẵn ca thi này?"),
            consequence=_(
                "Đề được biên soạn và chia cho %(count)s thí sinh, người ngồi cạnh không trùng "
                "đề. Thí sinh chưa vào làm được trước giờ mở; hủy mở sẵn được khi chưa ai làm bài."
            ) % {"count": formats.number(count)},
            action_label=_("Mở sẵn ca thi"),
            back_url=back,
            danger=False,
        )  # fmt: skip
    if count > AT_ONCE or not sitting.by_roster:
        job = enqueue(
            handler="lantoa.exams.tasks.prepare",
            title=_("Mở sẵn %(sitting)s") % {"sitting": sitting.name},
            params={"sitting": sitting.pk, "url": back},
            actor=user_of(request),
        )
        return redirect("jobs:job", job.pk)
    try:
        made = prepare_sitting(actor=user_of(request), sitting=sitting)
    except BankTooSmall as short:
        messages.error(request, _("Chưa mở sẵn được: %(why)s") % {"why": short})
    else:
        said = _("Đã mở sẵn: chia đề cho %(n)s thí sinh.")
        messages.success(request, said % {"n": formats.number(made)})
    return redirect(back)


@examiners_only
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    back = reverse("exams:checklist", args=[pk])
    if request.method == "POST":
        try:
            undo_preparation(actor=user_of(request), sitting=sitting)
        except NotNow as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã hủy mở sẵn."))
        return redirect(back)
    return confirm(
        request,
        question=_("Hủy mở sẵn ca thi này?"),
        consequence=_("Đề đã chia bị bỏ; mở sẵn lại thì chia đề mới. Mã vào thi vẫn dùng được."),
        action_label=_("Hủy mở sẵn"),
        back_url=back,
    )
