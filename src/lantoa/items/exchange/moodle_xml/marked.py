"""Moodle's types with options: choices, truths, matching, ordering, markers on a picture."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_noop

from lantoa.items.exchange import shares
from lantoa.items.exchange.markup import as_markup
from lantoa.items.exchange.moodle_xml.texts import Inside, files_of, markup_of
from lantoa.items.exchange.moodle_xml.tree import flag, inner
from lantoa.items.exchange.pictures import size_of
from lantoa.items.exchange.rows import Content, ReadRow, Said

Reader = Callable[[Element, ReadRow, Inside, dict[str, str]], None]
NO_PICTURE = gettext_noop(
    "Câu chỉ vị trí trên ảnh nhưng không có ảnh PNG, JPEG hoặc WebP bên trong."
)
ODD_AREA = gettext_noop("Không đọc được vùng “%(area)s”.")
MARKERS = gettext_noop("Chỉ vùng của dấu thứ nhất được nhận; các dấu khác không đi theo.")
_SHAPES = {"rectangle": 4, "circle": 3}


def share_of(answer: Element) -> float:
    return float(answer.get("fraction", "0").replace(",", "."))


def _option(answer: Element, row: ReadRow, inside: Inside) -> Content:
    return {"text": _inline(markup_of(answer, row, inside))}


def _inline(markup: str) -> str:
    """Moodle wraps every option in a paragraph of its own."""
    found = re.fullmatch(
        r'<p(?: dir="ltr"[^>]*)?>((?:(?!</?p\b).)*?)(?:<br ?/?>)?</p>', markup, re.DOTALL
    )
    return found[1].strip() if found else markup


def _choice(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    answers = element.findall("answer")
    options = [_option(answer, row, inside) for answer in answers]
    parts = [share_of(answer) for answer in answers]
    if not flag(element, "shuffleanswers", otherwise=True):
        options = [{**option, "fixed": True} for option in options]
    if flag(element, "single", otherwise=True):
        shares.choose_one(row, options, parts)
        if said.get("kind") == "blank" and not row.problems:
            content = row.content
            gap = {"type": "choice", "options": content.pop("options")}
            gap["options"] = [{"text": option["text"]} for option in gap["options"]]
            row.kind, content["gap"] = "blank", {**gap, "answer": content.pop("answer")}
    else:
        shares.choose_several(row, options, parts, said.get("scoring", ""))


def _truth(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    right = [inner(a, "text").lower() for a in element.findall("answer") if share_of(a) >= 100]
    if len(right) != 1 or right[0] not in ("true", "false"):
        row.problems.append(Said(shares.NONE_RIGHT))
        return
    shares.choose_truth(row, right=right[0] == "true")


def _matching(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    left: list[Content] = []
    right: list[str] = []
    pairs: list[int] = []
    for part in element.findall("subquestion"):
        answer = as_markup(inner(part, "answer", "text"))
        if (answer_element := part.find("answer")) is not None and answer_element.get("format"):
            answer = markup_of(answer_element, row, inside)
        if answer not in right:
            right.append(answer)
        if asked := _inline(markup_of(part, row, inside)):
            left.append({"text": asked})
            pairs.append(right.index(answer))
    row.kind = "matching"
    row.content |= {
        "left": left,
        "right": [{"text": one} for one in right],
        "pairs": pairs,
        "scoring": said.get("scoring", "each"),
    }


def _ordering(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    answers = sorted(element.findall("answer"), key=share_of)
    all_or_nothing = inner(element, "gradingtype") in ("", "ALL_OR_NOTHING", "-1")
    row.kind = "ordering"
    row.content |= {
        "parts": [_option(answer, row, inside) for answer in answers],
        "scoring": "all" if all_or_nothing else "each",
    }


def _markers(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    row.kind = "hotspot"
    files = list(zip(element.findall("file"), files_of(element, row).values(), strict=False))
    size = size_of(files[0][1].data) if files else None
    if size is None:
        row.problems.append(Said(NO_PICTURE))
        return
    told, attached = files[0]
    row.content["image"] = {
        "file": inside.keep(attached.name, attached.data),
        "alt": told.get("alt", ""),
        "width": size[0],
        "height": size[1],
    }
    drops = element.findall("drop")
    first = inner(drops[0], "choice") if drops else ""
    if any(inner(drop, "choice") != first for drop in drops):
        row.notes.append(Said(MARKERS))
    areas = [_area(drop, row) for drop in drops if inner(drop, "choice") == first]
    row.content["areas"] = [area for area in areas if area]


def _area(drop: Element, row: ReadRow) -> Content | None:
    shape, told = inner(drop, "shape").lower(), inner(drop, "coords")
    numbers = re.split(r"[;,]", told)
    try:
        at = [round(float(one)) for one in numbers]
    except (ValueError, OverflowError):
        at = []
    fits = len(at) == _SHAPES.get(shape, 0) or (
        shape == "polygon" and len(at) >= 6 and len(at) % 2 == 0
    )
    if not fits:
        row.problems.append(Said(ODD_AREA, {"area": f"{shape} {told}"[:60]}))
        return None
    return {"shape": "rect" if shape == "rectangle" else shape, "at": at}


READ_MARKED: dict[str, Reader] = {
    "multichoice": _choice,
    "multichoiceset": _choice,
    "truefalse": _truth,
    "matching": _matching,
    "ordering": _ordering,
    "ddmarker": _markers,
}
