"""The job of an item report: the one place of exams that loads NumPy."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.exams.actions.item_reports import keep_report
from lantoa.exams.item_reports.columns import Column
from lantoa.exams.item_reports.matrix import Matrix, Progress, matrix_of
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.permissions import council_sees
from lantoa.exams.queries.item_reports import attempts_reported
from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.stats.classical import ItemReport, OptionReport, TestReport, analyse

DIGITS = 4


def make_item_report(run: JobRun) -> dict[str, Any]:
    """Job: how the items of a sitting (or of its whole exam) worked."""
    sitting = council_sees(run.actor or AnonymousUser()).filter(pk=run.params["sitting"]).first()
    if sitting is None:
        raise JobRefused(_("Anh/chị không còn quyền với ca thi này."))
    whole = bool(run.params["whole"])
    data = report_data(sitting, whole=whole, progress=run.progress)
    keep_report(actor=run.actor, sitting=sitting, whole=whole, data=data)
    url = reverse("exams:items", args=[sitting.pk]) + ("?of=exam" if whole else "")
    return {"url": url, "label": _("Xem phân tích câu hỏi")}


def report_data(sitting: Sitting, *, whole: bool, progress: Progress) -> dict[str, Any]:
    attempts = attempts_reported(sitting, whole=whole)
    matrix = matrix_of(Attempt.objects.filter(pk__in=attempts.values("pk")), progress)
    columns = matrix.columns.columns
    if not columns:
        raise JobRefused(_("Chưa có bài làm nào được nộp để phân tích."))
    report = analyse(
        matrix.scores / 100,
        [column.points / 100 for column in columns],
        seconds=matrix.seconds,
        chosen=matrix.chosen,
    )
    return _data(report, columns, matrix)


def _data(report: TestReport, columns: Sequence[Column], matrix: Matrix) -> dict[str, Any]:
    return {
        "candidates": report.candidates,
        "mean": _rounded(report.mean),
        "deviation": _rounded(report.deviation),
        "median": _rounded(report.median),
        "least": _rounded(report.least),
        "most": _rounded(report.most),
        "alpha": _rounded(report.alpha),
        "measurement_error": _rounded(report.measurement_error),
        "distribution": list(report.distribution),
        "items": [
            _item(column, item) for column, item in zip(columns, report.items, strict=True)
            if item.candidates
        ],
    }  # fmt: skip


def _item(column: Column, item: ItemReport) -> dict[str, Any]:
    return {
        "version": column.version,
        "kind": column.kind.name,
        "by_people": column.kind.by_people,
        "points": column.points,
        "candidates": item.candidates,
        "share_right": _rounded(item.share_right),
        "discrimination": _rounded(item.discrimination),
        "point_biserial": _rounded(item.point_biserial),
        "mean_seconds": _rounded(item.mean_seconds),
        "median_seconds": _rounded(item.median_seconds),
        "options": [_option(column, place, option) for place, option in enumerate(item.options)],
    }


def _option(column: Column, place: int, option: OptionReport) -> dict[str, Any]:
    content = column.content
    right = content.get("answers") or [content.get("answer")]
    return {
        "text": content["options"][place]["text"],
        "right": place in right,
        "count": option.count,
        "share": _rounded(option.share),
        "upper": _rounded(option.upper),
        "lower": _rounded(option.lower),
        "mean_share": _rounded(option.mean_share),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)
