"""Work with files of items that takes longer than a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.items.actions import import_apply, import_read
from lantoa.items.models import ItemImport
from lantoa.items.permissions import READERS
from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.people.permissions import unit_ids_within

State = ItemImport.State


def read_import(run: JobRun) -> dict[str, Any]:
    of = _import(run, State.READING)
    import_read.read_import(of=of, actor=run.actor, say=run.progress)
    return _shown(of, _("Xem kết quả đọc thử"))


def apply_import(run: JobRun) -> dict[str, Any]:
    of = _import(run, State.APPLYING)
    total = sum(of.summary["states"][name] for name in ("new", "similar"))
    run.progress(0, total, _("Đang ghi câu hỏi"))
    counts = import_apply.apply_import(of=of, actor=run.actor)
    run.progress(total, total)
    return {**_shown(of, _("Xem kết quả nhập")), **counts}


def undo_import(run: JobRun) -> dict[str, Any]:
    of = _import(run, State.UNDOING)
    run.progress(0, 1, _("Đang hoàn tác"))
    counts = import_apply.undo_import(of=of, actor=run.actor)
    return {**_shown(of, _("Xem kết quả hoàn tác")), **counts}


def _import(run: JobRun, state: str) -> ItemImport:
    found = (
        ItemImport.objects.select_related("unit", "file").filter(pk=run.params["import"]).first()
    )
    if found is None or found.state != state or not _in_reach(run, found):
        raise JobRefused(_("Lần nhập này không còn chờ việc này nữa."))
    return found


def _in_reach(run: JobRun, of: ItemImport) -> bool:
    """Rights may have ended since the job was queued. Without an actor the system itself asks."""
    if run.actor is None:
        return True
    return unit_ids_within(run.actor, *READERS).filter(unit_id=of.unit_id).exists()


def _shown(of: ItemImport, label: str) -> dict[str, Any]:
    return {"url": reverse("items:import", args=[of.pk]), "label": label}
