"""A messy roster as a unit sends it: read, looked through, applied, found again, undone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.looking import heading, looked_at
from tests.browser.site import Site

pytestmark = pytest.mark.browser

WARD = "Phường Đức Xuân"
SPOILT = "Dương Thị Nhàn"  # her personal number has lost its leading zero
FOLDED = "Lý Hữu Thắng"  # written in capitals, the phone without its zero


def send(page: Page, file: Path) -> None:
    page.goto("/people/rosters/add")
    page.get_by_label("Tệp danh sách").set_input_files(file)
    looked_at(page)
    page.get_by_role("button", name="Đọc tệp").click()
    # The reading is a job; its page shows the progress and then what was read.
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("hàng|người|mới"))
    page.get_by_role("navigation", name="Lọc theo kết quả").wait_for()


def only(page: Page, result: str) -> None:
    page.get_by_role("navigation", name="Lọc theo kết quả").get_by_role(
        "link", name=re.compile(f"^{result}")
    ).click()


def test_a_roster_is_read_corrected_applied_and_undone(sign_in: Open, site: Site) -> None:
    page = sign_in("daumoi.tinh")
    file = site.data / "danh-sach-thu.xlsx"
    send(page, file)
    heading(page, "14 hàng cần")
    looked_at(page, "doubtful")
    _say_where_they_work(page)
    _look_through(page)
    page.get_by_role("button", name="Áp dụng").click()
    heading(page, "Đã thêm 14 người, sửa 1 người")
    looked_at(page, "applied")
    applied = page.url
    _find(page, FOLDED, 1)
    send(page, file)
    _say_where_they_work(page)
    expect(page.get_by_text("Không có gì mới để nhập.")).to_be_visible()
    page.goto(applied)
    page.get_by_role("link", name="Hoàn tác").click()
    looked_at(page)
    page.get_by_role("main").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text(re.compile("^Hoàn tác lúc"))).to_be_visible()
    looked_at(page, "undone")
    _find(page, FOLDED, 0)


def _say_where_they_work(page: Page) -> None:
    """The rows name no unit; nothing is guessed from the title until it is confirmed."""
    page.get_by_role("link", name="Trang tính và cột").click()
    expect(page.get_by_label("Cột C là")).to_have_value(re.compile("."))
    expect(page.get_by_label("Cột C là").locator("option:checked")).to_contain_text("cột Nam")
    looked_at(page)
    page.get_by_label("Đơn vị của những hàng không ghi đơn vị").fill(WARD)
    page.get_by_label("Cột E là").select_option(label="Ghi chú")
    page.get_by_role("button", name=re.compile("[Đđ]ọc lại")).click()
    page.get_by_role("navigation", name="Lọc theo kết quả").wait_for()
    page.get_by_role("link", name="Trang tính và cột").click()
    expect(page.get_by_label("Cột E là").locator("option:checked")).to_have_text("Ghi chú")
    page.get_by_label("Cột E là").select_option(label="Chức vụ, chức danh")
    page.get_by_role("button", name=re.compile("[Đđ]ọc lại")).click()
    page.get_by_role("navigation", name="Lọc theo kết quả").wait_for()


def _look_through(page: Page) -> None:
    heading(page, "3 hàng cần")
    spoilt = page.get_by_role("row").filter(has_text=SPOILT)
    expect(spoilt).to_contain_text("Chưa nhập số này")
    page.get_by_role("button", name="Nhận cả 3 hàng đang lọc").click()
    expect(page.get_by_text("Áp dụng sẽ thêm 14 người mới")).to_be_visible()
    only(page, "Mới")
    row = page.get_by_role("row").filter(has_text=FOLDED)
    expect(row).to_contain_text("Viết lại họ tên “LÝ HỮU THẮNG”")
    expect(row).to_contain_text("Thêm lại số 0 ở đầu: 0991000002")
    looked_at(page, "new")
    only(page, "Thay đổi")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").last).to_contain_text("→")


def _find(page: Page, name: str, count: int) -> None:
    page.goto("/people/persons/")
    page.get_by_label("Tên hoặc số điện thoại").fill(name)
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("rowheader", name=re.compile(name))).to_have_count(count)


def test_a_file_that_is_no_roster_is_refused_with_a_sentence(sign_in: Open, tmp_path: Path) -> None:
    page = sign_in("daumoi.tinh")
    spoilt = tmp_path / "danh-sach.xlsx"
    spoilt.write_bytes(b"PK\x03\x04 not a workbook")
    page.goto("/people/rosters/add")
    page.get_by_label("Tệp danh sách").set_input_files(spoilt)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"\w{3}"))
    looked_at(page, "refused")
