"""Reading, recording and undoing results: work longer than a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.providers.actions.applying import apply_results as apply_rows
from lantoa.providers.actions.applying import undo_results as undo_rows
from lantoa.providers.actions.results import read_import
from lantoa.providers.models import ResultImport

State = ResultImport.State


def read_results(run: JobRun) -> dict[str, Any]:
    of = _import(run, State.READING)
    run.progress(0, 1, _("Đang đọc tệp và đối chiếu"))
    read_import(of=of)
    return _shown(of, _("Xem kết quả đọc thử"))


def apply_results(run: JobRun) -> dict[str, Any]:
    of = _import(run, State.APPLYING)
    words = _("Đang ghi nhận kết quả")
    told = apply_rows(actor=run.actor, of=of, say=lambda n, total: run.progress(n, total, words))
    return {**_shown(of, _("Xem kết quả đã ghi nhận")), **told}


def undo_results(run: JobRun) -> dict[str, Any]:
    of = _import(run, State.UNDOING)
    words = _("Đang hoàn tác")
    told = undo_rows(actor=run.actor, of=of, say=lambda n, total: run.progress(n, total, words))
    return {**_shown(of, _("Xem kết quả hoàn tác")), **told}


def _import(run: JobRun, state: str) -> ResultImport:
    found = ResultImport.objects.select_related(
        "assignment__cohort", "assignment__requirement", "file"
    ).filter(pk=run.params["import"], state=state)
    of = found.first()
    if of is None:
        raise JobRefused(_("Kết quả này không còn chờ việc này nữa."))
    return of


def _shown(of: ResultImport, label: str) -> dict[str, Any]:
    return {"url": reverse("providers:results", args=[of.pk]), "label": label}
