"""A coordinator's whole way, from a programme to people in a cohort, without a mouse; each stop of
the Tab key is looked at (`keyboard.py`). And what the keyboard does in menus and filters.

After the others by its name: the cohort that it opens is the newest then, and the leaders' page
shows the newest."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from lantoa.kernel.clock import VIETNAM
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.looking import heading
from tests.browser.site import PASSWORD

pytestmark = pytest.mark.browser

PROGRAMME = "Chương trình lập bằng bàn phím"
PLAN = "Kế hoạch lập bằng bàn phím"
WARD = "Phường Đức Xuân"
TODAY = datetime.now(VIETNAM).date()


def day(offset: int) -> str:
    return f"{TODAY + timedelta(days=offset):%d/%m/%Y}"


def test_from_a_programme_to_people_in_a_cohort(visit: Visit, width: int) -> None:
    visit.expected = ["422"]  # what is answered to a mistake in a form
    page = visit.page()
    keys = Keyboard(page)
    _come_in(page, keys)
    _to_the_plans(page, keys, width)
    _make_the_programme(page, keys)
    _make_the_plan(page, keys)
    _give_a_quota(page, keys)
    _open_the_cohort(page, keys)
    _enrol(page, keys)


def _come_in(page: Page, keys: Keyboard) -> None:
    page.goto("/accounts/login/")
    keys.write("Số điện thoại, thư điện tử", "daumoi.tinh@lantoa.example")
    keys.write("Mật khẩu", PASSWORD)
    keys.enter()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def _to_the_plans(page: Page, keys: Keyboard, width: int) -> None:
    if width < 600:
        keys.press("^Danh mục$")
        expect(page.get_by_role("navigation", name="Danh mục")).to_be_visible()
    keys.go("^Kế hoạch$")
    heading(page, "kế hoạch")


def _make_the_programme(page: Page, keys: Keyboard) -> None:
    keys.go("^Chương trình đào tạo$")
    heading(page, "chương trình đào tạo")
    keys.go("^Lập chương trình$")
    keys.go("^Không dùng mẫu")
    keys.write("^Mã chương trình", "PHIM-01")
    keys.write("^Tên chương trình", PROGRAMME)
    keys.press("^Bồi dưỡng chuyển đổi số cho lãnh đạo UBND")
    keys.go("^Lưu chương trình$")
    heading(page, PROGRAMME)


def _make_the_plan(page: Page, keys: Keyboard) -> None:
    keys.go("^Kế hoạch$")  # in the breadcrumb
    keys.go("^Lập kế hoạch$")
    keys.write("^Tên kế hoạch", PLAN)
    keys.write("^Số quyết định", "7/QĐ-UBND")
    keys.write("^Ngày quyết định", day(-3))
    keys.write("^Thực hiện từ ngày", day(-1))
    keys.write("^Đến hết ngày", day(40))
    box = page.get_by_role("checkbox", name=PROGRAMME)
    keys.to(PROGRAMME)
    if not box.is_checked():
        page.keyboard.press("Space")
    expect(box).to_be_checked()
    keys.go("^Lưu bản thảo$")
    heading(page, PLAN)


def _give_a_quota(page: Page, keys: Keyboard) -> None:
    keys.go("^Bảng chỉ tiêu")
    keys.write(f"Chỉ tiêu của {WARD}", "bảy")
    keys.enter()
    expect(page.get_by_label(f"Chỉ tiêu của {WARD}")).to_have_attribute("aria-invalid", "true")
    assert keys.here() is not None, "the summary of mistakes is read first"
    keys.write(f"Chỉ tiêu của {WARD}", "7")
    keys.enter()
    expect(page.get_by_label(f"Chỉ tiêu của {WARD}")).to_have_value("7")
    keys.go(f"^{PLAN}|^7/QĐ-UBND")
    heading(page, PLAN)


def _open_the_cohort(page: Page, keys: Keyboard) -> None:
    keys.go("^Ban hành$")
    heading(page, "Ban hành kế hoạch này?")
    keys.go("^Ban hành$")
    heading(page, PLAN)
    keys.go("^Mở đợt$")
    keys.write("^Tên đợt", "Đợt bàn phím")
    keys.write("^Mở từ ngày", day(0))
    keys.write("^Đến hết ngày", day(20))
    keys.go("^Mở đợt$")
    heading(page, "Ghi danh vào Đợt bàn phím")


def _enrol(page: Page, keys: Keyboard) -> None:
    keys.to("^Đơn vị$")
    unit = page.get_by_label("Đơn vị", exact=True)
    for _ in range(200):
        if unit.locator("option:checked").inner_text() == WARD:
            break
        page.keyboard.press("ArrowDown")
    keys.go("^Xem trước$")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile(r"Sẽ ghi danh \d+ người"))
    found = re.search(r"\d+", title.inner_text())
    assert found
    keys.go(f"^Ghi danh {found.group()} người")
    heading(page, f"Đợt bàn phím: {found.group()} học viên")


def test_menus_close_and_give_the_focus_back(visit: Visit, width: int) -> None:
    page = visit.sign_in("daumoi.tinh")
    keys = Keyboard(page)
    keys.press("Bỏ qua")
    assert page.evaluate("document.activeElement.id") == "main"
    menus = ["Tài khoản của"] if width > 600 else ["Tài khoản của", "^Danh mục$"]
    for words in menus:
        page.goto("/people/units/")
        keys.press(words)
        opened = page.locator("details[data-menu][open]")
        expect(opened).to_have_count(1)
        page.keyboard.press("Tab")
        keys.here()
        page.keyboard.press("Escape")
        expect(opened).to_have_count(0)
        stop = keys.here()
        assert stop is not None
        assert re.search(words, str(stop["words"])), "the focus is given back to what opened it"
        page.keyboard.press("Enter")
        keys.to("^Vai trò$")
        expect(opened).to_have_count(0)


def test_choices_can_be_gone_through_before_a_filter_applies(visit: Visit) -> None:
    page = visit.sign_in("daumoi.tinh")
    page.goto("/people/units/")
    keys = Keyboard(page)
    keys.to("^Loại$")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    kind = page.get_by_label("Loại")
    expect(kind.locator("option:checked")).not_to_have_text("Mọi loại")
    chosen = kind.input_value()
    assert "?" not in page.url, "the arrow keys must not send the page away"
    page.wait_for_timeout(300)
    keys.go("^Tìm$")
    page.wait_for_url(lambda url: f"kind={chosen}" in url)
    page.get_by_label("Loại").select_option(index=1)
