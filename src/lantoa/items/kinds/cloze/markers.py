"""The places [[1]] … [[n]] of gaps in a text. Only those that stand in text count: within a tag's
attribute or a formula there can be no field."""

import re

from django.utils.translation import gettext as _

from lantoa.items.rich_text import over_text

_MARKER = re.compile(r"\[\[\s*([0-9]{1,2})\s*\]\]")
# Stands for a marker found in text, so that splitting can't meet one within a tag.
_FOUND = re.compile("\ue002([0-9]+)\ue003")
_SIGNS = re.compile("[\ue002\ue003]")


def _marked(markup: str) -> str:
    bare = _SIGNS.sub("", markup)
    return over_text(bare, lambda text: _MARKER.sub(lambda one: f"\ue002{int(one[1])}\ue003", text))


def numbers(markup: str) -> list[int]:
    """The markers in the order of the text."""
    return [int(number) for number in _FOUND.findall(_marked(markup))]


def without(markup: str) -> str:
    return _FOUND.sub(" … ", _marked(markup))


def numbered(markup: str, count: int) -> tuple[str, list[int] | None]:
    """The text with its markers counted 1, 2, 3 … as they come, and which gap each was; None, and
    the text as it is, when markers and gaps don't agree."""
    found = numbers(markup)
    if sorted(found) != list(range(1, count + 1)):
        return markup, None
    counted = _FOUND.sub(lambda one: f"[[{found.index(int(one[1])) + 1}]]", _marked(markup))
    return counted, [number - 1 for number in found]


def pieces(markup: str) -> list[tuple[str, int | None]]:
    """The text cut at its markers: each piece of HTML, and the gap (from 0) that comes after it."""
    cut = _FOUND.split(_marked(markup))
    places = [int(number) - 1 for number in cut[1::2]]
    return list(zip(cut[::2], [*places, None], strict=True))


def problems(markup: str, count: int) -> list[str]:
    found = numbers(markup)
    twice = sorted({number for number in found if found.count(number) > 1})
    missing = [number for number in range(1, count + 1) if number not in found]
    strange = sorted({number for number in found if not 1 <= number <= count})
    return [
        *(_("Dấu [[%(n)d]] có nhiều lần trong đoạn văn.") % {"n": number} for number in twice),
        *(_("Đoạn văn chưa có dấu [[%(n)d]].") % {"n": number} for number in missing),
        *(_("Dấu [[%(n)d]] chưa có câu trả lời đúng.") % {"n": number} for number in strange),
    ]
