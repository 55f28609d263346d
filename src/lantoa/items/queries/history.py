from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.items.models import Item


@dataclass(frozen=True)
class Entry:
    at: datetime
    actor: str
    summary: str
    note: str = ""


def _summary(event: Event) -> str:
    number = event.data.get("number", "")
    return {
        "items.create_item": _("Tạo câu hỏi"),
        "items.revise_item": _("Viết bản %(number)s") % {"number": number},
        "items.reclassify_item": _("Xếp lại chuyên đề, mức hoặc mục đích"),
        "items.approve_item": _("Duyệt bản %(number)s") % {"number": number},
        "items.retire_item": _("Ngừng dùng"),
        "items.create_blueprint": _("Tạo ma trận đề"),
        "items.change_blueprint": _("Sửa ma trận đề"),
    }.get(event.action, event.action)


def entries_of(row: Model) -> list[Entry]:
    """A row's history in words. The caller has authorised the row."""
    events = list(history_of(row)[:50])
    names = dict(
        User.objects.filter(
            pk__in={*(event.actor_id for event in events), getattr(row, "created_by_id", None)}
        ).values_list("pk", "display_name")
    )
    entries = [
        Entry(
            event.at,
            names.get(event.actor_id or 0, _("Hệ thống")),
            _summary(event),
            str(event.data.get("reason", "")),
        )
        for event in events
    ]
    # What was written in bulk has one event for the batch, on the unit.
    if isinstance(row, Item) and not any(e.action == "items.create_item" for e in events):
        maker = names.get(row.created_by_id or 0, _("Hệ thống"))
        entries.append(Entry(row.created_at, maker, _("Tạo câu hỏi hàng loạt")))
    return entries
