"""What a format says it carries comes back as it was: without a note, nothing is lost."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.items.exchange import aiken, gift, moodle_xml, spreadsheet
from lantoa.items.exchange.rows import Belongs, Content, Outgoing, Read, ReadRow, Written
from lantoa.items.exchange.spreadsheet.book import lines_of
from lantoa.items.exchange.spreadsheet.cells import Cells
from lantoa.items.exchange.spreadsheet.examples import EXAMPLES
from lantoa.items.exchange.spreadsheet.read import _gathered, _row
from lantoa.items.exchange.tests import contents
from lantoa.items.exchange.tests.contents import CONTENTS, files, settled

few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
BELONGS = Belongs(
    topic="lanh-dao-xa-2022/t1", level="advanced", difficulty="hard", purpose="exam", seconds=90
)


def through(form: Any, kind: str, content: Content) -> tuple[Written, Read]:
    written = form.write(
        [Outgoing("Câu 1", kind, content, BELONGS, "Chuyển đổi số / cơ bản")], files
    )
    return written, form.read(written.data, f"tep.{form.extensions[0]}")


def came_back(form: Any, kind: str, content: Content) -> Content:
    written, read = through(form, kind, content)
    assert written.count == 1, written.notes
    (row,) = read.rows
    assert row.problems == []
    assert row.notes == []
    assert row.kind == kind
    if form is not aiken:
        assert row.belongs == BELONGS
    return settled(kind, row.content)


@few
@given(content=contents.single(contents.plain, contents.plain))
def test_aiken_carries_words(content: Content) -> None:
    content = {**content, "explanation": ""}
    written, _ = through(aiken, "single_choice", content)
    if not any(note.label for note in written.notes):
        assert came_back(aiken, "single_choice", content) == content


GIFT = [*gift.KINDS]
# What GIFT has no sign for; each is told by a note (test_notes).
TELLS = {"multiple_response": {"scoring"}, "matching": {"scoring"}}


@pytest.mark.parametrize("kind", GIFT)
def test_gift_gives_back_what_it_carries(kind: str) -> None:
    @few
    @given(content=CONTENTS[kind])
    def check(content: Content) -> None:
        written, _ = through(gift, kind, content)
        lost = [note.said.text for note in written.notes]
        if not lost or kind in TELLS:
            assert came_back(gift, kind, content) == settled(kind, content)

    check()


@pytest.mark.parametrize("kind", [kind for kind in CONTENTS if kind != "scenario"])
def test_moodle_gives_back_what_it_carries(kind: str) -> None:
    @few
    @given(content=CONTENTS[kind])
    def check(content: Content) -> None:
        written, _ = through(moodle_xml, kind, content)
        every = [content.get("gap", {}), *content.get("gaps", [])]
        if not any(gap.get("ignore_accents") for gap in every):
            assert came_back(moodle_xml, kind, content) == settled(kind, content)
        else:
            assert written.notes

    check()


@few
@given(content=contents.fixed())
def test_moodle_keeps_places_for_all_or_says_so(content: Content) -> None:
    written, read = through(moodle_xml, "single_choice", content)
    assert read.rows[0].content == content or written.notes


@few
@given(data=st.data())
def test_pictures_travel_inside_a_moodle_file(data: st.DataObject) -> None:
    content = data.draw(contents.single())
    content["stem"] += contents.IMG
    content["options"][0]["text"] += contents.IMG
    content["explanation"] += contents.IMG
    written, read = through(moodle_xml, "single_choice", content)
    assert read.rows[0].content == content
    assert [one.data for one in read.files.values()] == [contents.PICTURE]
    assert not written.notes


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_form_gives_back_every_kind(kind: str) -> None:
    """Through the cells, which is fast; one file through Excel's own form is read below."""

    @settings(few, max_examples=150)
    @given(content=CONTENTS[kind])
    def check(content: Content) -> None:
        found = _gathered((row, index > 0) for index, row in enumerate(_rows_of(kind, content)))
        (row,) = found
        assert row.problems == []
        assert row.kind == kind
        assert row.belongs == BELONGS
        assert settled(kind, row.content) == settled(kind, content)

    check()


def _rows_of(kind: str, content: Content) -> list[ReadRow]:
    rows = []
    for line in lines_of(Outgoing("Câu 1", kind, content, BELONGS, "Chuyển đổi số")):
        at = {key: str(value) for key, value in line.items() if not key.startswith("option-")}
        options = [str(value) for key, value in line.items() if key.startswith("option-")]
        rows.append(_row(1, Cells(at, options)))
    return rows


@settings(few, max_examples=5)
@given(made=st.tuples(*CONTENTS.values()))
def test_a_workbook_of_every_kind_comes_back(made: tuple[Content, ...]) -> None:
    items = [
        Outgoing(f"Câu {number}", kind, content, BELONGS, "Chuyển đổi số")
        for number, (kind, content) in enumerate(zip(CONTENTS, made, strict=True))
    ]
    written = spreadsheet.write(items, files)
    assert written.count == len(items)
    read = spreadsheet.read(written.data, "cau-hoi.xlsx")
    assert [row.problems for row in read.rows] == [[]] * len(items)
    for item, row in zip(items, read.rows, strict=True):
        assert row.kind == item.kind
        assert settled(row.kind, row.content) == settled(item.kind, item.content)


def test_the_template_has_nothing_to_import_but_shows_every_kind() -> None:
    data = spreadsheet.template([("lanh-dao-xa-2022/t1", "Chuyển đổi số")], [*CONTENTS])
    assert spreadsheet.read(data, "mau.xlsx").rows == []
    shown = [
        _row(1, Cells({k: str(v) for k, v in line.items() if k[:7] != "option-"},
                      [str(v) for k, v in line.items() if k[:7] == "option-"]))
        for kind, content in EXAMPLES
        for line in lines_of(Outgoing("", kind, content))
    ]  # fmt: skip
    assert all(not row.problems for row in shown)
    assert {kind for kind, _ in EXAMPLES} == set(CONTENTS) - {"hotspot"}
