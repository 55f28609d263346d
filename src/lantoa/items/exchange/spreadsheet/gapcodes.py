"""A gap as a person types it into a cell: `chữ: Hà Nội | Hà nội`, `số: 3,5 ± 0,1`,
`chọn: đúng* | sai`."""

import re

from django.utils.translation import gettext_noop

from lantoa.items.exchange import gaps
from lantoa.items.exchange.markup import from_cell, to_cell
from lantoa.items.exchange.rows import Content, Said
from lantoa.kernel.text import fold

ODD_NUMBER = gettext_noop("“%(text)s” không phải số, hoặc số kèm sai số như “3,5 ± 0,1”.")
NO_RIGHT = gettext_noop("Chỗ trống kiểu chọn phải có đúng một đáp án đánh dấu * ở đầu: “%(text)s”.")
_HEAD = re.compile(r"\s*(chữ|số|chọn)\s*(?:\(([^)]*)\))?\s*:(.*)", re.IGNORECASE | re.DOTALL)
_CUT = re.compile(r"\\.|\|", re.DOTALL)
_SIGN = re.compile(r"[\\|]")
_UNSIGN = re.compile(r"\\([\\|*])")
CASE, ACCENTS = "phân biệt hoa thường", "bỏ dấu"


class OddCell(ValueError):
    """What is typed makes no sense; `said` tells why."""

    def __init__(self, told: str, /, **params: str | int) -> None:
        super().__init__(told)
        self.said = Said(told, params)


def to_code(gap: Content) -> str:
    if gap["type"] == "number":
        return f"số: {gap['value']} ± {gap['tolerance']}"
    if gap["type"] == "text":
        asks = [] if gap.get("ignore_case", True) else [CASE]
        asks += [ACCENTS] if gap.get("ignore_accents") else []
        head = f"chữ ({'; '.join(asks)})" if asks else "chữ"
        return f"{head}: {' | '.join(map(_signed, gap['accept']))}"
    options = []
    for at, option in enumerate(gap["options"]):
        typed = _signed(to_cell(option["text"]))
        typed = "\\" + typed if typed.startswith("*") else typed
        options.append("*" + typed if at == gap["answer"] else typed)
    return f"chọn: {' | '.join(options)}"


def _signed(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def from_code(typed: str, *, is_number: bool = False) -> Content:
    """The gap of a cell. Without a word in front, a number is a number and words are words.
    Raises OddCell."""
    found = _HEAD.fullmatch(typed)
    if not found:
        return _number(typed) if is_number else _text(typed, "")
    kind, asks, rest = found[1].lower(), found[2] or "", found[3]
    if kind == "số":
        return _number(rest)
    return _text(rest, asks) if kind == "chữ" else _choice(rest)


def _number(typed: str) -> Content:
    value, _, tolerance = typed.partition("±")
    gap = gaps.number_gap(value, tolerance)
    if gap is None:
        raise OddCell(ODD_NUMBER, text=typed.strip()[:60])
    return gap


def _text(typed: str, asks: str) -> Content:
    gap = gaps.text_gap([_UNSIGN.sub(r"\1", one) for one in _cut(typed) if one])
    gap["ignore_case"] = fold(CASE) not in fold(asks)
    gap["ignore_accents"] = fold(ACCENTS) in fold(asks)
    return gap


def _choice(typed: str) -> Content:
    pieces = [one for one in _cut(typed) if one]
    right = [at for at, one in enumerate(pieces) if one.startswith("*")]
    if len(right) != 1:
        raise OddCell(NO_RIGHT, text=typed.strip()[:60])
    bare = [_UNSIGN.sub(r"\1", one.removeprefix("*")) for one in pieces]
    return {
        "type": "choice",
        "options": [{"text": from_cell(one)} for one in bare],
        "answer": right[0],
    }


def _cut(text: str) -> list[str]:
    places = [found.start() for found in _CUT.finditer(text) if text[found.start()] == "|"]
    begins = [0, *(place + 1 for place in places)]
    return [text[b:e].strip() for b, e in zip(begins, [*places, len(text)], strict=True)]
