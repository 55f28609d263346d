"""What every flow does on the pages it comes by: judge them, find things as a person does, and know
the right answers."""

import json
import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import overflow, violations
from tests.browser.site import Site, tell

RIGHT = """
import json
from lantoa.items.models import ItemVersion
from django.utils.html import strip_tags
right = {}
for version in ItemVersion.objects.select_related("item"):
    content = version.content
    if isinstance(content.get("answer"), int):
        text = content["options"][content["answer"]]["text"]
        right[" ".join(strip_tags(content["stem"]).split())] = " ".join(strip_tags(text).split())
print(json.dumps(right))
"""
_seen: set[tuple[str, str, int]] = set()
_answers: dict[str, dict[str, str]] = {}


def kind_of(path: str) -> str:
    """A path with its numbers and keys taken out: pages of one kind share it."""
    bare = re.sub(r"^https?://[^/]+", "", path).split("?")[0].split("#")[0]
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "#", bare)


def fits(page: Page) -> None:
    """Nobody must scroll sideways. (Axe itself cannot run where script is off.)"""
    page.wait_for_load_state()
    assert overflow(page) == 0, f"{page.url} is wider than the screen"


def findings(page: Page, state: str = "") -> list[str]:
    """What axe finds. It looks once at each kind of page at each width; `state` names another state
    of the same page."""
    size = page.viewport_size
    key = (kind_of(page.url), state, size["width"] if size else 0)
    if key in _seen:
        return []
    _seen.add(key)
    return violations(page)


def looked_at(page: Page, state: str = "") -> None:
    """The page fits the screen and axe finds nothing."""
    fits(page)
    assert findings(page, state) == []


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page's own heading, its answer, says so."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def right_answers(site: Site) -> dict[str, str]:
    """Every single-choice question's words → its right option's, as they stand on the screen."""
    key = str(site.data)
    if key not in _answers:
        _answers[key] = tell(site.data, RIGHT)
    return _answers[key]


def question_in(group: Locator, answers: dict[str, str]) -> str:
    """The right option of the question that is asked in this group of choices."""
    stem = group.evaluate(
        "(one) => document.getElementById(one.getAttribute('aria-labelledby'))"
        ".textContent.replace(/\\s+/g, ' ').trim()"
    )
    assert stem in answers, json.dumps(stem, ensure_ascii=False)
    return answers[stem]


def choose(group: Locator, words: str) -> None:
    group.get_by_role("radio", name=words, exact=True).check()


def choose_wrongly(group: Locator, right: str) -> None:
    radios = group.get_by_role("radio")
    names = group.locator("label").all_inner_texts()
    radios.nth(next(n for n, name in enumerate(names) if name.strip() != right)).check()


def tab_to(page: Page, goal: Locator, most: int = 80) -> None:
    """Press Tab until it has the focus, as who has no mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{goal} is not reached by {most} presses of Tab")
