"""How the items of a sitting or an exam worked."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.item_sheet import item_sheet
from lantoa.exams.models import Sitting
from lantoa.exams.permissions import council_sees, is_examiner
from lantoa.exams.queries.item_reports import (
    attempts_reported,
    lines_of,
    reliability_words,
    report_of,
)
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.jobs.actions import enqueue

HANDLER = "lantoa.exams.item_reports.tasks.make_item_report"


def _asked(request: HttpRequest, pk: int) -> tuple[Sitting, bool]:
    return get_object_or_404(council_sees(request.user), pk=pk), _whole(request)


def _whole(request: HttpRequest) -> bool:
    return "exam" in (request.GET.get("of"), request.POST.get("of"))


@login_required
@require_GET
def items(request: HttpRequest, pk: int) -> HttpResponse:
    sitting, whole = _asked(request, pk)
    report = report_of(sitting, whole=whole)
    lines = lines_of(report) if report else []
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "items", user_of(request)),
        "whole": whole,
        "report": report,
        "lines": lines,
        "to_look_at": sum(line.urgent for line in lines),
        "reliability": reliability_words(report.data["alpha"]) if report else "",
        "attempts": attempts_reported(sitting, whole=whole).count(),
        "may_propose": is_examiner(request.user, sitting),
    }
    return render(request, "exams/items.html", context)


@login_required
@require_POST
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    sitting, whole = _asked(request, pk)
    job = enqueue(
        handler=HANDLER,
        title=_("Phân tích câu hỏi: %(name)s") % {"name": sitting.name},
        params={"sitting": sitting.pk, "whole": whole},
        actor=user_of(request),
    )
    return redirect("jobs:job", job.pk)


@login_required
@require_GET
def export(request: HttpRequest, pk: int) -> FileResponse:
    sitting, whole = _asked(request, pk)
    report = report_of(sitting, whole=whole)
    if report is None:
        raise Http404
    return item_sheet(sitting, report, lines_of(report))
