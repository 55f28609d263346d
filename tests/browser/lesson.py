"""A lesson as a learner goes through it: its questions, its video."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import choose, choose_wrongly, question_in, right_answers
from tests.browser.site import Site

CURRENT = "() => document.querySelector('video').currentTime"
TO_THE_END = """() => new Promise((done) => {
  const one = document.querySelector('video');
  one.muted = true;
  one.playbackRate = 8;
  one.addEventListener('ended', done, { once: true });
  one.play();
})"""
PLAY = """async () => {
  const one = document.querySelector('video');
  one.muted = true;
  await one.play();
  one.pause();
}"""


def unanswered(page: Page) -> Locator:
    """The first question that still waits for an answer."""
    return page.get_by_role("main").get_by_role("radiogroup").first


def answer(page: Page, site: Site, *, wrong: bool = False) -> None:
    """Answer the next question; its verdict stands there at once, without a new page."""
    group = unanswered(page)
    right = question_in(group, right_answers(site))
    choose_wrongly(group, right) if wrong else choose(group, right)
    left = page.get_by_role("radiogroup").count()
    page.get_by_role("button", name="Trả lời").first.click()
    expect(page.get_by_role("radiogroup")).to_have_count(left - 1)


def answer_all(page: Page, site: Site) -> None:
    while page.get_by_role("radiogroup").count():
        answer(page, site)


def seek(page: Page, second: int) -> None:
    page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    with page.expect_response(lambda got: got.url.endswith("/position/") and got.ok):
        page.evaluate("(at) => { document.querySelector('video').currentTime = at; }", second)
        page.wait_for_function("() => !document.querySelector('video').seeking")
        page.evaluate(PLAY)


def play_to_the_end(page: Page) -> None:
    with page.expect_response(lambda got: got.url.endswith("/position/") and got.status == 200):
        page.evaluate(TO_THE_END)
