"""Files that are refused as a whole: each with its reason, quickly, and without harm."""

import io
import re
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.people.rosters import REFUSALS, RosterRefused, limits, parse_roster
from lantoa.people.rosters.tests import files
from lantoa.people.rosters.tests.files import AS_OF, PLAIN

GOOD = files.xlsx({"Sheet1": PLAIN})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, filename: str) -> str:
    with pytest.raises(RosterRefused) as caught:
        parse_roster(data, filename, as_of=AS_OF)
    assert "%(" not in caught.value.message_vi
    return caught.value.code


def in_utf16(name: str) -> bytes:
    return OLE + b"\x00" * 1000 + name.encode("utf-16-le") + b"\x00" * 1000


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.xlsx", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "a.csv", "empty_file"),
        (b";;;\n;;;\n", "a.csv", "empty_file"),
        (files.xlsx({"Sheet1": []}), "a.xlsx", "empty_file"),
        (b"x" * (limits.MAX_FILE_BYTES + 1), "a.csv", "too_big"),
        (b"%PDF-1.7", "a.pdf", "wrong_type"),
        (GOOD, "a.docx", "wrong_type"),
        (GOOD, "danh sach", "wrong_type"),
        (b"%PDF-1.7", "a.xlsx", "wrong_extension"),
        (GOOD, "a.xls", "wrong_extension"),
        (GOOD, "a.csv", "wrong_extension"),
        (GOOD, "a.ods", "wrong_extension"),
        (files.xls(PLAIN), "a.xlsx", "wrong_extension"),
        (files.ods(PLAIN), "a.xlsx", "wrong_extension"),
        (b"<html><table>", "a.xls", "wrong_extension"),
        (in_utf16("WordDocument"), "a.xls", "wrong_extension"),
        (b"a;b\n\x00\x01\x02;c\n" * 50, "a.csv", "wrong_extension"),
        (GOOD, "a.xlsm", "macro"),
        (GOOD, "a.xlsb", "binary_workbook"),
        (in_utf16("EncryptedPackage"), "a.xlsx", "password"),
        (in_utf16("_VBA_PROJECT_CUR") + in_utf16("Workbook"), "a.xls", "macro"),
        (GOOD[:-300], "a.xlsx", "damaged"),
        (b"PK\x03\x04" + b"x" * 500, "a.xlsx", "damaged"),
        (in_utf16("Workbook"), "a.xls", "damaged"),
        (b"\xff\xfea\x00\xd8", "a.csv", "unknown_encoding"),
        (files.delimited([["a"] * 61]), "a.csv", "too_many_columns"),
        (b"a;b\n" * 60_001, "a.csv", "too_many_rows"),
        (b'"' + b"x" * 200_000, "a.csv", "damaged"),
    ],
)
def test_refused(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename) == code


def unchanged(name: str, part: bytes) -> bytes:
    return part


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/macrosheets/sheet1.xml", "macro"),
        ("xl/workbook.bin", "binary_workbook"),
    ],
)
def test_parts_that_are_not_taken(added: str, code: str) -> None:
    assert refusal(files.repacked(GOOD, unchanged, **{added: b"x"}), "a.xlsx") == code


def test_ods_with_macros_or_password() -> None:
    ods = files.ods(PLAIN)
    script = {"Basic/Standard/Module1.xml": b"<x/>"}
    assert refusal(files.repacked(ods, unchanged, **script), "a.ods") == "macro"
    locked = files.repacked(
        ods,
        lambda n, p: p.replace(b"/>", b"><manifest:encryption-data/>", 1) if "manifest" in n else p,
    )
    assert refusal(locked, "a.ods") == "password"


def with_rows(count: int, first_sheet_only: bool = False) -> bytes:
    body = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count + 1)
    )
    data = files.xlsx({"A": PLAIN, "B": PLAIN})
    return files.repacked(
        data,
        lambda name, part: (
            re.sub(b"<sheetData>.*</sheetData>", b"<sheetData>" + body + b"</sheetData>", part)
            if "sheet1.xml" in name or ("sheet2.xml" in name and not first_sheet_only)
            else part
        ),
    )


def test_two_million_rows() -> None:
    assert refusal(with_rows(1_000_000), "a.xlsx") == "too_many_rows"


def test_rows_of_all_sheets_count_together() -> None:
    assert refusal(with_rows(30_001), "a.xlsx") == "too_many_rows"
    roster = parse_roster(with_rows(30_001, first_sheet_only=True), "a.xlsx", as_of=AS_OF)
    assert len(list(roster.rows)) == 2


def test_a_value_far_to_the_right() -> None:
    far = b'<row r="9"><c r="BI9"><v>1</v></c></row></sheetData>'
    data = files.repacked(GOOD, lambda n, p: p.replace(b"</sheetData>", far))
    assert refusal(data, "a.xlsx") == "too_many_columns"
    near = far.replace(b"BI9", b"BH9")
    data = files.repacked(GOOD, lambda n, p: p.replace(b"</sheetData>", near))
    assert len(list(parse_roster(data, "a.xlsx", as_of=AS_OF).rows)) == 2


def test_too_many_sheets() -> None:
    data = files.xlsx({f"S{n}": PLAIN for n in range(limits.MAX_SHEETS + 1)})
    assert refusal(data, "a.xlsx") == "too_many_sheets"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = b" " * (limits.RATIO_FROM_BYTES + 10_000_000)
    data = files.repacked(GOOD, unchanged, **{"xl/media/image1.png": bomb})
    assert len(data) < 1_000_000
    assert refusal(data, "a.xlsx") == "unpacks_too_big"


def test_a_bomb_that_lies_about_its_size() -> None:
    """The directory says 100 bytes; the packed stream holds 60 million."""
    bomb = b" " * (limits.RATIO_FROM_BYTES + 10_000_000)
    data = bytearray(files.repacked(GOOD, unchanged, **{"xl/media/image1.png": bomb}))
    true_size = struct.pack("<I", len(bomb))
    while (place := data.find(true_size)) >= 0:
        data[place : place + 4] = struct.pack("<I", 100)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as lying:
        assert lying.getinfo("xl/media/image1.png").file_size == 100
    assert refusal(bytes(data), "a.xlsx") == "unpacks_too_big"


def test_an_entity_bomb_in_a_sheet() -> None:
    doctype = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    data = files.repacked(
        GOOD, lambda n, p: p.replace(b"<worksheet", doctype + b"<worksheet") if "sheet1" in n else p
    )
    assert len(list(parse_roster(data, "a.xlsx", as_of=AS_OF).rows)) == 2  # never expanded


def test_a_reader_that_would_take_all_memory_ends_alone() -> None:
    """A false count of shared strings makes the reader ask for 96 GB: only its process ends."""
    data = files.repacked(
        GOOD, lambda n, p: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4000000000"', p)
    )
    assert refusal(data, "a.xlsx") == "damaged"


def test_an_ods_that_repeats_a_value_without_end() -> None:
    ods = files.repacked(
        files.ods(PLAIN),
        lambda n, p: re.sub(
            rb'number-rows-repeated="1000000"[^>]*>.*?</table:table-row>',
            rb'number-rows-repeated="1000000"><table:table-cell office:value-type="float"'
            rb' office:value="1" table:number-columns-repeated="16000"/></table:table-row>',
            p,
        ),
    )
    assert refusal(ods, "a.ods") in {"too_many_rows", "too_many_columns", "damaged"}


def test_every_refusal_has_its_sentence() -> None:
    for code in REFUSALS:
        assert RosterRefused(code, limit=1, extension=".xls").message_vi.endswith(".")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_is_refused_or_read(place: int, junk: bytes) -> None:
    damaged = GOOD[:place] + junk + GOOD[place + len(junk) :]
    with suppress(RosterRefused):  # anything else fails the test
        parse_roster(damaged, "a.xlsx", as_of=AS_OF)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_csv_are_refused_or_read(data: bytes) -> None:
    with suppress(RosterRefused):
        parse_roster(data, "a.csv", as_of=AS_OF)
