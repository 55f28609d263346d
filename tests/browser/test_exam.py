"""A candidate's test in a real browser: the network goes, the page is closed, nothing is lost."""

import re
from collections.abc import Iterator

import pytest
from conftest import Grant, MakePerson, SignedIn
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lantoa.exams.actions import open_sittings
from lantoa.exams.actions.sittings import window
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.rules import first_break, latest
from lantoa.exams.tests.conftest import World, make_world
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from tests.browser.axe import overflow, violations
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# What the browser writes about a network that we took away ourselves.
EXPECTED = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED")


@pytest.fixture
def world(live_server: LiveServer, province: Unit, commune: Unit, make_person: MakePerson) -> World:
    """A sitting that is open now, for somebody who has done the course."""
    world = make_world(province, make_person("Nguyễn Thị Hằng", commune), attempts_allowed=2)
    opens_at, closes_at = window(clock.today(), clock.today())
    Sitting.objects.update(opens_at=opens_at, closes_at=closes_at)
    assert open_sittings(actor=None, cohort=world.cohort) == []
    world.finish_course()
    return world


def let_in(visit: Visit, signed_in: SignedIn, person: Person, url: str) -> Page:
    session = signed_in(person).cookies["sessionid"].value
    visit.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    return visit.page()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, width: int) -> Iterator[Visit]:
    visit = Visit(chromium, live_server.url, width)
    yield visit
    visit.context.close()
    assert [words for words in visit.complaints if not EXPECTED.search(words)] == []


def choose(page: Page, option: int) -> None:
    page.locator(".lt-slot:visible input[type=radio]").nth(option).check()


def test_an_outage_and_a_closed_page_lose_nothing(
    live_server: LiveServer, world: World, visit: Visit, signed_in: SignedIn
) -> None:
    page = let_in(visit, signed_in, world.person, live_server.url)
    page.goto(f"/exams/sittings/{world.sitting.pk}/take/")
    assert violations(page) == []
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    status = page.locator("[data-status]")
    expect(status).to_have_text("Đã lưu 0/10")
    assert violations(page) == []
    assert overflow(page) == 0
    choose(page, 1)
    expect(status).to_have_text("Đã lưu 1/10")

    visit.context.set_offline(True)
    for option in (2, 3):
        page.get_by_role("button", name="Câu tiếp").click()
        choose(page, option)
    expect(status).to_have_text("Chờ mạng: 2 câu")
    expect(page.locator("[data-trouble]")).to_contain_text("Anh/chị cứ làm tiếp")
    assert violations(page) == []
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("[data-trouble]")).to_contain_text("Chưa nộp được")
    attempt = Attempt.objects.get()
    assert latest(attempt.answers.all()) == {0: 1}

    # The browser is closed while two answers wait, and opened again with a network.
    address = page.url
    page.close()
    visit.context.set_offline(False)
    page = visit.page()
    page.goto(address)
    expect(page.locator("[data-status]")).to_have_text("Đã lưu 3/10")
    assert latest(attempt.answers.all()) == {0: 1, 1: 2, 2: 3}
    rows = attempt.answers.order_by("id")
    root, name = attempt.form.digest, str(attempt.public_id)
    assert first_break(root=root, attempt=name, rows=rows) is None

    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Còn 7 câu chưa trả lời")
    assert violations(page) == []
    page.get_by_role("button", name="Nộp bài ngay").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hưa đạt")
    assert violations(page) == []
    assert overflow(page) == 0


def test_the_page_submits_when_the_servers_time_is_over(
    live_server: LiveServer, world: World, visit: Visit, signed_in: SignedIn
) -> None:
    page = let_in(visit, signed_in, world.person, live_server.url)
    page.goto(f"/exams/sittings/{world.sitting.pk}/take/")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    choose(page, 0)
    expect(page.locator("[data-status]")).to_have_text("Đã lưu 1/10")
    attempt = Attempt.objects.get()
    attempt.deadline_at = clock.now() + (clock.now() - attempt.started_at) / 2
    attempt.save()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hưa đạt", timeout=20000)
    attempt.refresh_from_db()
    assert attempt.submission.cause == "time"


def test_what_is_chosen_before_the_script_runs_is_sent(
    live_server: LiveServer, world: World, visit: Visit, signed_in: SignedIn
) -> None:
    page = let_in(visit, signed_in, world.person, live_server.url)
    page.goto(f"/exams/sittings/{world.sitting.pk}/take/")
    held = []
    page.route("**/exams/sender.js", lambda route: held.append(route))
    page.get_by_role("button", name="Bắt đầu làm bài").click(no_wait_after=True)
    page.locator("#q-4 input[type=radio]").nth(2).check()
    assert held
    held[0].continue_()
    expect(page.locator("[data-status]")).to_have_text("Đã lưu 1/10")
    assert latest(Attempt.objects.get().answers.all()) == {3: 2}


def test_flags_and_text_size_stay(
    live_server: LiveServer, world: World, visit: Visit, signed_in: SignedIn
) -> None:
    page = let_in(visit, signed_in, world.person, live_server.url)
    page.goto(f"/exams/sittings/{world.sitting.pk}/take/")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.locator("[data-steps]")).to_be_visible()
    page.locator(".lt-slot:visible [data-flag]").check()
    page.get_by_role("button", name="Chữ rất lớn").click()
    page.reload()
    expect(page.locator(".lt-map a[data-flagged]")).to_have_count(1)
    expect(page.locator("body")).to_have_attribute("data-text", "l")
    assert overflow(page) == 0
    # By keyboard alone: the map's tenth square, then a choice with the space bar.
    page.locator(".lt-map a").nth(9).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lt-slot:visible h2")).to_have_text("Câu 10 / 10")
    page.locator(".lt-slot:visible input[type=radio]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-status]")).to_have_text("Đã lưu 1/10")


def test_the_bank_and_the_sittings_are_accessible(
    live_server: LiveServer,
    world: World,
    visit: Visit,
    signed_in: SignedIn,
    grant: Grant,
    make_person: MakePerson,
    province: Unit,
) -> None:
    examiner = make_person("Lê Thị Bình", province)
    grant(examiner, "examiner", province)
    page = let_in(visit, signed_in, examiner, live_server.url)
    item = world.blueprint.unit.items.latest("pk").pk
    for path in (
        "/items/",
        "/items/new/single_choice/",
        f"/items/{item}/",
        f"/items/{item}/retire/",
        "/items/blueprints/",
        f"/items/blueprints/{world.blueprint.pk}/",
        f"/items/blueprints/{world.blueprint.pk}/edit/",
        "/frameworks/",
        "/frameworks/tt-02-2025/",
        "/exams/sittings/",
        f"/exams/sittings/{world.sitting.pk}/",
    ):
        page.goto(path)
        assert violations(page) == [], path
        assert overflow(page) == 0, path
