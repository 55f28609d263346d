"""A real Chromium on a phone's and a desk's screen, against the model province as it is served."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.browser import site as sites
from tests.browser.site import PASSWORD, Site

# Playwright's loop runs in this thread; Django would take it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (360, 1280)
NAMES = {360: "phone", 1280: "desk"}

Open = Callable[[str], Page]
Visits = Callable[..., "Visit"]
# Two cores serve, build and look at once.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One screen's flows follow one another on one copy of the province; two screens run beside
    each other."""
    for item in items:
        asked = getattr(item, "callspec", None)
        name = NAMES.get(asked.params.get("width"), "desk") if asked else "desk"
        item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("LANTOA_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: NAMES[width])
def width(request: pytest.FixtureRequest) -> int:
    asked: int = request.param
    return asked


class Visit:
    """A browser context whose pages fail the test when the browser complains: script errors,
    refused content, missing files. `expected`: words of complaints that belong to the story."""

    def __init__(
        self, chromium: Browser, base_url: str, width: int, *, script: bool = True
    ) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.context: BrowserContext = chromium.new_context(
            base_url=base_url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": 800},
            has_touch=width < 600,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        self.context.set_default_timeout(15_000)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def sign_in(self, name: str, password: str = PASSWORD) -> Page:
        """A page on which somebody is signed in: by what they type, or by the short name of a
        member of the demo."""
        page = self.page()
        page.goto("/accounts/login/")
        typed = name if re.search(r"[@\d]", name) else f"{name}@lantoa.example"
        page.get_by_label("Số điện thoại, thư điện tử").fill(typed)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    def close(self) -> None:
        self.context.close()
        complaints = [
            text for text in self.complaints if not any(words in text for words in self.expected)
        ]
        assert complaints == []

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, width: int) -> Iterator[Page]:
    visit = Visit(chromium, live_server.url, width)
    yield visit.page()
    visit.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    data = tmp_path_factory.mktemp("province")
    return data, sites.build(data)


@pytest.fixture(scope="session")
def served(
    built: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[int], Site]]:
    """One copy of the province per screen: what is done on the phone isn't seen on the desk."""
    running: dict[int, Site] = {}
    with ExitStack() as stack:

        def of(width: int) -> Site:
            if width not in running:
                data = tmp_path_factory.mktemp(NAMES[width])
                running[width] = stack.enter_context(sites.served(*built, data))
            return running[width]

        yield of


@pytest.fixture
def site(served: Callable[[int], Site], width: int) -> Site:
    return served(width)


@pytest.fixture
def visits(chromium: Browser, site: Site, width: int) -> Iterator[Visits]:
    """visits() → another person's browser; visits(script=False) → one without JavaScript."""
    opened: list[Visit] = []

    def one_more(*, script: bool = True) -> Visit:
        opened.append(Visit(chromium, site.url, width, script=script))
        return opened[-1]

    yield one_more
    for visit in opened:
        visit.close()


@pytest.fixture
def visit(visits: Visits) -> Visit:
    return visits()


@pytest.fixture
def sign_in(visit: Visit) -> Open:
    """sign_in("hocvien") → a page on which that member of the demo is signed in."""
    return visit.sign_in
