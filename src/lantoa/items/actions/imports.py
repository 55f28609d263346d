"""Taking a file of items in, deciding about its rows, and setting it to work as a job."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.actions import discard, keep
from lantoa.files.rules import safe_name
from lantoa.frameworks.models import Node
from lantoa.items.actions.import_files import drop_unused
from lantoa.items.exchange.door import checked
from lantoa.items.models import ItemImport, ItemImportRow
from lantoa.items.queries.imports import counted
from lantoa.items.rules import NotAllowed
from lantoa.jobs.actions import enqueue
from lantoa.jobs.models import Job
from lantoa.people.models import Unit

State = ItemImport.State
TASKS = "lantoa.items.exchange.tasks"
# The file as it came is only ever read by ourselves, and has no address.
KEPT_AS = "application/octet-stream"


def receive_import(
    *,
    upload: UploadedFile[Any],
    unit: Unit,
    topic: Node | None,
    level: str,
    purpose: str,
    actor: User | None,
) -> ItemImport:
    """Check a file, keep it and set the dry run to work. The caller has seen to it that the unit is
    in reach. Raises FileWrong; nothing stays behind then."""
    taken = take_in(
        upload=upload, unit=unit, topic=topic, level=level, purpose=purpose, actor=actor
    )
    return start_reading(of=taken, actor=actor)


@transaction.atomic
def take_in(
    *,
    upload: UploadedFile[Any],
    unit: Unit,
    topic: Node | None,
    level: str,
    purpose: str,
    actor: User | None,
) -> ItemImport:
    """The same without the dry run."""
    data, name = upload.read(), safe_name(upload.name or "")
    form = checked(data, name)
    stored = keep(stream=io.BytesIO(data), name=name, media_type=KEPT_AS, actor=actor)
    taken = ItemImport.objects.create(
        unit=unit,
        name=name[:200],
        form=form.name,
        file=stored,
        topic=topic,
        level=level,
        purpose=purpose,
        created_by_id=actor.pk if actor else None,
    )
    record(actor=actor, action="items.receive_import", on=taken, data={"unit": unit.pk})
    return taken


@transaction.atomic
def start_reading(*, of: ItemImport, actor: User | None) -> ItemImport:
    """Set the dry run to work. Raises NotAllowed when it is being applied or has been."""
    title = _("Đọc tệp câu hỏi %(name)s") % {"name": of.name}
    return _start(of, State.READING, (State.READY,), "read_import", title, actor)


@transaction.atomic
def start_applying(*, of: ItemImport, actor: User | None) -> ItemImport:
    """Raises NotAllowed."""
    title = _("Nhập câu hỏi từ %(name)s") % {"name": of.name}
    return _start(of, State.APPLYING, (State.READY,), "apply_import", title, actor)


@transaction.atomic
def start_undoing(*, of: ItemImport, actor: User | None) -> ItemImport:
    """Raises NotAllowed."""
    title = _("Hoàn tác lần nhập %(name)s") % {"name": of.name}
    return _start(of, State.UNDOING, (State.APPLIED,), "undo_import", title, actor)


def _start(
    of: ItemImport,
    state: str,
    allowed: Sequence[str],
    task: str,
    title: str,
    actor: User | None,
) -> ItemImport:
    """Whoever comes first starts it. A job that failed for good may be started again."""
    now = hold(of)
    stuck = now.state == state and (now.job is None or now.job.state == Job.State.FAILED)
    if now.state not in allowed and not stuck:
        raise NotAllowed(_busy(now))
    of.job = enqueue(handler=f"{TASKS}.{task}", title=title, params={"import": of.pk}, actor=actor)
    of.state = state
    of.save(update_fields=["job", "state"])
    return of


def hold(of: ItemImport) -> ItemImport:
    """The import as it stands now, held until the transaction ends."""
    return ItemImport.objects.select_for_update().get(pk=of.pk)


def _busy(of: ItemImport) -> str:
    return _("Lần nhập này đang ở trạng thái “%(state)s”.") % {"state": of.get_state_display()}


@transaction.atomic
def choose_rows(
    *, of: ItemImport, rows: Sequence[ItemImportRow], accepted: bool, actor: User | None
) -> int:
    """Take rows in, or leave them out; how many changed. What is wrong, or in the bank already, is
    never taken. Raises NotAllowed once the import has been applied."""
    now = hold(of)
    if now.state != State.READY:
        raise NotAllowed(_busy(now))
    may = (ItemImportRow.State.NEW, ItemImportRow.State.SIMILAR)
    ids = [row.pk for row in rows if row.state in may and row.accepted != accepted]
    if not ids:
        return 0
    of.rows.filter(pk__in=ids).update(accepted=accepted)
    of.summary = {**now.summary, **counted(of.rows.defer("content", "search_key"))}
    of.save(update_fields=["summary"])
    action = "items.take_import_rows" if accepted else "items.leave_import_rows"
    record(actor=actor, action=action, on=of, data={"rows": ids[:200], "count": len(ids)})
    return len(ids)


@transaction.atomic
def discard_import(*, of: ItemImport, actor: User | None) -> None:
    """Forget a file that has not been applied, with all that came inside. Raises NotAllowed."""
    now = hold(of)
    if now.state not in (State.READY, State.REFUSED):
        raise NotAllowed(_busy(now))
    record(actor=actor, action="items.discard_import", on=of, data={"name": of.name})
    stored, pictures = now.file, list(now.pictures)
    now.delete()
    drop_unused(public_ids=pictures, actor=actor)
    if stored is not None:
        discard(stored=stored, actor=actor)
