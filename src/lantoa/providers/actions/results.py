"""A batch of results: taken in, read, sent, decided. Applying is in `applying`."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.actions import keep
from lantoa.files.rules import FileRefused, safe_name
from lantoa.jobs.actions import enqueue
from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.people.rosters import RosterRefused, check_roster
from lantoa.providers.actions.assignments import tell_staff
from lantoa.providers.given import Given, ListRefused
from lantoa.providers.models import Assignment, ProviderKey, ResultImport, ResultRow
from lantoa.providers.queries.matching import judged, settle, told_before
from lantoa.providers.queries.people import people_of
from lantoa.providers.queries.results import counts_of
from lantoa.providers.reading import read_given

State = ResultImport.State
TASKS: Final = "lantoa.providers.tasks"
# The file as it came is read by ourselves only, and has no address.
KEPT_AS: Final = "application/octet-stream"
BATCH: Final = 1000


class NotNow(Exception):
    """Why this step can't be taken, in a sentence."""


@transaction.atomic
def receive_file(
    *, actor: User | None, assignment: Assignment, upload: UploadedFile[Any]
) -> ResultImport:
    """Check a file, keep it and set the dry run to work. Raises FileRefused; nothing stays then."""
    data, name = upload.read(), safe_name(upload.name or "")
    try:
        check_roster(data, name)
    except RosterRefused as refused:
        raise FileRefused(_(refused.template) % refused.params) from refused
    stored = keep(stream=io.BytesIO(data), name=name, media_type=KEPT_AS, actor=actor)
    made = ResultImport.objects.create(
        assignment=assignment,
        name=name[:200],
        file=stored,
        created_by_id=actor.pk if actor else None,
    )
    _note(made, "receive_results", actor)
    title = _("Đọc kết quả từ %(name)s") % {"name": made.name}
    _start(made, "read_results", title, actor)
    return made


def read_import(*, of: ResultImport) -> None:
    """The dry run of a kept file; refused, the sentence says why."""
    assert of.file is not None
    data = (Path(settings.MEDIA_ROOT) / of.file.path).read_bytes()
    try:
        given = read_given(data, of.name)
    except ListRefused as refused:
        of.state, of.refusal = State.REFUSED, str(refused)[:400]
        of.save(update_fields=["state", "refusal"])
        return
    _keep_rows(of, judged(of.assignment, given))


@transaction.atomic
def _keep_rows(of: ResultImport, rows: Sequence[ResultRow]) -> None:
    ResultRow.objects.filter(result_import=of).delete()
    for row in rows:
        row.result_import = of
    ResultRow.objects.bulk_create(rows, batch_size=BATCH)
    of.state = State.READY
    of.save(update_fields=["state"])


@transaction.atomic
def receive_batch(
    *, key: ProviderKey, assignment: Assignment, batch: str, rows: Sequence[Given]
) -> ResultImport:
    """A batch over the API, judged at once and sent on."""
    made = ResultImport.objects.create(
        assignment=assignment, name=batch[:200], by_key=key, batch=batch
    )
    _note(made, "receive_results", None)
    _keep_rows(made, judged(assignment, rows))
    if counts_of(made).to_record:
        send(actor=None, of=made)
    return made


@transaction.atomic
def choose_person(*, actor: User | None, row: ResultRow, enrolment_id: int | None) -> None:
    """Whom a doubtful row means: one of those it may mean, or nobody. Raises NotNow."""
    of = row.result_import
    if of.state not in (State.READY, State.RETURNED):
        raise NotNow(_("Kết quả này đã gửi đi, không sửa được nữa."))
    if enrolment_id is None:
        row.enrolment_id, row.state, row.code = None, ResultRow.State.UNKNOWN, ""
    elif enrolment_id in row.choices and people_of(of.assignment).filter(pk=enrolment_id).exists():
        others = of.rows.filter(enrolment=enrolment_id, passed__isnull=False).exclude(pk=row.pk)
        if others.exists():
            raise NotNow(_("Người này đã có ở một hàng khác của tệp."))
        row.enrolment_id = enrolment_id
        settle(row, told_before(of.assignment))
    else:
        raise NotNow(_("Người này không có trong danh sách được giao."))
    row.save()
    _note(of, "choose_person", actor, row=row.position)


@transaction.atomic
def send(*, actor: User | None, of: ResultImport, decides: bool = False) -> None:
    """To the coordinators when the assignment asks for their approval; recorded at once otherwise,
    or when a coordinator sends it (`decides`). Raises NotNow."""
    if not counts_of(of).to_record:
        raise NotNow(_("Không có kết quả nào để ghi nhận."))
    waits = of.assignment.needs_approval and not decides
    _step(of, (State.READY, State.RETURNED), State.WAITING if waits else State.APPLYING)
    ResultImport.objects.filter(pk=of.pk).update(sent_at=clock.now())
    _note(of, "send_results", actor)
    if waits:
        _tell_coordinator(of)
    else:
        _apply(of, actor)


@transaction.atomic
def accept(*, actor: User | None, of: ResultImport) -> None:
    """A coordinator's yes; the caller records the results. Raises NotNow."""
    _step(of, (State.WAITING,), State.APPLYING)
    _decided(of, actor, "approve_results")
    tell_staff(of.assignment, f"approved:{of.pk}", _("Kết quả %s được duyệt") % of.name)


@transaction.atomic
def approve(*, actor: User | None, of: ResultImport) -> None:
    """The same, and a job records them. Raises NotNow."""
    accept(actor=actor, of=of)
    _apply(of, actor)


@transaction.atomic
def give_back(*, actor: User | None, of: ResultImport, comment: str) -> None:
    """Raises NotNow."""
    of.comment = comment
    of.save(update_fields=["comment"])
    _step(of, (State.WAITING,), State.RETURNED)
    _decided(of, actor, "return_results")
    cause = f"returned:{of.pk}:{clock.now().isoformat()}"
    tell_staff(of.assignment, cause, _("Kết quả %s được trả lại") % of.name, comment)


@transaction.atomic
def drop(*, actor: User | None, of: ResultImport) -> None:
    """Nothing of it is recorded. Raises NotNow."""
    _step(of, (State.READY, State.RETURNED, State.REFUSED), State.DROPPED)
    _note(of, "drop_results", actor)


@transaction.atomic
def start_undoing(*, actor: User | None, of: ResultImport) -> None:
    """Raises NotNow."""
    _step(of, (State.APPLIED,), State.UNDOING)
    _note(of, "undo_results", actor)
    title = _("Hoàn tác kết quả %(name)s") % {"name": of.name}
    _start(of, "undo_results", title, actor)


def _apply(of: ResultImport, actor: User | None) -> None:
    title = _("Ghi nhận kết quả %(name)s") % {"name": of.name}
    _start(of, "apply_results", title, actor)


def _start(of: ResultImport, task: str, title: str, actor: User | None) -> None:
    job = enqueue(handler=f"{TASKS}.{task}", title=title, params={"import": of.pk}, actor=actor)
    ResultImport.objects.filter(pk=of.pk).update(job=job)


def _step(of: ResultImport, froms: Sequence[str], to: str) -> None:
    """Claimed by whoever comes first."""
    if not ResultImport.objects.filter(pk=of.pk, state__in=froms).update(state=to):
        raise NotNow(_("Kết quả này đã sang bước khác; hãy tải lại trang."))
    of.state = to


def _decided(of: ResultImport, actor: User | None, action: str) -> None:
    of.decided_at, of.decided_by_id = clock.now(), actor.pk if actor else None
    of.save(update_fields=["decided_at", "decided_by_id"])
    _note(of, action, actor)


def _note(of: ResultImport, action: str, actor: User | None, **data: object) -> None:
    told = {"import": of.pk, "assignment": of.assignment_id, **data}
    record(actor=actor, action=f"providers.{action}", on=of, data=told)


def _tell_coordinator(of: ResultImport) -> None:
    """Whoever assigned it."""
    assignment = of.assignment
    notify(
        users=User.objects.filter(pk=assignment.assigned_by_id or 0, closed_at=None),
        cause=f"providers.results:{of.pk}:{clock.now().isoformat()}",
        title=_("%(provider)s gửi kết quả chờ duyệt") % {"provider": assignment.provider.name},
        body=f"{assignment.requirement.name} · {assignment.cohort.name}",
        url=reverse("providers:results", args=[of.pk]),
    )


def note_people_read(*, key: ProviderKey, assignment: Assignment) -> None:
    """Personal data went out over the API."""
    record(
        actor=None,
        action="providers.read_people",
        on=assignment.provider,
        data={"assignment": assignment.pk, "key": key.pk},
    )
