"""Questions -> a Moodle file."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext_noop

from lantoa.items.exchange.gift.write import category_of
from lantoa.items.exchange.moodle_xml.bodies import BODIES, Writing
from lantoa.items.exchange.moodle_xml.lost import lost_of
from lantoa.items.exchange.moodle_xml.texts import put, put_text
from lantoa.items.exchange.rows import Files, Note, Outgoing, Said, Written
from lantoa.items.exchange.tags import tags_of

NOT_HELD = gettext_noop("Moodle không có dạng câu này; câu không xuất được.")
MISSING = gettext_noop("Một ảnh hoặc tệp của câu không còn trong hệ thống nên không đi theo.")


def write(items: Iterable[Outgoing], files: Files) -> Written:
    quiz = Element("quiz")
    notes: list[Note] = []
    category, count = "", 0
    for item in items:
        body = BODIES.get(item.kind)
        if body is None:
            notes.append(Note(item.label, Said(NOT_HELD)))
            continue
        if (wanted := category_of(item)) != category:
            category = wanted
            head = SubElement(quiz, "question", type="category")
            put(SubElement(head, "category"), "text", category)
        writing = Writing(SubElement(quiz, "question"), item, files)
        _begin(writing)
        body(writing)
        _end(writing)
        told = [*lost_of(item), *([Said(MISSING)] if writing.missed else [])]
        notes += [Note(item.label, said) for said in told]
        count += 1
    indent(quiz, " ")
    return Written(tostring(quiz, "utf-8", xml_declaration=True), notes, count)


def _begin(writing: Writing) -> None:
    question, content = writing.question, writing.item.content
    put(SubElement(question, "name"), "text", writing.item.label)
    put_text(question, "questiontext", writing.stem(), writing.files, writing.miss)
    put_text(question, "generalfeedback", content["explanation"], writing.files, writing.miss)
    for name, value in (("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0")):
        put(question, name, value)
    put(question, "idnumber", "")


def _end(writing: Writing) -> None:
    tags = [*tags_of(writing.item.belongs), *writing.tags]
    if tags:
        parent = SubElement(writing.question, "tags")
        for tag in tags:
            put(SubElement(parent, "tag"), "text", tag)
