"""Taking a roster in, saying anew how to read it, and setting it to work as a job."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.actions import store_upload
from lantoa.files.rules import SPREADSHEETS
from lantoa.jobs.actions import enqueue
from lantoa.jobs.models import Job
from lantoa.people.models import RosterImport, Unit
from lantoa.people.rosters import RosterRefused, check_roster
from lantoa.people.rosters.limits import MAX_FILE_BYTES

State = RosterImport.State
TASKS = "lantoa.people.tasks"


class RosterBusy(Exception):
    """Why this can't be done with the import now, for a reader."""


def receive_roster(*, upload: UploadedFile[Any], unit: Unit, actor: User | None) -> RosterImport:
    """Check a file, keep it and set the dry run to work. The caller has seen to it that the unit
    is in reach. Raises RosterRefused or FileRefused; nothing stays behind then."""
    roster = take_in_roster(upload=upload, unit=unit, actor=actor)
    return start_reading(roster=roster, actor=actor)


@transaction.atomic
def take_in_roster(*, upload: UploadedFile[Any], unit: Unit, actor: User | None) -> RosterImport:
    """The same without the dry run."""
    if (upload.size or 0) > MAX_FILE_BYTES:
        raise RosterRefused("too_big", limit=MAX_FILE_BYTES // 1024 // 1024)
    check_roster(upload.read(), upload.name or "")
    upload.content_type = ""  # the file itself was read; what the browser calls it says less
    stored = store_upload(upload=upload, allowed=SPREADSHEETS, actor=actor)
    roster = RosterImport.objects.create(
        unit=unit,
        file=stored,
        name=stored.name[:200],
        created_by_id=actor.pk if actor else None,
    )
    record(actor=actor, action="people.receive_roster", on=roster, data={"unit": unit.pk})
    return roster


@transaction.atomic
def start_reading(*, roster: RosterImport, actor: User | None) -> RosterImport:
    """Set the dry run to work. Raises RosterBusy when it is being applied or has been."""
    title = _("Đọc danh sách %(name)s") % {"name": roster.name}
    return _start(roster, State.READING, (State.READY,), "read_roster", title, actor)


@transaction.atomic
def set_mapping(*, roster: RosterImport, mapping: dict[str, Any], actor: User | None) -> None:
    """Read the file anew by what a coordinator says of sheets, columns and units; decisions on
    rows are kept. Raises RosterBusy."""
    start_reading(roster=roster, actor=actor)
    roster.mapping = mapping
    roster.save(update_fields=["mapping"])
    record(actor=actor, action="people.map_roster", on=roster)


@transaction.atomic
def start_applying(*, roster: RosterImport, actor: User | None) -> RosterImport:
    """Raises RosterBusy."""
    title = _("Áp dụng danh sách %(name)s") % {"name": roster.name}
    return _start(roster, State.APPLYING, (State.READY,), "apply_roster", title, actor)


@transaction.atomic
def start_undoing(*, roster: RosterImport, actor: User | None) -> RosterImport:
    """Raises RosterBusy."""
    title = _("Hoàn tác danh sách %(name)s") % {"name": roster.name}
    return _start(roster, State.UNDOING, (State.APPLIED,), "undo_roster", title, actor)


def _start(
    roster: RosterImport,
    state: str,
    allowed: tuple[str, ...],
    task: str,
    title: str,
    actor: User | None,
) -> RosterImport:
    """Whoever comes first starts it. A job that failed for good may be started again."""
    now = RosterImport.objects.select_for_update().get(pk=roster.pk)
    stuck = now.state == state and (now.job is None or now.job.state == Job.State.FAILED)
    if now.state not in allowed and not stuck:
        raise RosterBusy(
            _("Danh sách này đang ở trạng thái “%(state)s”.") % {"state": now.get_state_display()}
        )
    handler = f"{TASKS}.{task}"
    roster.job = enqueue(handler=handler, title=title, params={"roster": roster.pk}, actor=actor)
    roster.state = state
    roster.save(update_fields=["job", "state"])
    return roster
