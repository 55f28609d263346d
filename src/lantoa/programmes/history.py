"""What the history of a programme or a cohort says of each event."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.web import formats

LINES = 20

WORDS: Mapping[str, Any] = {
    "programmes.open_cohort": _("Mở đợt"),
    "programmes.change_cohort": _("Sửa đợt"),
    "programmes.enrol": _("Ghi danh %(enrolled)s người"),
    "programmes.undo_batch": _("Hoàn tác ghi danh: rút %(withdrawn)s người"),
    "programmes.create_programme": _("Lập chương trình"),
    "programmes.change_programme": _("Sửa chương trình"),
}


def history(row: Model, words: Mapping[str, Any] = WORDS) -> list[HistoryLine]:
    """Of a row that the caller has authorised; `words` by action, with the event's numbers in."""

    def summary(event: Event) -> str:
        said = words.get(event.action)
        return str(said % _numbers(event.data)) if said else event.action

    return history_lines(history_of(row)[:LINES], summary)


def _numbers(data: Mapping[str, Any]) -> dict[str, str]:
    """Each number, and how many there are of what is many."""
    counts = {key: len(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: formats.number(n) for key, n in counts.items() if isinstance(n, int)}
