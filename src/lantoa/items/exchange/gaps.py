"""Gaps as GIFT and Moodle know them: accepted words, a number with tolerance, options."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_noop

from lantoa.items.exchange.rows import Content, Said

_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d{1,3})?")
ACCENTS = gettext_noop("Bỏ qua dấu khi chấm không đi theo; định dạng này chấm đúng từng dấu.")
CASE = gettext_noop("Phân biệt chữ hoa chữ thường không đi theo.")
WILDCARD = gettext_noop("Đáp án có dấu * thay cho chữ bất kỳ; hệ thống không chấm kiểu này.")
PARTIAL = gettext_noop("Đáp án được một phần điểm không nhận: %(answers)s.")
UNREADABLE_NUMBER = gettext_noop("Không đọc được số “%(number)s”.")
SHOWN = 80


def text_gap(accept: Sequence[str], *, ignore_case: bool = True) -> Content:
    return {
        "type": "text",
        "accept": list(accept),
        "ignore_case": ignore_case,
        "ignore_accents": False,
    }


def number_gap(value: str, tolerance: str = "0") -> Content | None:
    """Numbers as decimal strings; nothing when they aren't numbers."""
    pair = [_decimal(value), _decimal(tolerance or "0")]
    if None in pair:
        return None
    return {"type": "number", "value": pair[0], "tolerance": pair[1]}


def _decimal(typed: str) -> str | None:
    text = typed.strip()
    if not _NUMBER.fullmatch(text) or len(text) > 40:
        return None
    if "e" in text.lower():
        return format(Decimal(text.replace(",", ".")), "f")[:60]
    return text.replace(",", ".").removeprefix("+")


def between(low: str, high: str) -> Content | None:
    """`1..5` of GIFT: the middle, and how far from it."""
    try:
        ends = [Decimal(one.strip().replace(",", ".")) for one in (low, high)]
    except InvalidOperation:
        return None
    middle, reach = (ends[0] + ends[1]) / 2, abs(ends[1] - ends[0]) / 2
    return number_gap(format(middle, "f"), format(reach, "f"))


def accepted(
    answers: Iterable[tuple[str, float]], problems: list[Said], notes: list[Said]
) -> list[str]:
    """The answers worth all points; what is worth a part is told."""
    listed = list(answers)
    full = [text for text, share in listed if share >= 100]
    partly = [text for text, share in listed if 0 < share < 100]
    if partly:
        notes.append(Said(PARTIAL, {"answers": ", ".join(partly)[:SHOWN]}))
    if any(re.search(r"(?<!\\)\*", text) for text in full):
        problems.append(Said(WILDCARD))
    return [text.replace("\\*", "*") for text in full]


def lost_of(gap: Content, *, knows_case: bool) -> list[Said]:
    """What a text gap asks for that neither format can carry."""
    if gap["type"] != "text":
        return []
    lost = [Said(ACCENTS)] if gap.get("ignore_accents") else []
    if not knows_case and not gap.get("ignore_case", True):
        lost.append(Said(CASE))
    return lost
