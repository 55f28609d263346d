"""Aiken: a question, its options, ANSWER: and a letter. Nothing but words, one right option."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext_lazy, gettext_noop

from lantoa.items.exchange.markup import as_markup, has_picture, is_plain, words_of
from lantoa.items.exchange.rows import Files, Note, Outgoing, Read, ReadRow, Said, Written
from lantoa.items.exchange.texts import decoded

name: Final = "aiken"
label = gettext_lazy("Aiken (.txt)")
about = gettext_lazy("Chỉ chữ, chỉ câu một phương án đúng; soạn được bằng mọi trình soạn thảo.")
extensions = ("txt",)
media_type = "text/plain"

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_LETTERS = 40
_OPTION = re.compile(r"([A-Za-z])[.)]\s+(.*)")
_ANSWER = re.compile(r"(?:ANSWER|Đáp án)\s*:\s*(.*)", re.IGNORECASE)
_OPTION_LIKE = re.compile(r"[A-Za-z][.)]\s")


def looks_like(text: str) -> bool:
    """Whether a text file is of this format rather than GIFT."""
    return bool(re.search(r"^ANSWER:\s*[A-Za-z]\s*$", text, re.MULTILINE | re.IGNORECASE))


def read(data: bytes, filename: str) -> Read:
    return Read([_row(number, lines) for number, lines in _blocks(decoded(data))])


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each question: it ends with its answer, or where the next one must begin."""
    lines: list[str] = []
    first, seen_option = 1, False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        is_option = bool(lines) and bool(_OPTION.fullmatch(line))
        if seen_option and not is_option and not _ANSWER.fullmatch(line):
            yield first, lines
            lines, seen_option = [], False
        if not lines:
            first = number
        lines.append(line)
        seen_option = seen_option or is_option
        if _ANSWER.fullmatch(line):
            yield first, lines
            lines, seen_option = [], False
    if lines:
        yield first, lines


def _row(number: int, lines: list[str]) -> ReadRow:
    row = ReadRow(number, "single_choice", words=lines[0][:200])
    stem: list[str] = []
    options: list[str] = []
    answer = ""
    for line in lines:
        if found := _ANSWER.fullmatch(line):
            answer = found[1].strip().upper()
        elif stem and (found := _OPTION.fullmatch(line)):
            options.append(found[2])
        else:
            stem.append(line)
    if not answer:
        row.problems.append(Said(gettext_noop("Thiếu dòng “ANSWER:” sau các phương án.")))
    letters = [letter for letter in re.split(r"[\s,;]+", answer) if letter]
    indexes = [LETTERS.find(letter) if len(letter) == 1 else -1 for letter in letters]
    if answer and (not letters or any(not 0 <= at < len(options) for at in indexes)):
        said = gettext_noop("Đáp án “%(answer)s” không phải chữ cái của một phương án.")
        row.problems.append(Said(said, {"answer": answer[:MOST_LETTERS]}))
    row.content = {
        "stem": "<br>".join(as_markup(line) for line in stem),
        "options": [{"text": as_markup(option)} for option in options],
        "explanation": "",
    }
    if len(indexes) > 1:
        row.kind = "multiple_response"
        row.content |= {"answers": sorted(set(indexes)), "scoring": "all"}
    else:
        row.content["answer"] = indexes[0] if indexes else None
    return row


def write(items: Iterable[Outgoing], files: Files) -> Written:
    notes = [
        Note("", Said(gettext_noop("Aiken không chứa chuyên đề, mức, độ khó, nguồn, ghi chú.")))
    ]
    pieces = []
    for item in items:
        said = [_left_out(item)] if _left_out(item) else _lost(item)
        notes += [Note(item.label, one) for one in said if one]
        if not _left_out(item):
            pieces.append(_piece(item))
    return Written("\n".join(pieces).encode(), notes, len(pieces))


def _piece(item: Outgoing) -> str:
    content = item.content
    options = [words_of(option["text"]) for option in content["options"]]
    lines = [words_of(content["stem"])]
    lines += [f"{LETTERS[at]}. {option}" for at, option in enumerate(options)]
    return "\n".join([*lines, f"ANSWER: {LETTERS[content['answer']]}", ""])


def _left_out(item: Outgoing) -> Said | None:
    if item.kind != "single_choice":
        return Said(gettext_noop("Aiken chỉ chứa câu một phương án đúng; câu này không xuất được."))
    stem = words_of(item.content["stem"])
    texts = [stem, *(words_of(option["text"]) for option in item.content["options"])]
    if not all(texts):
        return Said(gettext_noop("Câu hoặc phương án chỉ có ảnh hay công thức; không xuất được."))
    if _OPTION_LIKE.match(stem) or _ANSWER.match(stem):
        said = gettext_noop("Câu bắt đầu như một dòng phương án hay đáp án; không xuất được.")
        return Said(said)
    return None


def _lost(item: Outgoing) -> list[Said]:
    content = item.content
    texts = [content["stem"], *(option["text"] for option in content["options"])]
    lost = []
    if any(has_picture(text) for text in texts):
        lost.append(Said(gettext_noop("Ảnh không đi theo.")))
    if not all(is_plain(text) for text in texts):
        said = gettext_noop("Định dạng chữ, ngắt dòng và công thức không đi theo, chỉ còn chữ.")
        lost.append(Said(said))
    if content["explanation"]:
        lost.append(Said(gettext_noop("Phần giải thích không đi theo.")))
    if any(option.get("fixed") for option in content["options"]):
        lost.append(Said(gettext_noop("Phương án giữ nguyên vị trí không được đánh dấu.")))
    return lost
