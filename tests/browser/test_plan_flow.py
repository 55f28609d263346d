"""From a preset to people in a cohort: programme, plan, quotas, window, enrolment."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from lantoa.kernel.clock import VIETNAM
from tests.browser.conftest import Visit
from tests.browser.looking import heading, looked_at

pytestmark = pytest.mark.browser

PRESET = "Bồi dưỡng chuyển đổi số cho lãnh đạo cấp xã (mẫu 2022)"
PROGRAMME = "Chương trình của đợt thử"
COURSE = "Bồi dưỡng chuyển đổi số cho lãnh đạo UBND cấp xã (minh họa)"
PLAN = "Kế hoạch bồi dưỡng quý IV"
WARD = "Phường Đức Xuân"
TODAY = datetime.now(VIETNAM).date()


def iso(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def test_from_a_preset_to_people_in_a_cohort(visit: Visit) -> None:
    visit.expected = ["422"]  # what is answered to a mistake in a form
    page = visit.sign_in("daumoi.tinh")
    page.goto("/plans/")
    looked_at(page)
    _make_the_programme(page)
    page.goto("/plans/")
    _make_the_plan(page)
    _give_quotas(page)
    page.goto("/plans/")
    page.get_by_role("link", name=PLAN).click()
    _issue(page)
    _open_the_cohort(page)
    _enrol(page)


def _make_the_programme(page: Page) -> None:
    page.get_by_role("link", name="Chương trình đào tạo").click()
    looked_at(page)
    page.get_by_role("link", name="Lập chương trình").click()
    looked_at(page)
    page.get_by_role("link", name=f"Dùng mẫu này: {PRESET}").click()
    expect(page.get_by_label("Đơn vị")).to_have_value(re.compile(r"\d+"))
    expect(page.get_by_label("Đơn vị").locator("option:checked")).to_have_text("Tỉnh Thái Nguyên")
    expect(page.get_by_label("Căn cứ")).not_to_have_value("")
    page.get_by_label("Mã chương trình").fill("THU-01")
    page.get_by_label("Tên chương trình").fill(PROGRAMME)
    page.get_by_label("Tạo khung khóa học").uncheck()
    page.get_by_role("checkbox", name=COURSE).check()
    page.get_by_role("checkbox", name="Bài kiểm tra cuối khóa").check()
    looked_at(page)
    page.get_by_role("button", name="Lưu chương trình").click()
    heading(page, PROGRAMME)
    expect(page.get_by_role("listitem").filter(has_text="Bài kiểm tra:")).to_contain_text("40 phút")
    looked_at(page)


def _make_the_plan(page: Page) -> None:
    page.get_by_role("link", name="Lập kế hoạch").click()
    page.get_by_label("Tên kế hoạch").fill(PLAN)
    page.get_by_label("Số quyết định").fill("1210/QĐ-UBND")
    page.get_by_label("Ngày quyết định").fill(iso(-10))
    page.get_by_label("Thực hiện từ ngày").fill(iso(-5))
    page.get_by_label("Đến hết ngày").fill(iso(-9))
    page.get_by_role("checkbox", name=PROGRAMME).check()
    page.get_by_role("button", name="Lưu bản thảo").click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    expect(page.get_by_label("Tên kế hoạch")).to_have_value(PLAN)
    looked_at(page, "mistake")
    page.get_by_label("Đến hết ngày").fill(iso(60))
    page.get_by_role("button", name="Lưu bản thảo").click()
    heading(page, PLAN)
    looked_at(page)


def _give_quotas(page: Page) -> None:
    page.get_by_role("link", name="Bảng chỉ tiêu").click()
    ward = page.get_by_label(f"Chỉ tiêu của {WARD}")
    ward.fill("bảy")
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    expect(ward).to_have_attribute("aria-invalid", "true")
    expect(ward).to_have_value("bảy")
    looked_at(page)
    ward.fill("7")
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    expect(page.get_by_label(f"Chỉ tiêu của {WARD}")).to_have_value("7")
    page.get_by_label("Dán từ bảng tính").fill("Xã Ba Bể\t6\nXã Chợ Rã\t1.004")
    page.get_by_role("button", name="Lưu các dòng đã dán").click()
    expect(page.get_by_label("Chỉ tiêu của Xã Ba Bể")).to_have_value("6")
    expect(page.get_by_label("Chỉ tiêu của Xã Chợ Rã")).to_have_value(re.compile(r"1\.?004"))


def _issue(page: Page) -> None:
    expect(page.get_by_role("link", name="Mở đợt")).to_have_count(0)
    page.get_by_role("link", name="Ban hành").click()
    heading(page, "Ban hành kế hoạch này?")
    looked_at(page)
    page.get_by_role("button", name="Ban hành").click()
    heading(page, PLAN)
    page.get_by_role("link", name="bản 1").click()
    heading(page, "Bản 1")
    looked_at(page)
    page.get_by_role("link", name=PLAN).click()


def _open_the_cohort(page: Page) -> None:
    page.get_by_role("link", name="Mở đợt").click()
    page.get_by_label("Chương trình").select_option(label=PROGRAMME)
    page.get_by_label("Tên đợt").fill("Đợt thử")
    page.get_by_label("Mở từ ngày").fill(iso(0))
    page.get_by_label("Đến hết ngày").fill(iso(20))
    looked_at(page)
    page.get_by_role("button", name="Mở đợt").click()
    heading(page, "Ghi danh vào Đợt thử")


def _enrol(page: Page) -> None:
    page.get_by_label("Đơn vị", exact=True).select_option(label=WARD)
    page.get_by_label("Lãnh đạo, quản lý").select_option(label="Chỉ lãnh đạo, quản lý")
    page.get_by_role("button", name="Xem trước").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile(r"Sẽ ghi danh \d+ người, 0 đã có, \d+ đã thôi việc"))
    found = re.search(r"\d+", title.inner_text())
    assert found
    looked_at(page)
    page.get_by_role("button", name=f"Ghi danh {found.group()} người").click()
    heading(page, f"Đợt thử: {found.group()} học viên")
    looked_at(page)
