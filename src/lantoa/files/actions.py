"""Taking a file in. The only writer of the media directory."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.checks.content import check_content
from lantoa.files.models import StoredFile
from lantoa.files.rules import (
    KINDS,
    MIB,
    FileKind,
    FileRefused,
    claim_fits,
    extension_of,
    safe_name,
)

CHUNK = MIB


def store_upload(
    *, upload: UploadedFile[Any], allowed: frozenset[str], actor: User | None
) -> StoredFile:
    """Check an upload and keep it. `allowed` are extensions of `files.rules.KINDS`, without the dot
    (`rules.VIDEOS`, `DOCUMENTS`, `SPREADSHEETS`, `IMAGES`).

    Raises FileRefused with a sentence to show beside the field. Nothing stays behind then.
    """
    name = safe_name(upload.name or "")
    kind = _kind_of(name, allowed)
    _check_size(upload.size or 0, kind)
    if not claim_fits(kind, upload.content_type or ""):
        raise FileRefused(
            _("Trình duyệt báo tệp này là %(claimed)s, không khớp với đuôi .%(kind)s.")
            % {"claimed": upload.content_type, "kind": kind.extension}
        )
    stream: BinaryIO = upload.file  # type: ignore[assignment]
    check_content(stream, kind)
    return keep(stream=stream, name=name, media_type=kind.media_type, actor=actor)


def keep(*, stream: BinaryIO, name: str, media_type: str, actor: User | None) -> StoredFile:
    """Store bytes that are already trusted (made by ourselves, or checked by `store_upload`)."""
    digest, size = _write(stream)
    with transaction.atomic():
        stored = StoredFile.objects.create(
            name=name,
            media_type=media_type,
            size=size,
            sha256=digest,
            uploaded_by_id=actor.pk if actor else None,
        )
        record(
            actor=actor, action="files.store", on=stored, data={"size": size, "type": media_type}
        )
    return stored


@transaction.atomic
def discard(*, stored: StoredFile, actor: User | None) -> None:
    """Forget a file that nothing refers to. Its bytes go when no other row has the same."""
    record(actor=actor, action="files.discard", on=stored)
    digest = stored.sha256
    stored.delete()
    transaction.on_commit(lambda: sweep(digest))


def sweep(digest: str) -> None:
    """Remove bytes that no row names: theirs was deleted, or never committed."""
    if not StoredFile.objects.filter(sha256=digest).exists():
        path = StoredFile(sha256=digest).path
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def _kind_of(name: str, allowed: frozenset[str]) -> FileKind:
    extension = extension_of(name)
    if extension not in allowed or extension not in KINDS:
        listed = ", ".join(f".{word}" for word in sorted(allowed))
        raise FileRefused(_("Chỉ nhận tệp %(kinds)s.") % {"kinds": listed})
    return KINDS[extension]


def _check_size(size: int, kind: FileKind) -> None:
    if not size:
        raise FileRefused(_("Tệp rỗng. Hãy chọn lại tệp."))
    if size > kind.limit:
        raise FileRefused(
            _("Tệp lớn quá %(limit)s MB. Hãy nén hoặc chia nhỏ tệp.") % {"limit": kind.limit // MIB}
        )


def _write(stream: BinaryIO) -> tuple[str, int]:
    """Copy into the media directory under its digest; whole or not at all."""
    root = Path(settings.MEDIA_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix="incoming-", delete=False) as copy:
            try:
                digest, size = _copy(stream, copy)  # type: ignore[arg-type]
                target = root / digest[:2] / digest
                target.parent.mkdir(exist_ok=True)
                os.chmod(copy.name, settings.FILE_UPLOAD_PERMISSIONS or 0o640)
                os.replace(copy.name, target)
            except BaseException:
                Path(copy.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise FileRefused(
            _("Máy chủ không còn chỗ hoặc không ghi được tệp. Hãy báo quản trị.")
        ) from error
    return digest, size


def _copy(stream: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        copy.write(chunk)
    copy.flush()
    os.fsync(copy.fileno())
    return digest.hexdigest(), size
