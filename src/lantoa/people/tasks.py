"""Work of this domain that takes longer than a page."""

from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lantoa.jobs.models import Job
from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.kernel import clock
from lantoa.people.actions import roster_apply, roster_read, roster_undo
from lantoa.people.actions.keep_sheet import keep_sheet, take_down_sheet
from lantoa.people.actions.load_units import apply_unit_changes
from lantoa.people.models import RoleGrant, RosterImport
from lantoa.people.permissions import persons_within, unit_ids_within
from lantoa.people.queries.persons import PersonFilter, filter_persons
from lantoa.people.spreadsheets import write_persons

State = RosterImport.State
SHEET_HANDLER = "lantoa.people.tasks.export_persons"
SHEETS_KEPT = timedelta(days=1)


def apply_changes_of_units() -> None:
    """Daily: communes become wards on the day their resolution names."""
    apply_unit_changes()


def read_roster(run: JobRun) -> dict[str, Any]:
    roster = _roster(run, State.READING)
    roster_read.read_roster(roster=roster, actor=run.actor, say=run.progress)
    return _shown(roster, _("Xem kết quả đối chiếu"))


def apply_roster(run: JobRun) -> dict[str, Any]:
    roster = _roster(run, State.APPLYING)
    total = sum(roster.summary["states"][name] for name in ("new", "changed"))
    run.progress(0, total, _("Đang áp dụng"))
    counts = roster_apply.apply_roster(roster=roster, actor=run.actor)
    run.progress(total, total)
    return {**_shown(roster, _("Xem kết quả áp dụng")), **counts}


def undo_roster(run: JobRun) -> dict[str, Any]:
    roster = _roster(run, State.UNDOING)
    run.progress(0, 1, _("Đang hoàn tác"))
    counts = roster_undo.undo_roster(roster=roster, actor=run.actor)
    return {**_shown(roster, _("Xem kết quả hoàn tác")), **counts}


def export_persons(run: JobRun) -> dict[str, Any]:
    """A long list of people as a file, by the rights of this moment."""
    if run.actor is None:
        raise JobRefused(_("Tài khoản đã yêu cầu tệp này không còn."))
    filters: str = run.params["filters"]
    with translation.override(run.actor.language):
        within = persons_within(run.actor, RoleGrant.Role.COORDINATOR)
        found = filter_persons(within, PersonFilter.of(run.params["wanted"]))
        total = found.count()
        with TemporaryFile() as file:
            write_persons(file, found, lambda done: run.progress(done, total))
            stored = keep_sheet(file=file, count=total, filters=filters, actor=run.actor)
        url = reverse("people:persons-sheet", args=[run.pk])
        return {"url": url, "label": _("Tải danh sách về (.xlsx)"), "file": stored.pk}


def forget_sheets() -> None:
    """Hourly: lists of people are taken down a day after they were made."""
    made = Job.objects.filter(handler=SHEET_HANDLER, finished_at__lt=clock.now() - SHEETS_KEPT)
    for job in made.exclude(result={}):
        take_down_sheet(job=job)


def _roster(run: JobRun, state: str) -> RosterImport:
    found = RosterImport.objects.select_related("unit", "file").filter(pk=run.params["roster"])
    roster = found.first()
    if roster is None or roster.state != state or not _in_reach(run, roster):
        raise JobRefused(_("Danh sách này không còn chờ việc này nữa."))
    return roster


def _in_reach(run: JobRun, roster: RosterImport) -> bool:
    """Rights may have ended since the job was queued. Without an actor the system itself asks."""
    if run.actor is None:
        return True
    reach = unit_ids_within(run.actor, RoleGrant.Role.COORDINATOR)
    return reach.filter(unit_id=roster.unit_id).exists()


def _shown(roster: RosterImport, label: str) -> dict[str, Any]:
    return {"url": reverse("people:roster", args=[roster.pk]), "label": label}
