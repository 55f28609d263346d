"""A Moodle file -> its questions."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext_noop

from lantoa.items.exchange.gift.read import folder
from lantoa.items.exchange.markup import as_markup, words_of
from lantoa.items.exchange.moodle_xml.marked import READ_MARKED
from lantoa.items.exchange.moodle_xml.texts import Inside, markup_of
from lantoa.items.exchange.moodle_xml.tree import inner, questions_of
from lantoa.items.exchange.moodle_xml.typed import READ_TYPED
from lantoa.items.exchange.rows import Belongs, Read, ReadRow, Said
from lantoa.items.exchange.tags import read_tags

UNKNOWN = gettext_noop("Dạng câu “%(kind)s” của Moodle chưa nhận được.")
ODD = gettext_noop("Câu này thiếu phần hoặc sai cấu trúc, không đọc được.")
HINTS = gettext_noop("Gợi ý và nhận xét chung theo kết quả của Moodle không đi theo.")
FEEDBACK = gettext_noop("Nhận xét riêng của từng phương án được gộp vào phần giải thích.")
READERS = {**READ_MARKED, **READ_TYPED}
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(data: bytes, filename: str) -> Read:
    inside = Inside()
    rows: list[ReadRow] = []
    category = ""
    for element in questions_of(data):
        if element.get("type") == "category":
            category = folder(inner(element, "category", "text"))
        elif element.get("type") != "description":
            rows.append(_row(element, len(rows) + 1, category, inside))
    return Read(rows, inside.files)


def _row(element: Element, number: int, category: str, inside: Inside) -> ReadRow:
    row = ReadRow(number, belongs=Belongs(topic=category, guessed=True))
    said = read_tags((inner(tag, "text") for tag in element.findall("tags/tag")), row.belongs)
    kind = element.get("type", "")
    row.content = {
        "stem": markup_of(element.find("questiontext"), row, inside),
        "explanation": markup_of(element.find("generalfeedback"), row, inside),
    }
    row.words = words_of(row.content["stem"])[:200] or inner(element, "name", "text")[:200]
    reader = READERS.get(kind)
    if reader is None:
        row.problems.append(Said(UNKNOWN, {"kind": kind[:40]}))
        return row
    try:
        reader(element, row, inside, said)
    except (ValueError, IndexError, KeyError, TypeError):
        row.problems.append(Said(ODD))
    _gather_feedback(element, row, inside)
    if element.find("hint") is not None or any(inner(element, name, "text") for name in _COMBINED):
        row.notes.append(Said(HINTS))
    row.notes = list({(one.text, str(one.params)): one for one in row.notes}.values())
    return row


def _gather_feedback(element: Element, row: ReadRow, inside: Inside) -> None:
    """Feedback on single answers has no place of its own here: it goes to the explanation."""
    lines = []
    for answer in element.findall("answer"):
        if told := markup_of(answer.find("feedback"), row, inside):
            words = as_markup(words_of(inner(answer, "text")))
            lines.append(f"<p>{words}: {told}</p>" if words else told)
    if lines:
        row.notes.append(Said(FEEDBACK))
        row.content["explanation"] += "".join(lines)
