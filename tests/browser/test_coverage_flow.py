"""How far a province has come: unit by unit, down to the people, as spreadsheets too."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from lantoa.kernel.clock import VIETNAM
from tests.browser.conftest import Open
from tests.browser.looking import heading, looked_at

pytestmark = pytest.mark.browser

COURSE = "Bồi dưỡng chuyển đổi số cho lãnh đạo UBND cấp xã (minh họa)"
WARD = "Phường Đức Xuân"


def table_of(page: Page, keep: Path) -> list[tuple[Any, ...]]:
    """The rows of the spreadsheet that "Xuất .xlsx" gives, from its head row on."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Xuất .xlsx").click()
    path = keep / download.value.suggested_filename
    download.value.save_as(path)
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row and row[0] == "STT")
    return [tuple(cell for cell in row) for row in rows[head:]]


def test_coverage_leads_down_to_the_people(sign_in: Open, tmp_path: Path) -> None:
    page = sign_in("daumoi.tinh")
    page.goto("/plans/")
    this_year = datetime.now(VIETNAM).year  # next year's is a draft
    page.get_by_role("link", name=f"Bồi dưỡng chuyển đổi số cấp xã năm {this_year}").click()
    page.get_by_role("link", name=COURSE).click()
    heading(page, re.compile(r"Tỉnh Thái Nguyên: \d+ trên 80 người đã hoàn thành"))
    expect(page.get_by_text(re.compile(r"số liệu lúc \d\d:\d\d ngày"))).to_be_visible()
    looked_at(page)
    units = table_of(page, tmp_path)
    assert units[0][:3] == ("STT", "Đơn vị", "Chỉ tiêu (người)")
    assert units[0][3:5] == ("Đã đề cử (người)", "Đã ghi danh (người)")
    assert any(row[1] == WARD and row[2] == 7 for row in units)
    page.get_by_role("link", name=WARD).click()
    heading(page, re.compile(rf"{WARD}: \d+ trên 7 người đã hoàn thành"))
    page.get_by_role("link", name="Danh sách học viên").click()
    heading(page, re.compile(r"^\D*7 "))
    looked_at(page)
    people = table_of(page, tmp_path)
    assert people[0][:5] == ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị")
    hang = next(row for row in people if row[1] == "Nguyễn Thị Hằng")
    assert hang[2] == "12/06/1984"
    page.get_by_label("Trạng thái").select_option(label="Trễ hạn")
    page.wait_for_url(re.compile("state=late"))
    looked_at(page, "late")
