from django.utils.translation import gettext as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.items.models import BatchRow, Item

LINES = 50


def _summary(event: Event) -> str:
    number, other = event.data.get("number", ""), event.data.get("other", "")
    words = {
        "items.create_item": _("Tạo câu hỏi"),
        "items.create_items": _("Tạo câu hỏi hàng loạt"),
        "items.revise_item": _("Viết bản %(number)s") % {"number": number},
        "items.reclassify_item": _("Xếp lại chuyên đề, mức hoặc mục đích"),
        "items.describe_item": _("Sửa năng lực, độ khó, thời gian, nguồn hoặc ghi chú"),
        "items.send_item": _("Gửi thẩm định bản %(number)s") % {"number": number},
        "items.review_item": _reviewed(event),
        "items.approve_item": _("Duyệt bản %(number)s") % {"number": number},
        "items.retire_item": _("Ngừng dùng"),
        "items.restore_item": _("Dùng lại"),
        "items.add_enemy": _("Không cùng đề với câu %(other)s") % {"other": other},
        "items.remove_enemy": _("Cho cùng đề với câu %(other)s") % {"other": other},
        "items.dismiss_twin": _("Xác nhận không trùng với câu %(other)s") % {"other": other},
        "items.recall_twin": _("Coi lại là gần giống câu %(other)s") % {"other": other},
        "items.classify_items": _("Xếp loại hàng loạt"),
        "items.send_items": _("Gửi thẩm định hàng loạt"),
        "items.fit_items": _("Thẩm định hàng loạt: đạt"),
        "items.approve_items": _("Duyệt hàng loạt"),
        "items.retire_items": _("Ngừng dùng hàng loạt"),
        "items.restore_items": _("Dùng lại hàng loạt"),
    }
    summary = words.get(event.action, event.action)
    return _("%(what)s (đã hoàn tác)") % {"what": summary} if event.data.get("undone") else summary


def _reviewed(event: Event) -> str:
    told = {"number": event.data.get("number", "")}
    if event.data.get("verdict") == "returned":
        return _("Trả lại bản %(number)s để sửa") % told
    if event.data.get("own"):
        return _("Tự thẩm định bản %(number)s: đạt") % told
    return _("Thẩm định bản %(number)s: đạt") % told


def _reason(event: Event) -> str:
    return str(event.data.get("reason", ""))


def item_history(item: Item) -> list[HistoryLine]:
    """The caller has authorised the item."""
    events = list(history_of(item)[:LINES])
    if not any(event.action == "items.create_item" for event in events):
        # What was written in bulk has one event for the batch, on the unit.
        made = {"at": item.created_at, "actor_id": item.created_by_id}
        events.append(Event(action="items.create_items", **made))
    events += _of_batches(item)
    events.sort(key=lambda event: event.at, reverse=True)
    return history_lines(events, _summary, _reason)


def _of_batches(item: Item) -> list[Event]:
    """What was done to many has one event, on the batch; each item's history tells its share."""
    rows = BatchRow.objects.filter(item=item).select_related("batch").order_by("-pk")[:LINES]
    return [
        Event(
            action=f"items.{row.batch.step}_items",
            at=row.batch.at,
            actor_id=row.batch.by_id,
            data={"reason": row.batch.reason, "undone": row.batch.undone_at is not None},
        )
        for row in rows
    ]
