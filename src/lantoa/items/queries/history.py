from django.utils.translation import gettext as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.items.models import Item

LINES = 50


def _summary(event: Event) -> str:
    number = event.data.get("number", "")
    return {
        "items.create_item": _("Tạo câu hỏi"),
        "items.create_items": _("Tạo câu hỏi hàng loạt"),
        "items.revise_item": _("Viết bản %(number)s") % {"number": number},
        "items.reclassify_item": _("Xếp lại chuyên đề, mức hoặc mục đích"),
        "items.approve_item": _("Duyệt bản %(number)s") % {"number": number},
        "items.retire_item": _("Ngừng dùng"),
    }.get(event.action, event.action)


def _reason(event: Event) -> str:
    return str(event.data.get("reason", ""))


def item_history(item: Item) -> list[HistoryLine]:
    """The caller has authorised the item."""
    events = list(history_of(item)[:LINES])
    if not any(event.action == "items.create_item" for event in events):
        # What was written in bulk has one event for the batch, on the unit.
        made = {"at": item.created_at, "actor_id": item.created_by_id}
        events.append(Event(action="items.create_items", **made))
    return history_lines(events, _summary, _reason)
