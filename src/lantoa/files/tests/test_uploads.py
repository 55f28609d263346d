import struct
from pathlib import Path

import pytest
from pytest_django import Settings

from lantoa.files.actions import store_upload
from lantoa.files.models import StoredFile
from lantoa.files.rules import (
    DOCUMENTS,
    IMAGES,
    KINDS,
    SPREADSHEETS,
    VIDEOS,
    FileRefused,
    safe_name,
)
from lantoa.files.tests.samples import MP4, OLE, PDF, PNG, WEBM, office, upload, xlsx

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset(KINDS)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "claimed"),
    [
        ("bài giảng.mp4", MP4, "video/mp4"),
        ("bài giảng.WEBM", WEBM, "video/webm"),
        ("tài liệu.pdf", PDF, "application/pdf"),
        ("danh sách.xlsx", xlsx(), "application/x-zip-compressed"),
        ("danh sách.xls", OLE + wide("Workbook"), "application/vnd.ms-excel"),
        ("danh sách.csv", "Họ;Tên\nĐỗ;An".encode(), "application/vnd.ms-excel"),
        ("danh sách.csv", b"\xff\xfe" + wide("Họ;Tên"), "text/csv; charset=utf-16"),
        ("dấu.png", PNG, "image/png"),
    ],
)
def test_honest_files_come_in(name: str, content: bytes, claimed: str, settings: Settings) -> None:
    stored = store_upload(upload=upload(name, content, claimed), allowed=EVERYTHING, actor=None)
    assert (Path(settings.MEDIA_ROOT) / stored.path).read_bytes() == content
    assert stored.media_type == KINDS[name.rsplit(".", 1)[1].lower()].media_type
    assert stored.size == len(content)
    assert not list(Path(settings.MEDIA_ROOT).glob("incoming-*"))


def broken_zip() -> bytes:
    whole = xlsx({"xl/sheet.xml": b"x" * 4000})
    return whole[:60] + b"\xff" * 8 + whole[68:]


def lying_zip() -> bytes:
    """Says one octet, holds ten thousand."""
    whole = bytearray(xlsx({"xl/z.xml": b"0" * 10_000}))
    for marker, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = whole.rfind(marker)
        whole[at + offset : at + offset + 4] = struct.pack("<I", 1)
    return bytes(whole)


@pytest.mark.parametrize(
    ("name", "content", "claimed", "sentence"),
    [
        ("a.exe", b"MZ", "application/octet-stream", "Chỉ nhận tệp"),
        ("a.svg", b"<svg/>", "image/svg+xml", "Chỉ nhận tệp"),
        ("a.pdf.html", b"<html>", "text/html", "Chỉ nhận tệp"),
        ("không đuôi", PDF, "application/pdf", "Chỉ nhận tệp"),
        ("a.pdf", b"", "application/pdf", "rỗng"),
        ("a.pdf", PDF, "text/html", "không khớp"),
        ("a.png", PNG, "image/svg+xml", "không khớp"),
        ("a.mp4", b"<!DOCTYPE html><script>", "video/mp4", "HTML"),
        ("a.csv", b"\xef\xbb\xbf  <svg onload=x>", "text/csv", "HTML"),
        ("a.csv", b"\xff\xfe" + wide("<html>"), "text/csv", "HTML"),
        ("a.png", b'<?xml version="1.0"?><svg/>', "image/png", "HTML"),
        ("a.mp4", b"\x00" * 100, "video/mp4", "không phải MP4"),
        ("a.webm", b"\x1a\x45\xdf\xa3matroska", "video/webm", "không phải WEBM"),
        ("a.pdf", b"MZ....", "application/pdf", "không phải PDF"),
        ("a.pdf", PDF + b"<< /S /JavaScript (app.alert) >>", "application/pdf", "mã chạy được"),
        ("a.csv", b"a,b\x00c", "text/csv", "không phải chữ"),
        ("a.xlsx", PDF, "", "hỏng"),
        ("a.xlsx", OLE + wide("EncryptedPackage"), "", "mật khẩu"),
        ("a.docx", xlsx(), "", "không phải DOCX"),
        ("a.xlsx", office({"mimetype": "x"}), "", "không phải XLSX"),
        ("a.xlsx", xlsx({"xl/vbaProject.bin": b"x"}), "", "macro"),
        ("a.xlsx", xlsx(kind="application/vnd.ms-excel.sheet.macroEnabled"), "", "macro"),
        ("a.xlsx", xlsx({"xl/macrosheets/s.xml": b"x"}), "", "macro"),
        ("a.ods", office({"Basic/Standard/m.xml": "x"}), "", "macro"),
        ("a.xls", OLE + wide("Workbook") + wide("_VBA_PROJECT_CUR"), "", "macro"),
        ("a.xls", b"Workbook", "", "không phải XLS"),
        ("a.xlsx", xlsx({"xl/bomb.xml": b"0" * 30_000_000}), "", "quá lớn"),
        ("a.xlsx", xlsx({f"xl/{n}": "" for n in range(5_001)}), "", "quá lớn"),
        ("a.xlsx", broken_zip(), "", "hỏng"),
        ("a.xlsx", lying_zip(), "", "hỏng"),
        (
            "a.docx",
            office(
                {
                    "word/document.xml": "<w/>",
                    "word/_rels/settings.xml.rels": '<R Type="x/attachedTemplate" Target="http://x/t.dotm"/>',
                }
            ),
            "",
            "địa chỉ khác",
        ),
    ],
)
def test_hostile_files_stay_out_with_a_sentence(
    name: str, content: bytes, claimed: str, sentence: str, settings: Settings
) -> None:
    allowed = VIDEOS | DOCUMENTS | SPREADSHEETS | IMAGES
    with pytest.raises(FileRefused, match=sentence):
        store_upload(upload=upload(name, content, claimed), allowed=allowed, actor=None)
    assert not StoredFile.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_over_its_limit_stays_out() -> None:
    large = upload("ảnh.png", PNG)
    large.size = KINDS["png"].limit + 1
    with pytest.raises(FileRefused, match="5 MB"):
        store_upload(upload=large, allowed=IMAGES, actor=None)


def test_the_same_bytes_lie_once(settings: Settings) -> None:
    for name in ("một.pdf", "hai.pdf"):
        store_upload(upload=upload(name, PDF), allowed=DOCUMENTS, actor=None)
    assert StoredFile.objects.count() == 2
    assert len([p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]) == 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\An\\Tài liệu.pdf", "Tài liệu.pdf"),
        ("Kế hoạch\u202efdp.exe.pdf", "Kế hoạchfdp.exe.pdf"),
        ("a\x00b<c>:d?.pdf", "abcd.pdf"),
        ("Ke\u0302\u0301 hoa\u0323ch.pdf", "Kế hoạch.pdf"),
        (".htaccess", "htaccess"),
        ("", "tep"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_for_showing_only(given: str, shown: str) -> None:
    assert safe_name(given) == shown
