"""A content as the cells of a row, and back: one pair of functions per kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_noop

from lantoa.items.exchange.markup import HTML_MARK, from_cell, to_cell
from lantoa.items.exchange.rows import Content
from lantoa.items.exchange.spreadsheet.columns import LETTERS, SCORINGS, code_named
from lantoa.items.exchange.spreadsheet.gapcodes import OddCell, from_code, to_code
from lantoa.kernel.text import fold

ARROW: Final = "=>"
NOT_LETTERS = gettext_noop("Đáp án “%(text)s” phải là chữ cái của phương án, ví dụ A hoặc A, C.")
NOT_TRUTHS = gettext_noop("Đáp án “%(text)s” phải là Đ hoặc S cho từng ý, ví dụ: Đ, S, S, Đ.")
TRUTHS_DIFFER = gettext_noop("Có %(options)s ý nhưng đáp án ghi cho %(answers)s ý.")
NO_ARROW = gettext_noop("Ô “%(text)s” phải có dạng: vế trái => vế phải.")
NO_POINTS = gettext_noop("Ô “%(text)s” phải có dạng: tiêu chí => số điểm.")
ODD_SCORING = gettext_noop("Cách chấm “%(text)s” không có cho dạng câu này.")
ODD_COUNT = gettext_noop("“%(text)s” không phải số nguyên.")
ODD_AREA = gettext_noop("Vùng “%(text)s” phải như: chữ nhật 10,20,30,40 hoặc tròn 50,60,20.")
ODD_IMAGE = gettext_noop("Ô ảnh phải có dạng: mã ảnh | rộng x cao | mô tả ảnh.")
_TRUE = frozenset({"d", "dung", "t", "true", "1"})
_FALSE = frozenset({"s", "sai", "f", "false", "0"})
_SHAPES = {"rect": "chữ nhật", "circle": "tròn", "polygon": "đa giác"}
_AREA = re.compile(r"\s*([^\d]+?)\s+([\d\s,.]+)")


@dataclass
class Cells:
    """What a row says of an item, by the keys of `columns`; the options apart, in order."""

    at: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    numeric: bool = False
    """The answer stands in its cell as a number."""

    def get(self, key: str) -> str:
        return self.at.get(key, "").strip()


def _common(cells: Cells) -> Content:
    return {
        "stem": from_cell(cells.get("stem")),
        "explanation": from_cell(cells.get("explanation")),
    }


def _texts(cells: Cells) -> list[Content]:
    return [{"text": from_cell(one)} for one in cells.options]


def _typed(found: list[Content]) -> list[str]:
    return [to_cell(one["text"]) for one in found]


def letters_of(typed: str) -> list[int]:
    """The indexes that letters name: `A`, `a, c`, `AC`. Raises OddCell."""
    pieces = [one for one in re.split(r"[\s,;.]+", typed.upper()) if one]
    pieces = list(pieces[0]) if len(pieces) == 1 else pieces
    if not pieces or any(len(one) != 1 or one not in LETTERS for one in pieces):
        raise OddCell(NOT_LETTERS, text=typed[:40])
    return sorted({LETTERS.index(one) for one in pieces})


def truths_of(typed: str) -> list[bool]:
    words = [fold(one) for one in re.split(r"[\s,;]+", typed) if one]
    if not words or any(word not in _TRUE | _FALSE for word in words):
        raise OddCell(NOT_TRUTHS, text=typed[:40])
    return [word in _TRUE for word in words]


def _scoring(cells: Cells, usual: str, allowed: tuple[str, ...]) -> str:
    if not (typed := cells.get("scoring")):
        return usual
    if (code := code_named(typed, SCORINGS)) not in allowed:
        raise OddCell(ODD_SCORING, text=typed[:40])
    return code


def _letters(indexes: list[int]) -> str:
    return ", ".join(LETTERS[at] for at in indexes)


def _read_options(cells: Cells) -> Content:
    options = _texts(cells)
    if typed := cells.get("fixed"):
        for at in letters_of(typed):
            if at < len(options):
                options[at]["fixed"] = True
    return {**_common(cells), "options": options}


def _read_single(cells: Cells) -> Content:
    answer = letters_of(cells.get("answer"))
    if len(answer) > 1:
        raise OddCell(NOT_LETTERS, text=cells.get("answer")[:40])
    return {**_read_options(cells), "answer": answer[0]}


def _read_several(cells: Cells) -> Content:
    scoring = _scoring(cells, "all", ("all", "partial"))
    answers = letters_of(cells.get("answer"))
    return {**_read_options(cells), "answers": answers, "scoring": scoring}


def _write_options(content: Content) -> Cells:
    fixed = [at for at, option in enumerate(content["options"]) if option.get("fixed")]
    answers = content["answers"] if "answers" in content else [content["answer"]]
    cells = Cells({"answer": _letters(answers), "fixed": _letters(fixed)})
    cells.options = _typed(content["options"])
    if "answers" in content:
        cells.at["scoring"] = SCORINGS[content.get("scoring", "all")]
    return cells


def _read_truths(cells: Cells) -> Content:
    truths, options = truths_of(cells.get("answer")), _texts(cells)
    if len(truths) != len(options):
        raise OddCell(TRUTHS_DIFFER, options=len(options), answers=len(truths))
    statements = [{**one, "true": truth} for one, truth in zip(options, truths, strict=True)]
    scoring = _scoring(cells, "each", ("each", "all", "steps"))
    return {**_common(cells), "statements": statements, "scoring": scoring}


def _write_truths(content: Content) -> Cells:
    answer = ", ".join("Đ" if one["true"] else "S" for one in content["statements"])
    scoring = SCORINGS[content.get("scoring", "each")]
    return Cells({"answer": answer, "scoring": scoring}, _typed(content["statements"]))


def _sides(typed: str) -> tuple[str, str]:
    for arrow in (ARROW, "⇒", "→", "->"):
        left, found, right = typed.partition(arrow)
        if found and right.strip():
            return left.strip(), right.strip()
    raise OddCell(NO_ARROW, text=typed[:60])


def _read_matching(cells: Cells) -> Content:
    left: list[Content] = []
    right: list[str] = []
    pairs: list[int] = []
    for typed in cells.options:
        one, other = _sides(typed)
        answer = from_cell(other)
        if answer not in right:
            right.append(answer)
        if one:
            left.append({"text": from_cell(one)})
            pairs.append(right.index(answer))
    return {
        **_common(cells),
        "left": left,
        "right": [{"text": one} for one in right],
        "pairs": pairs,
        "scoring": _scoring(cells, "each", ("each", "all")),
    }


def _write_matching(content: Content) -> Cells:
    right = _typed(content["right"])
    left = [
        HTML_MARK + one["text"] if ARROW in to_cell(one["text"]) else to_cell(one["text"])
        for one in content["left"]
    ]
    options = [f"{a} {ARROW} {right[b]}" for a, b in zip(left, content["pairs"], strict=True)]
    used = set(content["pairs"])
    options += [f"{ARROW} {one}" for at, one in enumerate(right) if at not in used]
    return Cells({"scoring": SCORINGS[content.get("scoring", "each")]}, options)


def _read_ordering(cells: Cells) -> Content:
    scoring = _scoring(cells, "all", ("all", "each"))
    return {**_common(cells), "parts": _texts(cells), "scoring": scoring}


def _write_ordering(content: Content) -> Cells:
    scoring = SCORINGS[content.get("scoring", "all")]
    return Cells({"scoring": scoring}, _typed(content["parts"]))


def _read_blank(cells: Cells) -> Content:
    gap = from_code(cells.get("answer"), is_number=cells.numeric)
    return {**_common(cells), "gap": gap}


def _read_cloze(cells: Cells) -> Content:
    common = _common(cells)
    return {
        "text": common["stem"],
        "gaps": [from_code(one) for one in cells.options],
        "explanation": common["explanation"],
    }


def _read_hotspot(cells: Cells) -> Content:
    key, size, alt = ([one.strip() for one in cells.get("image").split("|", 2)] + ["", ""])[:3]
    sides = re.fullmatch(r"(\d{1,5})\s*[x×]\s*(\d{1,5})", size)
    if not key or not sides:
        raise OddCell(ODD_IMAGE)
    image = {"file": key, "alt": alt, "width": int(sides[1]), "height": int(sides[2])}
    areas = [_area(one) for one in cells.get("answer").split(";") if one.strip()]
    return {**_common(cells), "image": image, "areas": areas}


def _area(typed: str) -> Content:
    found = _AREA.fullmatch(typed)
    shape = code_named(found[1], _SHAPES) if found else ""
    numbers = [one for one in re.split(r"[\s,.]+", found[2]) if one] if found else []
    if not shape or not numbers or any(len(one) > 5 for one in numbers):
        raise OddCell(ODD_AREA, text=typed.strip()[:60])
    return {"shape": shape, "at": [int(one) for one in numbers]}


def _write_hotspot(content: Content) -> Cells:
    image = content["image"]
    told = [f"{_SHAPES[a['shape']]} {','.join(map(str, a['at']))}" for a in content["areas"]]
    size = f"{image['width']}x{image['height']}"
    about = f"{image['file']} | {size} | {image.get('alt', '')}"
    return Cells({"image": about, "answer": "; ".join(told)})


def count_of(typed: str) -> int | None:
    """A whole number, or nothing. Raises OddCell."""
    plain = typed.strip().removesuffix(".0")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) < 7):
        raise OddCell(ODD_COUNT, text=typed[:40])
    return int(plain)


def _read_marking(cells: Cells) -> Content:
    rubric = []
    for typed in cells.options:
        title, _, points = typed.rpartition(ARROW)
        if not title.strip() or not points.strip():
            raise OddCell(NO_POINTS, text=typed[:60])
        rubric.append({"title": title.strip(), "points": count_of(points)})
    return {**_common(cells), "rubric": rubric, "sample": from_cell(cells.get("answer"))}


def _write_marking(content: Content) -> Cells:
    rubric = [f"{one['title']} {ARROW} {one['points']}" for one in content.get("rubric") or ()]
    return Cells({"answer": to_cell(content.get("sample") or "")}, rubric)


def _read_essay(cells: Cells) -> Content:
    limits = {
        "most_words": count_of(cells.get("most")),
        "least_words": count_of(cells.get("least")),
    }
    return {**_read_marking(cells), **limits}


def _write_essay(content: Content) -> Cells:
    cells = _write_marking(content)
    for key, name in (("most", "most_words"), ("least", "least_words")):
        cells.at[key] = str(content.get(name) or "")
    return cells


def _read_file_task(cells: Cells) -> Content:
    accept = [one.removeprefix(".").lower() for one in re.split(r"[\s,;]+", cells.get("accept"))]
    files = []
    for line in cells.get("files").splitlines():
        key, _, name = (one.strip() for one in line.partition("|"))
        if key:
            files.append({"file": key, "name": name})
    return {**_read_marking(cells), "files": files, "accept": [one for one in accept if one]}


def _write_file_task(content: Content) -> Cells:
    cells = _write_marking(content)
    cells.at["accept"] = ", ".join(content["accept"])
    cells.at["files"] = "\n".join(f"{one['file']} | {one['name']}" for one in content["files"])
    return cells


def _write_cloze(content: Content) -> Cells:
    return Cells({}, [to_code(gap) for gap in content["gaps"]])


READ: dict[str, Callable[[Cells], Content]] = {
    "single_choice": _read_single,
    "multiple_response": _read_several,
    "true_false": _read_truths,
    "matching": _read_matching,
    "ordering": _read_ordering,
    "blank": _read_blank,
    "cloze": _read_cloze,
    "hotspot": _read_hotspot,
    "essay": _read_essay,
    "file_task": _read_file_task,
    "scenario": lambda cells: {**_common(cells), "parts": []},
}
_WRITE: dict[str, Callable[[Content], Cells]] = {
    "single_choice": _write_options,
    "multiple_response": _write_options,
    "true_false": _write_truths,
    "matching": _write_matching,
    "ordering": _write_ordering,
    "blank": lambda content: Cells({"answer": to_code(content["gap"])}),
    "cloze": _write_cloze,
    "hotspot": _write_hotspot,
    "essay": _write_essay,
    "file_task": _write_file_task,
    "scenario": lambda content: Cells(),
}


def to_cells(kind: str, content: dict[str, Any]) -> Cells:
    cells = _WRITE[kind](content)
    cells.at["stem"] = to_cell(content["text"] if kind == "cloze" else content["stem"])
    cells.at["explanation"] = to_cell(content["explanation"])
    return cells
