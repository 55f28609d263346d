"""An author writes a course, is held back by what is missing, publishes it, and writes on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at

pytestmark = pytest.mark.browser

COURSE = "An toàn thông tin cho cán bộ xã"
TOPIC, LESSON = "Mật khẩu và thiết bị", "Một mật khẩu tốt"
DEMO = "Bồi dưỡng chuyển đổi số cho lãnh đạo UBND cấp xã (minh họa)"


def test_from_an_empty_course_to_a_published_one(visit: Visit) -> None:
    visit.expected = ["422"]
    page = visit.sign_in("soankhoahoc")
    page.get_by_role("link", name="Khóa học").and_(page.locator(":visible")).first.click()
    looked_at(page)
    page.get_by_role("link", name="Tạo khóa học").click()
    page.get_by_label("Tên khóa học").fill(COURSE)
    page.get_by_label("Mã khóa học").fill("ATTT-XA")
    looked_at(page)
    page.get_by_role("button", name="Tạo khóa học").click()
    expect(page.get_by_role("heading", name="Chưa có chuyên đề nào")).to_be_visible()
    looked_at(page, "empty")
    page.get_by_role("link", name="Thêm chuyên đề đầu tiên").click()
    page.get_by_label("Tên chuyên đề").fill(TOPIC)
    page.get_by_role("button", name="Lưu").click()
    _be_held_back(page, f"Chuyên đề “{TOPIC}” chưa có bài nào.")
    page.get_by_role("link", name="Thêm bài").click()
    page.get_by_label("Tên bài").fill(LESSON)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name=LESSON, exact=True).click()
    looked_at(page)
    _write_the_text(page)
    _write_the_question(page)
    page.get_by_role("link", name=COURSE).click()
    _publish(page, "Bản đầu tiên")
    looked_at(page, "published")


def _be_held_back(page: Page, sentence: str) -> None:
    page.get_by_role("link", name="Xuất bản").click()
    heading(page, "Còn 1 việc phải sửa trước khi xuất bản")
    looked_at(page, "held back")
    page.get_by_role("link", name=sentence).click()


def _write_the_text(page: Page) -> None:
    """Typed as one types: a bold word, a heading, a list; what is stored is what stands there."""
    page.get_by_role("link", name="Bài đọc").click()
    area = page.get_by_role("textbox", name="Nội dung")
    area.click()
    page.get_by_role("button", name="Đậm").click()
    page.keyboard.type("Dài")
    page.get_by_role("button", name="Đậm").click()
    page.keyboard.type(" thì khó đoán.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Danh sách").click()
    page.keyboard.type("Không dùng lại mật khẩu cũ")
    looked_at(page)
    page.get_by_role("button", name="Lưu").click()
    heading(page, LESSON)


def _write_the_question(page: Page) -> None:
    page.get_by_role("link", name=re.compile("một phương án đúng")).click()
    page.get_by_label("Câu hỏi").fill("Mật khẩu nào khó đoán nhất?")
    page.get_by_label("Phương án A").fill("12345678")
    page.get_by_label("Phương án B").fill("Một câu dài dễ nhớ")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Phương án đúng")
    expect(page.get_by_label("Phương án B")).to_have_value("Một câu dài dễ nhớ")
    looked_at(page, "mistake")
    page.get_by_role("radio", name="B", exact=True).check()
    page.get_by_role("button", name="Lưu").click()
    heading(page, LESSON)
    page.get_by_role("link", name="Xem như học viên").click()
    text = page.get_by_role("article")
    expect(text.get_by_role("paragraph")).to_have_text("Dài thì khó đoán.")
    expect(text.locator("strong, b")).to_have_text("Dài")
    expect(text.get_by_role("listitem")).to_have_text("Không dùng lại mật khẩu cũ")
    expect(page.get_by_role("radiogroup", name="Mật khẩu nào khó đoán nhất?")).to_be_visible()
    looked_at(page)
    page.go_back()


def _publish(page: Page, note: str) -> None:
    page.get_by_role("link", name="Xuất bản").click()
    page.get_by_label("Nội dung thay đổi").fill(note)
    looked_at(page, "ready")
    page.get_by_role("button", name="Xuất bản").click()
    expect(page.get_by_text(re.compile(r"^Đã xuất bản bản \d\."))).to_be_visible()


def test_learners_stay_on_their_version(visit: Visit, visits: Visits) -> None:
    page = visit.sign_in("soankhoahoc")
    page.goto("/courses/")
    page.get_by_role("link", name=DEMO).click()
    page.get_by_role("button", name="Sửa ở bản nháp mới").click()
    page.get_by_role("link", name=re.compile("^Sửa “5|^Sửa “An toàn")).click()
    page.get_by_label("Tên chuyên đề").fill("An toàn thông tin, bản sửa")
    page.get_by_role("button", name="Lưu").click()
    _publish(page, "Sửa tên chuyên đề 5")
    heading(page, re.compile(r"\d+ người còn học bản cũ"))
    expect(page.get_by_text("Sửa tên chuyên đề 5")).to_be_visible()
    looked_at(page)
    learner = visits().sign_in("hocvien")
    learner.goto("/courses/1/")
    expect(learner.get_by_role("main")).to_contain_text("5. An toàn thông tin")
    expect(learner.get_by_role("main")).not_to_contain_text("bản sửa")
