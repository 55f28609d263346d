"""Moodle's question types that are typed or marked by people: gaps, essays, files to hand in."""

import html
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_noop

from lantoa.items.exchange import gaps, shares
from lantoa.items.exchange.moodle_xml import cloze
from lantoa.items.exchange.moodle_xml.marked import Reader, share_of
from lantoa.items.exchange.moodle_xml.texts import LINKS, Inside, files_of, markup_of
from lantoa.items.exchange.moodle_xml.tree import flag, inner, number
from lantoa.items.exchange.rows import Content, ReadRow, Said

UNITS = gettext_noop("Đơn vị đo của câu số không đi theo.")
ATTACHMENTS = gettext_noop("Câu tự luận cho đính kèm tệp; ở đây chỉ còn phần viết.")
NO_GAP = gettext_noop("Câu điền chỗ trống không có chỗ trống nào.")
RUBRIC_HEAD = "<table><tbody><tr><th>Tiêu chí</th><th>Điểm</th></tr>"
RUBRIC_TAIL = "</tbody></table>"
TRUTHS_HEAD = "<table><tbody>"
STATEMENT = re.compile(r"<tr><td>(.*?)</td><td>(\{1:MULTICHOICE:[^}]*\})</td></tr>", re.DOTALL)
_CRITERION = re.compile(r"<tr><td>(.*?)</td><td>(\d{1,4})</td></tr>", re.DOTALL)
_FILE_LINK = re.compile(
    r'<p><a href="@@PLUGINFILE@@([^"<>]*)">[^<]*</a></p>'
    r'|<a\b[^<>]*href="@@PLUGINFILE@@([^"<>]*)"[^<>]*>[^<]*</a>',
)


def _words(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    answers = [(inner(a, "text"), share_of(a)) for a in element.findall("answer")]
    accept = gaps.accepted(answers, row.problems, row.notes)
    exact = flag(element, "usecase", otherwise=False)
    row.kind = "blank"
    row.content["gap"] = gaps.text_gap(accept, ignore_case=not exact)


def _number(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    full = [a for a in element.findall("answer") if share_of(a) >= 100]
    rest = [inner(a, "text") for a in element.findall("answer") if a not in full[:1]]
    if rest:
        row.notes.append(Said(gaps.PARTIAL, {"answers": ", ".join(rest)[: gaps.SHOWN]}))
    if element.find("units/unit") is not None:
        row.notes.append(Said(UNITS))
    value = inner(full[0], "text")
    gap = gaps.number_gap(value, inner(full[0], "tolerance"))
    if gap is None:
        row.problems.append(Said(gaps.UNREADABLE_NUMBER, {"number": value[:40]}))
    row.kind, row.content["gap"] = "blank", gap


def _cloze(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    source = row.content.pop("stem")
    if said.get("kind") == "true_false" and (found := _truths(source, row)):
        row.kind = "true_false"
        row.content |= {**found, "scoring": said.get("scoring", "each")}
        return
    text, found_gaps = cloze.read_text(source, row.problems, row.notes)
    if not found_gaps:
        row.problems.append(Said(NO_GAP))
    row.kind = "cloze"
    row.content |= {"text": text, "gaps": found_gaps}


def _truths(source: str, row: ReadRow) -> Content | None:
    """The set of statements that `write` made into a table of choices."""
    stem, head, table = source.rpartition(TRUTHS_HEAD)
    statements = STATEMENT.findall(table)
    whole = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in statements) + RUBRIC_TAIL
    if not head or not statements or table != whole:
        return None
    made = []
    for words, code in statements:
        match = cloze.gap_in(code)
        gap = cloze.read_gap(match[2], match[3], row.problems, row.notes) if match else None
        if gap is None or [o["text"] for o in gap["options"]] != [shares.TRUE, shares.FALSE]:
            return None
        made.append({"text": words.replace("&#123;", "{"), "true": gap["answer"] == 0})
    return {"stem": stem.replace("&#123;", "{"), "statements": made}


def _essay(element: Element, row: ReadRow, inside: Inside, said: dict[str, str]) -> None:
    marking = markup_of(element.find("graderinfo"), row, inside)
    sample, rubric = _rubric(marking)
    wants_files = (number(element, "attachments") or 0) != 0 or inner(
        element, "attachments"
    ) == "-1"
    if inner(element, "responseformat") == "noinline" and wants_files:
        _file_task(element, row, inside)
    else:
        if wants_files:
            row.notes.append(Said(ATTACHMENTS))
        row.kind = "essay"
        row.content["most_words"] = number(element, "maxwordlimit") or None
        row.content["least_words"] = number(element, "minwordlimit") or None
    row.content |= {"rubric": rubric, "sample": sample}


def _file_task(element: Element, row: ReadRow, inside: Inside) -> None:
    question = element.find("questiontext")
    assert question is not None
    files = files_of(question, row)
    handed: list[Content] = []

    def take(found: re.Match[str]) -> str:
        attached = files.get(unquote(html.unescape(found[1] or found[2] or "")))
        if attached is None:
            return found[0]
        handed.append({"file": inside.keep(attached.name, attached.data), "name": attached.name})
        return ""

    row.content["stem"] = _FILE_LINK.sub(take, row.content["stem"])
    if "<a" not in row.content["stem"]:
        row.notes = [one for one in row.notes if one.text != LINKS]
    kinds = re.split(r"[\s,;]+", inner(element, "filetypeslist"))
    row.kind = "file_task"
    row.content |= {
        "files": handed,
        "accept": [one.removeprefix(".").lower() for one in kinds if one.startswith(".")],
    }


def _rubric(marking: str) -> tuple[str, list[Content]]:
    """Sample answer and rubric out of what graders are told."""
    sample, head, table = marking.rpartition(RUBRIC_HEAD)
    found = _CRITERION.findall(table)
    whole = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in found) + RUBRIC_TAIL
    if not head or table != whole:
        return marking, []
    return sample, [{"title": html.unescape(a), "points": int(b)} for a, b in found]


READ_TYPED: dict[str, Reader] = {
    "shortanswer": _words,
    "numerical": _number,
    "cloze": _cloze,
    "multianswer": _cloze,
    "essay": _essay,
}
