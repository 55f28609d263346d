"""Item reports as they are shown: what was computed, with words on what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantoa.exams.models import Attempt, ItemReport, Sitting
from lantoa.exams.queries.words import of_content
from lantoa.exams.rules.item_words import (
    URGENT,
    Finding,
    Reliability,
    findings,
    reliability,
)
from lantoa.items import rich_text
from lantoa.items.kinds import kind_of
from lantoa.items.models import ItemVersion

LETTERS = "ABCDEFGH"


def attempts_reported(sitting: Sitting, *, whole: bool) -> QuerySet[Attempt]:
    """Submitted attempts of a sitting, or of all sittings of its exam."""
    of: dict[str, Any] = {"sitting__exam": sitting.exam_id} if whole else {"sitting": sitting}
    return Attempt.objects.filter(result__isnull=False, **of)


def report_of(sitting: Sitting, *, whole: bool) -> ItemReport | None:
    of = None if whole else sitting
    return ItemReport.objects.filter(exam=sitting.exam_id, sitting=of).first()


@dataclass(frozen=True)
class OptionLine:
    letter: str
    words: str
    right: bool
    count: int
    share: float
    upper: float | None
    lower: float | None


@dataclass(frozen=True)
class ItemLine:
    """`item_id`: in the bank. `urgent`: look at it before results are approved."""

    number: int
    version: int
    item_id: int | None
    stem: str
    kind: Any
    figures: dict[str, Any]
    options: Sequence[OptionLine]
    words: Sequence[str]
    urgent: bool

    @property
    def attention(self) -> bool:
        return self.urgent or bool(self.words and Finding.GOOD not in findings(self.figures))


def lines_of(report: ItemReport) -> list[ItemLine]:
    """In the order of trouble: those to look at first."""
    rows = report.data["items"]
    versions = ItemVersion.objects.in_bulk([row["version"] for row in rows])
    lines = [_line(n, row, versions.get(row["version"])) for n, row in enumerate(rows, start=1)]
    return sorted(lines, key=lambda line: (not line.urgent, _power(line), line.number))


def _power(line: ItemLine) -> float:
    power = line.figures["discrimination"]
    return 2.0 if power is None else float(power)


def _line(number: int, row: dict[str, Any], version: ItemVersion | None) -> ItemLine:
    found = findings(row)
    return ItemLine(
        number=number,
        version=row["version"],
        item_id=version.item_id if version else None,
        stem=of_content(version.content) if version else "",
        kind=kind_of(row["kind"]).label,
        figures=row,
        options=[_option(place, option) for place, option in enumerate(row["options"])],
        words=[finding_words(each) for each in found],
        urgent=bool(URGENT & set(found)),
    )


def _option(place: int, option: dict[str, Any]) -> OptionLine:
    return OptionLine(
        LETTERS[place], rich_text.plain(option["text"]), option["right"], option["count"],
        option["share"], option["upper"], option["lower"],
    )  # fmt: skip


def finding_words(finding: Finding) -> str:
    return {
        Finding.FEW: _("Ít người làm, số liệu chỉ để tham khảo."),
        Finding.KEY: _("Nhóm điểm cao chọn phương án khác nhiều hơn đáp án: có thể sai đáp án."),
        Finding.NEGATIVE: _("Nhóm điểm thấp làm đúng nhiều hơn nhóm điểm cao: xem lại câu này."),
        Finding.POOR: _("Câu này phân biệt kém."),
        Finding.EASY: _("Quá dễ: gần như ai cũng đúng."),
        Finding.HARD: _("Quá khó: ít người đúng."),
        Finding.DEAD_OPTION: _("Có phương án gần như không ai chọn."),
        Finding.GOOD: _("Phân biệt tốt."),
    }[finding]


def reliability_words(alpha: float | None) -> str:
    return {
        Reliability.UNKNOWN: _("chưa tính được: quá ít người hoặc quá ít câu"),
        Reliability.LOW: _("thấp: thứ hạng giữa các thí sinh phần nhiều là may rủi"),
        Reliability.WEAK: _("hơi thấp: chưa nên quyết định chỉ bằng điểm này"),
        Reliability.ENOUGH: _("đủ dùng cho kiểm tra trong đào tạo"),
        Reliability.HIGH: _("tốt"),
    }[reliability(alpha)]
