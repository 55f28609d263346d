"""Pictures and files that come inside a file of items."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_noop

from lantoa.accounts.models import User
from lantoa.files.actions import discard, store_upload
from lantoa.files.models import StoredFile
from lantoa.files.rules import DOCUMENTS, IMAGES, SPREADSHEETS, FileRefused
from lantoa.items.exchange.markup import NEW, change_files, files_in, stored_id
from lantoa.items.exchange.rows import Attached, ReadRow, Said
from lantoa.items.models import ItemImportRow, ItemVersion
from lantoa.people.models import Unit, UnitLink

REFUSED = gettext_noop("Tệp “%(name)s” bên trong không nhận được: %(reason)s")
UNKNOWN = gettext_noop("Ảnh hoặc tệp mang mã %(file)s không có trong ngân hàng của đơn vị này.")
HANDED_OUT = IMAGES | DOCUMENTS | SPREADSHEETS
_SIGNS = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"RIFF", "webp"))


def _kept(attached: Attached, allowed: frozenset[str], actor: User | None) -> str:
    stored = store_upload(upload=_upload(attached), allowed=allowed, actor=actor)
    return str(stored.public_id)


def _upload(attached: Attached) -> SimpleUploadedFile:
    name = attached.name
    if "." not in name:
        found = next((end for sign, end in _SIGNS if attached.data.startswith(sign)), "")
        name = f"{name}.{found}"
    return SimpleUploadedFile(name, attached.data, content_type="")


def bring_in(
    rows: Sequence[ReadRow], files: Mapping[str, Attached], unit: Unit, actor: User | None
) -> list[str]:
    """Name the files that came inside by the ids under which they are kept; what can't be kept, or
    isn't known, makes its rows wrong. Gives the ids of what was kept."""
    kept: dict[str, str] = {}
    refused: dict[str, str] = {}
    named = _known({key for row in rows for key in files_in(row.content)}, unit)
    for row in rows:
        allowed = HANDED_OUT if row.kind == "file_task" else IMAGES
        for key in dict.fromkeys(files_in(row.content) if not row.problems else []):
            if not key.startswith(NEW):
                if key not in named:
                    row.problems.append(Said(UNKNOWN, {"file": key[:40]}))
                continue
            attached = files.get(key)
            if attached is None:
                row.problems.append(Said(UNKNOWN, {"file": key[:40]}))
                continue
            if key not in kept and key not in refused:
                try:
                    kept[key] = _kept(attached, allowed, actor)
                except FileRefused as error:
                    refused[key] = error.message
            if key in refused:
                told = {"name": attached.name[:80], "reason": refused[key]}
                row.problems.append(Said(REFUSED, told))
        row.content = change_files(row.content, lambda key: kept.get(key, key))
    return list(kept.values())


def _known(keys: Iterable[str], unit: Unit) -> set[str]:
    """The ids that items of the unit's bank show already: nobody names another's file."""
    asked = {key for key in keys if stored_id(key) == key}
    stored = StoredFile.objects.filter(public_id__in=asked).values_list("public_id", flat=True)
    units = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    return {
        key for key in map(str, stored) if _naming(key).filter(item__unit_id__in=units).exists()
    }


def _naming(key: str) -> QuerySet[ItemVersion]:
    told = ItemVersion.objects.annotate(told=Cast("content", TextField()))
    return told.filter(told__contains=key)


def drop_unused(*, public_ids: Iterable[str], actor: User | None) -> None:
    """Forget stored files that no item and no other waiting import names. In the caller's
    transaction."""
    for stored in StoredFile.objects.filter(public_id__in=list(public_ids)):
        key = str(stored.public_id)
        waiting = ItemImportRow.objects.annotate(told=Cast("content", TextField()))
        if not _naming(key).exists() and not waiting.filter(told__contains=key).exists():
            discard(stored=stored, actor=actor)
