"""Every page that a role can reach from its menu: accessible, within the screen, no complaint."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.axe import overflow, violations
from tests.browser.conftest import Open
from tests.browser.looking import findings, kind_of

pytestmark = pytest.mark.browser

ROLES = (
    "hocvien",
    "daumoi.tinh",
    "daumoi.xa",
    "soankhoahoc",
    "khaothi",
    "lanhdao",
    "quantri",
)
# Pages of one kind look alike: one of each kind is looked at.
MOST = 45
# Files, and what ends the session.
LEFT_OUT = re.compile(
    r"\.xlsx|\.pdf|\.docx|/export|/pdf|format=|/files/|/import/template/|logout|/static/|/history\.|\.ics"
)


def links(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "a[href^='/']", "links => links.map(link => link.getAttribute('href'))"
    )
    return [path for path in found if not LEFT_OUT.search(path)]


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_a_role(role: str, sign_in: Open) -> None:
    page = sign_in(role)
    page.goto("/")
    wrong: list[str] = []
    seen: set[str] = set()
    waiting = ["/", *links(page)]
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            wrong.append(f"{path}: {answer.status if answer else 'no answer'}")
            continue
        wrong += findings(page, role if path == "/" else "")
        if wider := overflow(page):
            wrong.append(f"{path}: {wider} px wider than the screen")
        waiting += links(page)
    assert wrong == []
    assert len(seen) > 4


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/activate", "/certificates/check"])
def test_doors_for_anybody(path: str, visit: object) -> None:
    page: Page = visit.page()  # type: ignore[attr-defined]
    page.goto(path)
    assert violations(page) == []
    assert overflow(page) == 0
