"""A candidate's test in a real browser, on the production server: whatever goes wrong, nothing is
lost, and the page says in words where things stand."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit, Visits
from tests.browser.hall import Hall, enter, make_hall, start
from tests.browser.looking import heading, looked_at, tab_to
from tests.browser.paper import ask_to_submit, go, head, pick, picked, saved, submit
from tests.browser.site import Site

pytestmark = pytest.mark.browser

# What the browser writes about a network that we took away ourselves, and about a no of the server.
EXPECTED = ["net::ERR_", "the server responded with a status of 4"]
SLOW = 40_000


@pytest.fixture
def visit(visits: Visits) -> Visit:
    one = visits()
    one.expected = EXPECTED
    return one


@pytest.fixture
def other(visits: Visits) -> Visit:
    """Another device."""
    one = visits()
    one.expected = EXPECTED
    return one


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).and_(page.locator(":visible")).first).to_be_visible(timeout=SLOW)


def headed(page: Page, words: str) -> None:
    """Within a heartbeat or two."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=SLOW)


def test_from_the_door_to_the_receipt(visit: Visit, site: Site, tmp_path: Path) -> None:
    hall = make_hall(site, opens_in=6, instructions="Không dùng tài liệu.\nKhông trao đổi.")
    seat = hall.seats[0]
    page = visit.page()
    page.goto("/sit/")
    looked_at(page, "door")
    page.get_by_role("button", name="Vào thi").click()
    expect(page.get_by_label("Số báo danh")).to_be_focused()
    says(page, "Hãy nhập mã vào thi.")
    page.get_by_label("Số báo danh").fill(seat.number)
    page.get_by_label("Mã vào thi").fill("SAI MÃ RỒI")
    page.get_by_role("button", name="Vào thi").click()
    says(page, "Số báo danh hoặc mã vào thi chưa đúng")
    looked_at(page, "wrong code")
    enter(page, seat)
    heading(page, "Sát hạch thử tại phòng")
    for words in (seat.name, seat.number, "30 câu hỏi, làm trong 40 phút", "Không dùng tài liệu"):
        says(page, words)
    looked_at(page, "waiting")
    ready = page.get_by_role("button", name="Bắt đầu làm bài")
    expect(ready).to_be_enabled(timeout=SLOW)
    says(page, "Sẵn sàng. Giờ làm bài tính từ lúc bấm bắt đầu.")
    ready.click()
    expect(page.get_by_role("heading", name="Câu 1 / 30")).to_be_visible()
    saved(page, "Đã lưu 0/30")
    pick(page, 3, 1)
    saved(page, "Đã lưu 1/30")
    looked_at(page, "working")
    _the_receipt(page, hall, tmp_path)


def _the_receipt(page: Page, hall: Hall, keep: Path) -> None:
    dialog = ask_to_submit(page)
    expect(dialog.get_by_role("heading")).to_have_text("Còn 29 câu chưa trả lời")
    expect(dialog.get_by_role("link")).to_have_count(29)
    says(page, "Mọi câu trả lời đã nằm trên máy chủ.")
    looked_at(page, "asked")
    dialog.get_by_role("link", name="câu 4", exact=True).click()
    expect(page.get_by_role("heading", name="Câu 4 / 30")).to_be_visible()
    submit(page)
    heading(page, "Chưa đạt")
    looked_at(page, "submitted")
    there = hall.stands(hall.seats[0])
    assert (head(page), there["saves"], there["broken"]) == (there["head"], 1, None)
    assert there["spent"][0] >= 0
    with page.expect_download() as download:
        page.get_by_role("button", name="Lưu biên nhận").click()
    download.value.save_as(keep / "receipt.txt")
    text = (keep / "receipt.txt").read_text("utf-8-sig")
    assert there["head"] in text
    assert hall.seats[0].name in text
    # Shown again after a reload, and no longer offered to whoever sits here next.
    page.reload()
    expect(page.locator("[data-head]")).to_have_text(there["head"], timeout=SLOW)
    page.goto("/sit/")
    expect(page.get_by_text("Làm tiếp trên máy này")).to_be_hidden()


def test_an_outage_a_crash_and_a_power_cut_lose_nothing(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    page = visit.page()
    start(page, seat)
    pick(page, 1, 1)
    saved(page, "Đã lưu 1/30")
    visit.context.set_offline(True)
    pick(page, 2, 0)
    pick(page, 3, 1)
    pick(page, 3, 0)
    saved(page, "Chờ mạng: 2 câu")
    says(page, "Anh/chị cứ làm tiếp")
    looked_at(page, "offline")
    dialog = ask_to_submit(page)
    says(page, "2 câu trả lời đang chờ mạng")
    dialog.get_by_role("button", name="Nộp bài ngay").click()
    says(page, "Chưa nộp được: mất mạng")
    dialog.get_by_role("button", name="Làm tiếp").click()
    expect(dialog).to_be_hidden()
    assert hall.stands(seat)["answers"] == {"0": 1}

    # The browser is gone while two answers wait, the server too; the network comes back first.
    page.close()
    site.kill()
    visit.context.set_offline(False)
    site.start()
    page = visit.page()
    page.goto("/sit/")
    says(page, f"số báo danh {seat.number}")
    looked_at(page, "door of a known device")
    page.get_by_role("link", name="Làm tiếp").click()
    saved(page, "Đã lưu 3/30")
    assert (picked(page, 1), picked(page, 2), picked(page, 3)) == (1, 0, 0)
    site.kill()
    pick(page, 4, 1)
    saved(page, "Chờ mạng: 1 câu")
    site.start()
    saved(page, "Đã lưu 4/30")
    there = hall.stands(seat)
    assert there["answers"] == {"0": 1, "1": 0, "2": 0, "3": 1}
    assert there["broken"] is None
    assert there["late"] == []
    submit(page)
    assert hall.stands(seat)["cause"] == "candidate"


def test_a_second_device_fences_the_first_off(visit: Visit, other: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    first = visit.page()
    start(first, seat)
    pick(first, 1, 1)
    saved(first, "Đã lưu 1/30")
    visit.context.set_offline(True)
    pick(first, 2, 1)
    saved(first, "Chờ mạng: 1 câu")

    second = other.page()
    enter(second, seat)
    saved(second, "Đã lưu 1/30")
    assert picked(second, 1) == 1
    pick(second, 2, 0)
    saved(second, "Đã lưu 2/30")
    visit.context.set_offline(False)
    headed(first, "Bài đang được làm trên máy khác")
    says(first, "Câu 2 gửi từ máy này sau khi đã đổi máy; máy chủ giữ riêng")
    looked_at(first, "moved")
    there = hall.stands(seat)
    assert there["answers"] == {"0": 1, "1": 0}
    assert there["late"] == [["fenced", 1, 1, True]]
    first.get_by_role("link", name="Làm tiếp trên máy này").click()
    expect(first.get_by_label("Số báo danh")).to_be_visible()
    submit(second)
    assert hall.stands(seat)["saves"] == 2


def kept_here(page: Page, number: int) -> None:
    """So many answers lie on this device's disk: the page may be closed."""
    page.wait_for_function(
        """(number) => new Promise((resolve) => {
          const opening = indexedDB.open("lantoa-exam", 2);
          opening.onsuccess = () => {
            const counting = opening.result.transaction("answers").objectStore("answers").count();
            counting.onsuccess = () => {
              opening.result.close();
              resolve(counting.result >= number);
            };
          };
        })""",
        arg=number,
    )


def _left_behind(visit: Visit, other: Visit, hall: Hall) -> None:
    """Answers 1 and 2 wait on the first device, which is closed; the second answers 1 otherwise."""
    seat = hall.seats[0]
    second = other.page()
    enter(second, seat)
    pick(second, 1, 0)
    saved(second, "Đã lưu 1/30")
    visit.context.set_offline(False)
    first = visit.page()
    enter(first, seat)
    says(first, "Câu 1 đã được trả lời trên máy khác sau đó")
    saved(first, "Đã lưu 2/30")
    assert (picked(first, 1), picked(first, 2)) == (0, 1)
    assert hall.stands(seat)["answers"] == {"0": 0, "1": 1}


def test_what_an_old_device_left_behind_gives_way_to_newer_answers(
    visit: Visit, other: Visit, site: Site
) -> None:
    hall = make_hall(site)
    first = visit.page()
    start(first, hall.seats[0])
    visit.context.set_offline(True)
    pick(first, 1, 1)
    pick(first, 2, 1)
    saved(first, "Chờ mạng: 2 câu")
    kept_here(first, 2)
    first.close()
    _left_behind(visit, other, hall)


def test_an_answer_that_arrived_unconfirmed_gives_way_to_a_newer_one(
    visit: Visit, other: Visit, site: Site
) -> None:
    hall = make_hall(site)
    first = visit.page()
    start(first, hall.seats[0])

    def lose_the_confirmation(route: Route) -> None:
        route.fetch()
        visit.context.set_offline(True)
        route.abort()

    first.route("**/sit/**/answers", lose_the_confirmation, times=1)
    pick(first, 1, 1)
    saved(first, "Chờ mạng: 1 câu")
    pick(first, 2, 1)
    saved(first, "Chờ mạng: 2 câu")
    kept_here(first, 2)
    first.close()
    assert hall.stands(hall.seats[0])["answers"] == {"0": 1}
    _left_behind(visit, other, hall)
    assert hall.stands(hall.seats[0])["saves"] == 3


def test_where_the_invigilator_decides_the_second_device_asks(
    visit: Visit, other: Visit, site: Site
) -> None:
    hall = make_hall(site, moves="invigilator")
    seat = hall.seats[0]
    page = visit.page()
    start(page, seat)
    pick(page, 1, 0)
    saved(page, "Đã lưu 1/30")
    second = other.page()
    second.goto("/sit/")
    second.get_by_label("Số báo danh").fill(seat.number)
    second.get_by_label("Mã vào thi").fill(seat.code)
    second.get_by_role("button", name="Vào thi").click()
    says(second, "Hãy gọi giám thị để được đổi máy")
    looked_at(second, "ask the invigilator")
    # The same device is known again without the invigilator.
    page.close()
    page = visit.page()
    enter(page, seat)
    saved(page, "Đã lưu 1/30")
    hall.change("attempts.update(move_allowed_at=clock.now())")
    second.get_by_role("button", name="Vào thi").click()
    saved(second, "Đã lưu 1/30")
    headed(page, "Bài đang được làm trên máy khác")


def test_one_tab_at_a_time(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    first = visit.page()
    start(first, seat)
    pick(first, 1, 1)
    saved(first, "Đã lưu 1/30")
    second = visit.page()
    second.goto(first.url)
    saved(second, "Đã lưu 1/30")
    headed(first, "Bài đang mở ở thẻ khác")
    looked_at(first, "another tab")
    pick(second, 2, 0)
    saved(second, "Đã lưu 2/30")
    first.get_by_role("button", name="Làm tiếp ở thẻ này").click()
    saved(first, "Đã lưu 2/30")
    headed(second, "Bài đang mở ở thẻ khác")
    pick(first, 3, 0)
    saved(first, "Đã lưu 3/30")
    assert hall.stands(seat)["answers"] == {"0": 1, "1": 0, "2": 0}


def test_a_pause_stands_in_words_and_the_clock_with_it(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    page = visit.page()
    start(page, seat)
    # Five minutes ago, and not at once: the candidate worked on meanwhile without a network.
    hall.change(
        "at = clock.now() - timedelta(minutes=5)\n"
        "sitting.update(paused_at=at); attempts.update(paused_at=at)"
    )
    pick(page, 1, 0)
    headed(page, "Ca thi đang tạm dừng")
    says(page, "Cả ca thi đang tạm dừng theo lệnh của giám thị")
    looked_at(page, "paused")
    stood = page.locator("[data-paused-left]").inner_text()
    hall.change(
        "attempts.update(deadline_at=F('deadline_at') + (clock.now() - sitting.get().paused_at),"
        " paused_at=None); sitting.update(paused_at=None)"
    )
    saved(page, "Đã lưu 1/30")
    left = page.locator("[data-left]").inner_text()
    assert abs(_seconds(stood) - _seconds(left)) < 90
    assert _seconds(left) > 43 * 60
    hall.change("attempts.update(deadline_at=F('deadline_at') + timedelta(minutes=10))")
    pick(page, 2, 0)
    expect(page.locator("[data-left]")).to_have_text(re.compile("^5[34]:"), timeout=SLOW)


def _seconds(clock: str) -> int:
    minutes, seconds = clock.split(":")
    return int(minutes) * 60 + int(seconds)


def test_the_page_submits_when_the_servers_time_is_over(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    page = visit.page()
    start(page, seat)
    pick(page, 1, 0)
    saved(page, "Đã lưu 1/30")
    hall.change("attempts.update(deadline_at=clock.now() + timedelta(seconds=4))")
    pick(page, 2, 0)
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible(timeout=SLOW)
    says(page, "Hết giờ, máy chủ nộp")
    there = hall.stands(seat)
    assert (there["cause"], there["head"]) == ("time", head(page))


def test_what_comes_after_the_end_is_kept_apart_and_said(visit: Visit, site: Site) -> None:
    hall = make_hall(site, grace_seconds=600, release="council")
    seat = hall.seats[0]
    page = visit.page()
    start(page, seat)
    hall.change("attempts.update(deadline_at=clock.now() + timedelta(seconds=12))")
    pick(page, 1, 0)
    saved(page, "Đã lưu 1/30")
    visit.context.set_offline(True)
    pick(page, 2, 1)
    headed(page, "Bài đã khép lại")
    says(page, "1 câu trả lời đang chờ trên máy này")
    looked_at(page, "over, offline")
    page.wait_for_timeout(6_000)
    visit.context.set_offline(False)
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible(timeout=SLOW)
    says(page, "Câu 2 đến máy chủ sau giờ và được giữ riêng")
    says(page, "Kết quả được xem khi hội đồng công bố.")
    looked_at(page, "receipt with a late answer")
    there = hall.stands(seat)
    assert (there["answers"], there["late"]) == ({"0": 0}, [["late", 1, 1, True]])
    page.get_by_role("button", name="Xem kết quả").click()
    says(page, "Kết quả được xem khi hội đồng công bố.")
    hall.change("sitting.update(released_at=clock.now())")
    page.get_by_role("button", name="Xem kết quả").click()
    heading(page, "Chưa đạt")


def test_an_attempt_that_the_invigilator_ends(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    page = visit.page()
    start(page, hall.seats[0])
    hall.change(
        "from lantoa.exams.actions import submit_attempt\n"
        "submit_attempt(actor=None, attempt=attempts.get(), cause='ended')"
    )
    pick(page, 1, 0)
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible(timeout=SLOW)
    says(page, "Giám thị kết thúc")
    says(page, "1 câu trả lời đến khi bài đã nộp nên không được nhận")


@pytest.mark.parametrize(
    ("rules", "words"),
    [({"sitting": {"networks": ["10.9.0.0/16"]}}, "chỉ làm được từ phòng thi"),
     ({"seb_config_keys": ["ab" * 32]}, "phải làm bằng Safe Exam Browser")],
    ids=["network", "seb"],
)  # fmt: skip
def test_from_the_wrong_place_the_door_says_so(
    visit: Visit, site: Site, rules: dict[str, Any], words: str
) -> None:
    hall = make_hall(site, **rules)
    page = visit.page()
    page.goto("/sit/")
    page.get_by_label("Số báo danh").fill(hall.seats[0].number)
    page.get_by_label("Mã vào thi").fill(hall.seats[0].code)
    page.get_by_role("button", name="Vào thi").click()
    says(page, words)
    if "sitting" in rules:
        return
    # Safe Exam Browser gives its proof to the page by script.
    page.add_init_script(
        "const proof = " + json.dumps(_proofs(site, rules["seb_config_keys"][0], hall)) + ";"
        "window.SafeExamBrowser = {security: {updateKeys(done) { setTimeout(done, 10); },"
        " get configKey() { return proof[location.pathname]; }}};"
    )
    start(page, hall.seats[0])
    # And without it the paper stays shut, though the browser has the cookie.
    bare = page.context.request.get(f"/sit/{hall.seats[0].attempt}/paper")
    assert (bare.status, bare.json()["error"]) == (403, "seb_needed")


def _proofs(site: Site, key: str, hall: Hall) -> dict[str, str]:
    paths = ["/sit/", f"/sit/{hall.seats[0].attempt}/"]
    return {path: sha256(f"{site.url}{path}{key}".encode()).hexdigest() for path in paths}


def test_a_crowd_at_the_door_and_at_the_start_is_waited_for(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    page = visit.page()
    refused: dict[str, int] = {}

    def crowd(route: Route) -> None:
        path = re.sub(r".*/", "", route.request.url)
        refused[path] = refused.get(path, 0) + 1
        if refused[path] > 2:
            return route.continue_()
        route.fulfill(
            status=429 if path == "answers" else 503,
            json={"error": "too_many", "sentence": "…", "retry_after": 1},
        )
        return None

    for action in ("enter", "start", "paper", "answers", "submit"):
        page.route(f"**/sit/**/{action}" if action != "enter" else "**/sit/enter", crowd)
    visit.expected = [*EXPECTED, "status of 503"]
    start(page, hall.seats[0])
    pick(page, 1, 0)
    saved(page, "Đã lưu 1/30")
    submit(page)
    assert all(count > 2 for count in refused.values()), refused
    assert hall.stands(hall.seats[0])["saves"] == 1


def test_a_lost_cookie_says_how_to_come_back(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    page = visit.page()
    start(page, seat)
    visit.context.clear_cookies()
    pick(page, 1, 1)
    says(page, "Máy chủ không còn nhận ra máy này")
    looked_at(page, "no token")
    page.reload()
    heading(page, "Hãy vào lại để làm tiếp")
    page.get_by_role("link", name="Vào lại").click()
    enter(page, seat)
    saved(page, "Đã lưu 1/30")
    assert hall.stands(seat)["answers"] == {"0": 1}


def test_by_keyboard_alone(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    seat = hall.seats[0]
    page = visit.page()
    page.goto("/sit/")
    press = page.keyboard.press
    tab_to(page, page.get_by_label("Số báo danh"))
    page.keyboard.type(seat.number)
    press("Tab")
    page.keyboard.type(seat.code)
    press("Enter")
    page.wait_for_url(re.compile(seat.attempt))
    says(page, seat.name)
    tab_to(page, page.get_by_role("button", name="Bắt đầu làm bài"))
    press("Enter")
    expect(page.get_by_role("heading", name="Câu 1 / 30")).to_be_visible()
    tab_to(page, page.locator(".lt-slot:visible input[type=radio]").first)
    press("ArrowDown")
    saved(page, "Đã lưu 1/30")
    tab_to(page, page.get_by_role("button", name="Câu tiếp"))
    press("Enter")
    expect(page.locator("#q-2")).to_be_focused()
    press("Tab")
    press("Space")
    expect(page.get_by_role("link", name="2 chưa trả lời, xem lại")).to_be_visible()
    tab_to(page, page.get_by_role("link", name=re.compile("^10 ")))
    press("Enter")
    expect(page.locator("#q-10")).to_be_focused()
    tab_to(page, page.locator(".lt-slot:visible input[type=radio]").first)
    press("Space")
    saved(page, "Đã lưu 2/30")
    tab_to(page, page.get_by_role("button", name="Nộp bài", exact=True))
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Nộp bài", exact=True)).to_be_focused()
    press("Enter")
    tab_to(page, page.get_by_role("button", name="Nộp bài ngay"))
    press("Enter")
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible(timeout=SLOW)
    assert hall.stands(seat)["answers"] == {"0": 1, "9": 0}


def test_all_on_one_page_with_large_letters(visit: Visit, site: Site) -> None:
    hall = make_hall(site, all_on_one_page=True)
    page = visit.page()
    start(page, hall.seats[0])
    expect(page.get_by_role("radiogroup")).to_have_count(30)
    expect(page.get_by_role("button", name="Câu tiếp")).to_be_hidden()
    page.locator("#q-30 [type=radio]").first.check()
    page.locator("#q-1 [data-flag]").check()
    saved(page, "Đã lưu 1/30")
    looked_at(page, "all on one page")
    display = page.locator(".lt-working summary")
    for size, contrast in (("Chữ rất lớn", "Nền đen"), ("Chữ lớn", "Tương phản cao")):
        display.click()
        page.get_by_role("button", name=size).click()
        page.get_by_role("button", name=contrast).click()
        display.click()
        looked_at(page, f"{size}, {contrast}")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-text", "m")
    expect(page.get_by_role("link", name="1 chưa trả lời, xem lại")).to_be_visible()
    expect(page.locator("#q-30 [type=radio]").first).to_be_checked()


def test_the_first_load_is_light_and_the_rest_needs_nothing(visit: Visit, site: Site) -> None:
    """Everything compressed as it goes over the wire, fonts apart; 40 questions weigh a third more
    than these 30."""
    hall = make_hall(site)
    page = visit.page()
    weights: dict[str, int] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    names: dict[str, str] = {}
    wire.on(
        "Network.requestWillBeSent",
        lambda it: names.update({it["requestId"]: it["request"]["url"]}),
    )

    def weigh(it: dict[str, Any]) -> None:
        # What both pages use comes from the cache the second time.
        url = names[it["requestId"]]
        weights[url] = weights.get(url, 0) + it["encodedDataLength"]

    wire.on("Network.loadingFinished", weigh)
    enter(page, hall.seats[0])
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.get_by_role("heading", name="Câu 1 / 30")).to_be_visible()
    page.wait_for_timeout(500)
    total = sum(size for url, size in weights.items() if not url.endswith(".woff2"))
    paper = next(size for url, size in weights.items() if url.endswith("/paper"))
    assert total + paper // 3 < 100_000, weights
    before = set(weights)
    for number in (2, 15, 30):
        pick(page, number, 0)
    saved(page, "Đã lưu 3/30")
    fetched = {url for url in set(weights) - before if not url.endswith(("/answers", "/clock"))}
    assert fetched == set()


@pytest.fixture
def english(visit: Visit, site: Site) -> Callable[[], Page]:
    def page() -> Page:
        visit.context.add_cookies([{"name": "django_language", "value": "en", "url": site.url}])
        return visit.page()

    return page


def test_in_english(english: Callable[[], Page], site: Site) -> None:
    hall = make_hall(site)
    page = english()
    page.goto("/sit/")
    page.get_by_label("Candidate number").fill(hall.seats[0].number)
    page.get_by_label("Access code").fill(hall.seats[0].code)
    page.get_by_role("button", name="Enter").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Question 1 / 30")).to_be_visible()
    page.locator(".lt-slot:visible [type=radio]").first.check()
    saved(page, "Saved 1/30")


WRONG_CLOCK = """(() => {
  const Right = Date, off = %d;
  window.Date = class extends Right {
    constructor(...given) { if (given.length) super(...given); else super(Right.now() + off); }
    static now() { return Right.now() + off; }
  };
})()"""


@pytest.mark.parametrize("hours", [-9, 5])
def test_a_phone_with_a_wrong_clock_has_the_time_that_the_server_gives(
    visit: Visit, site: Site, hours: int
) -> None:
    visit.context.add_init_script(WRONG_CLOCK % (hours * 3_600_000))
    hall = make_hall(site)
    page = visit.page()
    start(page, hall.seats[0])
    expect(page.locator("[data-left]")).to_contain_text(re.compile(r"^\s*(40:00|39:\d\d)"))
    pick(page, 1, 0)
    saved(page, "Đã lưu 1/30")
    submit(page)
    there = hall.stands(hall.seats[0])
    assert (there["saves"], there["late"], there["cause"]) == (1, [], "candidate")


def test_without_script_the_page_says_what_to_do(visits: Visits, site: Site) -> None:
    bare = visits(script=False)
    hall = make_hall(site)
    page = bare.page()
    page.goto(f"/sit/{hall.seats[0].attempt}/")
    # Playwright's own selectors see nothing in there.
    told = page.locator("noscript").inner_html()
    assert "Trang này cần JavaScript" in told
    assert 'href="plain"' in told
    expect(page.locator('[data-view="loading"]')).to_be_hidden()
    page.goto(f"{page.url}plain")
    page.wait_for_url(re.compile("/accounts/login/"))


def test_flags_and_the_open_question_stay(visit: Visit, site: Site) -> None:
    hall = make_hall(site)
    page = visit.page()
    start(page, hall.seats[0])
    go(page, 7)
    page.locator(".lt-slot:visible [data-flag]").check()
    page.reload()
    expect(page.get_by_role("heading", name="Câu 7 / 30")).to_be_visible()
    expect(page.get_by_role("link", name="7 chưa trả lời, xem lại")).to_be_visible()
