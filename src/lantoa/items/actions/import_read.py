"""Reading a file of items into rows that say what each would become: the dry run."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lantoa.accounts.models import User
from lantoa.files.actions import discard
from lantoa.items.actions.import_files import bring_in, drop_unused
from lantoa.items.actions.import_judging import Judge, compare
from lantoa.items.exchange import FORMATS
from lantoa.items.exchange.rows import FileWrong, Said
from lantoa.items.models import ItemImport, ItemImportRow
from lantoa.items.queries.imports import counted

STEPS = 3
MOST_ROWS = 20_000
NOTHING = gettext_noop("Tệp không có câu hỏi nào.")
TOO_MANY = gettext_noop("Tệp có hơn %(limit)s câu. Hãy chia thành nhiều tệp.")
Say = Callable[[int, int, str], None]


def _silent(_done: int, _total: int, _text: str) -> None:
    return None


def read_rows(
    *, of: ItemImport, data: bytes, actor: User | None, say: Say = _silent
) -> list[ItemImportRow]:
    """The rows of a file, judged; what came inside is kept, the rows are not. Raises
    FileWrong."""
    say(0, STEPS, _("Đang đọc tệp"))
    read = FORMATS[of.form].read(data, of.name)
    if not read.rows:
        raise FileWrong(Said(NOTHING))
    if len(read.rows) > MOST_ROWS:
        raise FileWrong(Said(TOO_MANY, {"limit": MOST_ROWS}))
    say(1, STEPS, _("Đang kiểm tra từng câu"))
    of.pictures = bring_in(read.rows, read.files, of.unit, actor)
    judge = Judge(of)
    rows = [judge.row(row, position) for position, row in enumerate(read.rows)]
    say(2, STEPS, _("Đang đối chiếu với ngân hàng"))
    compare(of.unit, rows)
    return rows


def read_import(*, of: ItemImport, actor: User | None, say: Say = _silent) -> None:
    """The dry run of a stored file. Refused, nothing of it is kept."""
    assert of.file is not None
    data = (Path(settings.MEDIA_ROOT) / of.file.path).read_bytes()
    before = list(of.pictures)
    try:
        with transaction.atomic():
            rows = read_rows(of=of, data=data, actor=actor, say=say)
            of.rows.all().delete()
            drop_unused(public_ids=before, actor=actor)
            keep_rows(of=of, rows=rows)
    except FileWrong as wrong:
        _refuse(of, wrong.said, actor)
        return
    say(STEPS, STEPS, "")


def keep_rows(*, of: ItemImport, rows: list[ItemImportRow]) -> None:
    """Store the rows of a dry run. In the caller's transaction."""
    ItemImportRow.objects.bulk_create(rows, batch_size=1000)
    of.summary = counted(rows)
    of.state = ItemImport.State.READY
    of.save(update_fields=["summary", "state", "pictures"])


@transaction.atomic
def _refuse(of: ItemImport, said: Said, actor: User | None) -> None:
    stored, of.file = of.file, None
    of.state = ItemImport.State.REFUSED
    of.refusal = said.stored()
    of.pictures = []
    of.rows.all().delete()
    of.save(update_fields=["file", "state", "refusal", "pictures"])
    if stored is not None:
        discard(stored=stored, actor=actor)
