"""The bank as a list to read and to file; what the questions say in full is exported elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.items.kinds import kind_of
from lantoa.items.models import Item
from lantoa.items.queries.items import with_newest
from lantoa.items.queries.listing import uses_of
from lantoa.items.rules import headline
from lantoa.kernel import clock
from lantoa.web.formats import moment
from lantoa.web.sheets import Cell, sheet_response

AT_ONCE = 1000
WORDS = 500


def bank_sheet(items: QuerySet[Item], told: Sequence[str]) -> FileResponse:
    """`told` is what the list was narrowed to, in words."""
    heads = [
        (_("Câu"), 8), (_("Nội dung"), 60), (_("Dạng"), 18), (_("Chuyên đề"), 32),
        (_("Năng lực"), 32), (_("Mức"), 12), (_("Độ khó"), 10), (_("Dùng cho"), 16),
        (_("Tình trạng"), 14), (_("Bản mới nhất"), 16), (_("Số bản"), 8),
        (_("Thẩm định lần cuối"), 14), (_("Số đề"), 8), (_("Giây"), 8), (_("Nguồn"), 30),
        (_("Đơn vị"), 26), (_("Người soạn"), 24), (_("Ngày soạn"), 12),
    ]  # fmt: skip
    titles = [_("NGÂN HÀNG CÂU HỎI"), moment(clock.now()), *told]
    name = _("Ngân hàng câu hỏi")
    return sheet_response(name, name, heads, _rows(items), titles=titles)


def _rows(items: QuerySet[Item]) -> Iterator[list[Cell]]:
    full = items.select_related("topic", "competence", "unit")
    ids = list(items.values_list("pk", flat=True))
    names = dict(User.objects.values_list("pk", "display_name").filter(pk__in=_authors(items)))
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        found = full.in_bulk(chunk)
        listed = [found[pk] for pk in chunk if pk in found]
        uses = uses_of(listed)
        for item, version in with_newest(listed):
            yield [
                item.pk,
                headline(version.content)[:WORDS],
                str(kind_of(item.kind).label),
                item.topic.title if item.topic else "",
                item.competence.title if item.competence else "",
                item.get_level_display(),
                item.get_difficulty_display(),
                item.get_purpose_display(),
                item.get_state_display(),
                item.get_stage_display(),
                version.number,
                _day(item.reviewed_at),
                uses.get(item.pk, 0),
                item.expected_seconds,
                item.source,
                item.unit.name,
                names.get(item.created_by_id or 0, ""),
                _day(item.created_at),
            ]


def _authors(items: QuerySet[Item]) -> QuerySet[Item, int | None]:
    return items.order_by().values_list("created_by_id", flat=True).distinct()


def _day(at: datetime | None) -> date | None:
    return at.astimezone(clock.VIETNAM).date() if at else None
