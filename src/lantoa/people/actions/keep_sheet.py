"""A long list of people stays on the server until it is fetched, at most a day."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.files.actions import discard, keep
from lantoa.files.models import StoredFile
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people.actions.note_export import note_export
from lantoa.web.sheets import XLSX


@transaction.atomic
def keep_sheet(*, file: BinaryIO, count: int, filters: str, actor: User) -> StoredFile:
    note_export(actor=actor, count=count, filters=filters)
    name = f"danh-sach-{clock.today():%Y-%m-%d}.xlsx"
    return keep(stream=file, name=name, media_type=XLSX, actor=actor)


@transaction.atomic
def take_down_sheet(*, job: Job) -> None:
    """Delete what a job made; its page says so."""
    stored = StoredFile.objects.filter(pk=job.result.get("file")).first()
    if stored is not None:
        discard(stored=stored, actor=None)
    Job.objects.filter(pk=job.pk).update(result={}, message=_("Tệp đã được xóa sau một ngày."))
