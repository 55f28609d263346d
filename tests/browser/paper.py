"""A test's paper as a candidate works on it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import choose, choose_wrongly, question_in, right_answers
from tests.browser.site import Site


def asked(page: Page) -> Locator:
    """The question on the screen."""
    return page.get_by_role("radiogroup").and_(page.locator(":visible"))


def go(page: Page, number: int) -> None:
    page.get_by_role("link", name=re.compile(rf"^{number} ")).click()
    expect(page.get_by_role("heading", name=f"Câu {number} / ")).to_be_visible()


def answer(page: Page, site: Site, number: int, *, wrong: bool = False) -> None:
    go(page, number)
    right = question_in(asked(page), right_answers(site))
    choose_wrongly(asked(page), right) if wrong else choose(asked(page), right)


def pick(page: Page, number: int, place: int) -> None:
    """The option at this place (from 0) of the question of this number."""
    go(page, number)
    asked(page).get_by_role("radio").nth(place).check()


def picked(page: Page, number: int) -> int:
    go(page, number)
    radios = asked(page).get_by_role("radio")
    return next(place for place in range(radios.count()) if radios.nth(place).is_checked())


def saved(page: Page, words: str) -> None:
    """What the page says about what the server has; it keeps trying by itself for some time."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible(timeout=40_000)


def begin(page: Page) -> int:
    """From the rules to the paper; how many questions it has."""
    page.get_by_role("button", name=re.compile("^Bắt đầu làm bài|^Làm lại bài kiểm tra")).click()
    page.get_by_role("button", name="Câu tiếp").wait_for()
    return page.get_by_role("link", name=re.compile(r"^\d+ (chưa|đã) trả lời")).count()


def ask_to_submit(page: Page) -> Locator:
    """The question that comes before submitting."""
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def submit(page: Page) -> None:
    ask_to_submit(page).get_by_role("button", name="Nộp bài ngay").click()
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible(timeout=40_000)


def head(page: Page) -> str:
    """The receipt's code."""
    return page.locator("[data-head]").inner_text().strip()
