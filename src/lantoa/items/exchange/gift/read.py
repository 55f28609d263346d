"""GIFT as text -> its questions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from lantoa.items.exchange.gift import signs
from lantoa.items.exchange.gift.answers import ANSWERS_ODD, read_answers
from lantoa.items.exchange.rows import Belongs, Read, ReadRow, Said
from lantoa.items.exchange.tags import read_tags
from lantoa.items.exchange.texts import decoded

_TAG = re.compile(r"\[tag:([^\[\]<>`]+)\]")
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
UNFINISHED = gettext_noop("Thiếu dấu { hoặc } của phần đáp án.")
DESCRIPTION = gettext_noop("Đoạn này không có phần đáp án { } nên không phải câu hỏi.")
PICTURES = gettext_noop("GIFT không chứa ảnh; ảnh trong câu không đi theo.")
BLANK_SIGN = "_____"


@dataclass
class Block:
    number: int
    lines: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def read(data: bytes, filename: str) -> Read:
    rows: list[ReadRow] = []
    category = ""
    for block in _blocks(decoded(data)):
        text = "\n".join(block.lines).strip()
        if text.startswith("$CATEGORY:"):
            category = folder(text[len("$CATEGORY:") :])
        elif text:
            rows.append(_row(block, text, category))
    return Read(rows)


def folder(path: str) -> str:
    """The last name of a category's path, in which a slash of its own is written twice."""
    names = re.split(r"(?<!/)/(?!/)", path.strip())
    last = names[-1].replace("//", "/").strip()
    return "" if last in ("$course$", "$module$", "$system$", "top") else last[:250]


def _blocks(text: str) -> Iterator[Block]:
    """What stands between empty lines; comments are read for tags and otherwise left out."""
    block = Block(1)
    for number, raw in enumerate([*text.split("\n"), ""], start=1):
        line = raw.strip()
        if line.startswith("//"):
            block.tags += _TAG.findall(line)
        elif line:
            if not block.lines:
                block.number = number
            block.lines.append(line)
        elif block.lines:
            yield block
            block = Block(number + 1)


def _row(block: Block, text: str, category: str) -> ReadRow:
    row = ReadRow(block.number, belongs=Belongs(topic=category, guessed=True))
    said = read_tags(block.tags, row.belongs)
    if text.startswith("::") and (end := signs.find(text, "::", 2)) > 0:
        text = text[end + 2 :].strip()
    row.words = text[:200]
    begins, ends = signs.find(text, "{"), signs.find(text, "}")
    if begins < 0 and ends < 0:
        row.problems.append(Said(DESCRIPTION))
        return row
    if begins < 0 or ends < begins:
        row.problems.append(Said(UNFINISHED))
        return row
    before, answers, after = text[:begins], text[begins + 1 : ends], text[ends + 1 :].strip()
    stem = before.strip() if not after else f"{before}{BLANK_SIGN} {after}"
    form, _ = signs.form_of(stem)
    row.content = {"stem": signs.markup_of(stem), "explanation": ""}
    try:
        read_answers(row, answers, form, said)
    except (ValueError, IndexError):
        row.problems.append(Said(ANSWERS_ODD, {"answers": answers[:80]}))
    if any(_PICTURE.search(piece) for piece in (stem, answers)):
        row.notes.append(Said(PICTURES))
    return row
