"""A coordinator keeps the register: units, people, roles, codes; and stays within their unit."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from lantoa.kernel.clock import VIETNAM
from tests.browser.conftest import Open, Visits
from tests.browser.looking import heading, looked_at

pytestmark = pytest.mark.browser

SURNAME, GIVEN = "Triệu Thị", "Mùi"
NAME = f"{SURNAME} {GIVEN}"
PHONE = "0993 111 222"
PASSWORD = "doi-che-suong-som-2026"
UNITS = "/people/units/"


def shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def test_units_are_found_without_accents(sign_in: Open) -> None:
    page = sign_in("daumoi.tinh")
    page.goto(UNITS)
    heading(page, re.compile(r"\d+ đơn vị, \d+ người"))
    looked_at(page)
    page.get_by_label("Tên hoặc mã, cả tên cũ").fill("duc xuan")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("link", name="Phường Đức Xuân").first).to_be_visible()
    looked_at(page, "found")
    page.get_by_role("link", name="Phường Đức Xuân").last.click()
    heading(page, "Phường Đức Xuân")
    expect(page.get_by_role("heading", name="Hợp thành từ")).to_be_visible()
    looked_at(page)


def test_a_person_is_added_corrected_given_a_role_and_a_code(sign_in: Open, visits: Visits) -> None:
    page = sign_in("daumoi.tinh")
    page.goto("/people/persons/")
    looked_at(page)
    page.get_by_role("link", name="Thêm người").click()
    _add_with_a_mistake(page)
    _give_and_withdraw_a_role(page)
    code = _print_a_code(page)
    _come_in(visits().page(), code)


def _add_with_a_mistake(page: Page) -> None:
    page.get_by_label("Đơn vị công tác").fill("Phường Đức Xuân")
    page.get_by_label("Họ và đệm").fill(SURNAME)
    page.get_by_label("Tên", exact=True).fill(GIVEN)
    page.get_by_label("Ngày sinh").fill("31/02/1987")
    page.get_by_label("Số điện thoại").fill(PHONE)
    looked_at(page)
    page.get_by_role("button", name="Lưu").click()
    field = page.get_by_label("Ngày sinh")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("31/02/1987")
    expect(field).to_have_accessible_description(re.compile(r"[Nn]gày"))
    expect(page.get_by_label("Họ và đệm")).to_have_value(SURNAME)
    expect(page.get_by_label("Số điện thoại")).to_have_value(PHONE)
    looked_at(page, "mistake")
    field.fill("28/02/1987")
    page.get_by_role("button", name="Lưu").click()
    heading(page, NAME)
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_label("Chức vụ, chức danh").fill("Công chức Văn hóa – Xã hội")
    page.get_by_role("button", name="Lưu").click()
    heading(page, NAME)
    expect(page.get_by_role("main")).to_contain_text("Công chức Văn hóa – Xã hội")
    looked_at(page)


def _give_and_withdraw_a_role(page: Page) -> None:
    until = datetime.now(VIETNAM).date() + timedelta(days=90)
    page.get_by_role("link", name="Giao vai trò…").click()
    page.get_by_role("radio", name="Lãnh đạo").check()
    page.get_by_label("Đến hết ngày").fill(shown(until))
    looked_at(page)
    page.get_by_role("button", name="Giao vai trò").click()
    role = page.get_by_role("listitem").filter(has_text="Lãnh đạo").filter(has_text="đến hết")
    expect(role).to_contain_text(f"đến hết {shown(until)}")
    role.get_by_role("link", name="Thu hồi").click()
    looked_at(page)
    page.get_by_role("main").get_by_role("button", name=re.compile("Thu hồi")).click()
    expect(page.get_by_text("Đã thu hồi vai trò.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=NAME)).to_have_count(0)
    page.get_by_role("link", name="Đã hết").click()
    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("Lãnh đạo")


def _print_a_code(page: Page) -> str:
    page.goto("/people/persons/")
    page.get_by_label("Tên hoặc số điện thoại").fill("trieu thi mui")
    page.get_by_role("button", name="Tìm", exact=True).click()
    heading(page, "1 người")
    page.get_by_role("checkbox", name=f"Chọn {NAME}").check()
    page.get_by_role("button", name="Cấp mã cho người đã chọn").click()
    heading(page, "Cấp mã kích hoạt cho 1 người?")
    looked_at(page)
    page.get_by_role("main").get_by_role("button", name=re.compile("^Cấp")).click()
    heading(page, "1 mã kích hoạt")
    expect(page.get_by_role("button", name="In phiếu")).to_be_visible()
    looked_at(page)
    page.emulate_media(media="print")
    expect(page.get_by_text(NAME)).to_be_visible()
    expect(page.get_by_role("button", name="In phiếu")).to_be_hidden()
    page.emulate_media(media="screen")
    found = re.search(r"\b[A-Z0-9]{5}-[A-Z0-9]{5}\b", page.get_by_role("main").inner_text())
    assert found
    return found.group()


def _come_in(page: Page, code: str) -> None:
    """Who is in no cohort yet sees what will stand there."""
    page.goto("/accounts/activate")
    page.get_by_label("Mã kích hoạt").fill(code)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", name="Chưa có đợt học nào")).to_be_visible()
    looked_at(page, "nothing owed")


def test_another_units_rows_do_not_exist(sign_in: Open, visits: Visits) -> None:
    page = sign_in("daumoi.tinh")
    page.goto(f"{UNITS}?q=ba+be")
    unit = page.get_by_role("link", name="Xã Ba Bể").last.get_attribute("href")
    page.goto("/people/persons/?unit=" + "Xã Ba Bể")
    person = page.get_by_role("rowheader").get_by_role("link").first.get_attribute("href")
    below = visits()
    below.expected = ["404"]
    page = below.sign_in("daumoi.xa")
    page.goto(UNITS)
    heading(page, re.compile(r"\d+ người"))
    for address in (unit, person):
        assert address is not None
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        heading(page, "Không")
    looked_at(page, "404")
