"""The learner's story: from the printed code to a finished lesson, on any device."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visits
from tests.browser.lesson import CURRENT, answer, answer_all, play_to_the_end, seek, unanswered
from tests.browser.looking import (
    choose,
    fits,
    heading,
    looked_at,
    question_in,
    right_answers,
    tab_to,
)
from tests.browser.site import Site

pytestmark = pytest.mark.browser

PASSWORD = "nuong-che-xanh-2026"
NEXT = re.compile("^Bài tiếp: ")
ONWARDS = re.compile("^Bài tiếp: |^Về khóa học")


def test_a_newcomer_comes_in_by_the_printed_code_and_finishes_a_lesson(
    visit: Visit, site: Site
) -> None:
    page = visit.page()
    page.goto("/accounts/activate")
    page.get_by_label("Mã kích hoạt").fill(site.code.lower())
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Bắt đầu").click()
    heading(page, "Chào bà Duyên")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"hạn \d\d/\d\d/\d{4}"))
    looked_at(page, "newcomer")
    page.get_by_role("link", name="Bắt đầu học").click()
    _watch_some(page)
    _fail(page, site)
    _pass(page, site)


def _watch_some(page: Page) -> None:
    """The video seeks (by range requests), and goes on where one stopped."""
    seek(page, 11)
    page.reload()
    expect(page.get_by_text("Lần trước anh/chị dừng ở 0:11")).to_be_visible()
    page.wait_for_function("() => document.querySelector('video').currentTime > 8")
    assert page.evaluate(CURRENT) == pytest.approx(11, abs=2)
    looked_at(page, "video")


def _fail(page: Page, site: Site) -> None:
    """Two of five wrong: the verdict at once, then the gate stays closed."""
    expect(page.get_by_role("article").first).to_contain_text("chuyển đổi số")
    for wrong in (1, 2):
        answer(page, site, wrong=True)
        expect(page.get_by_text("Chưa đúng", exact=True)).to_have_count(wrong)
    expect(page.get_by_text("Giải thích").first).to_be_visible()
    looked_at(page, "answered")
    answer_all(page, site)
    expect(page.get_by_role("heading", name="Đúng 3/5 câu, chưa đủ")).to_be_visible()
    expect(page.get_by_role("link", name=NEXT)).to_have_count(0)
    looked_at(page, "failed")


def _pass(page: Page, site: Site) -> None:
    play_to_the_end(page)
    page.get_by_role("button", name="Làm lại câu hỏi").click()
    expect(page.get_by_role("radiogroup")).to_have_count(5)
    answer_all(page, site)
    expect(page.get_by_role("heading", name="Bài này đã xong")).to_be_visible()
    expect(page.get_by_text("Đạt 100%")).to_be_visible()
    looked_at(page, "finished")
    lesson = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(lesson)
    page.get_by_role("navigation", name="Vị trí").get_by_role("link").click()
    expect(page.get_by_role("listitem").filter(has_text=lesson)).to_contain_text("Đạt 100%")
    looked_at(page)


@pytest.mark.parametrize("login", ["0990 000 006", "HocVien@lantoa.example"])
def test_signing_in_by_phone_or_email_shows_what_is_owed(visit: Visit, login: str) -> None:
    page = visit.sign_in(login)
    heading(page, re.compile(r"Chào bà Hằng, còn \d chuyên đề nữa"))
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"hạn \d\d/\d\d/\d{4}"))
    looked_at(page)


def test_one_goes_on_where_one_stopped(visit: Visit, site: Site) -> None:
    page = visit.sign_in("hocvien")
    under_way = page.get_by_text("Đang học dở: ").inner_text().removeprefix("Đang học dở: ")
    page.get_by_role("main").get_by_role("link", name="Học tiếp", exact=True).click()
    heading(page, under_way)
    waiting = page.get_by_role("radiogroup").count()
    answer(page, site)
    page.reload()
    expect(page.get_by_role("radiogroup")).to_have_count(waiting - 1)


def test_a_lesson_by_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit.sign_in("hocvien")
    tab_to(page, page.get_by_role("link", name=re.compile("^Vào học")).first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Câu hỏi của bài")).to_be_visible()
    for left in range(page.get_by_role("radiogroup").count(), 0, -1):
        group = unanswered(page)
        right = group.get_by_role("radio", name=question_in(group, right_answers(site)), exact=True)
        tab_to(page, group.get_by_role("radio").first)
        page.keyboard.press("Space")
        while not right.is_checked():
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("radiogroup")).to_have_count(left - 1)
    tab_to(page, page.get_by_role("link", name=ONWARDS).first)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Bài này đã xong")).to_be_hidden()


def test_a_lesson_without_javascript(visits: Visits, site: Site) -> None:
    page = visits(script=False).sign_in("hocvien")
    page.get_by_role("link", name=re.compile("^Vào học")).last.click()
    fits(page)
    for _ in range(page.get_by_role("radiogroup").count()):
        group = unanswered(page)
        choose(group, question_in(group, right_answers(site)))
        page.get_by_role("button", name="Trả lời").first.click()
        expect(page.get_by_text("Đúng", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name="Bài này đã xong")).to_be_visible()
    page.get_by_role("link", name=ONWARDS).first.click()
    expect(page.get_by_role("heading", name="Bài này đã xong")).to_be_hidden()
