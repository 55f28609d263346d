"""Exam day by those who run it: the examiner makes a sitting ready, the invigilator watches it,
markers mark, the council decides; a wrong key and the item report afterwards."""

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Visit, Visits
from tests.browser.hall import Hall, enter, make_hall, start
from tests.browser.looking import heading, looked_at
from tests.browser.paper import pick, saved
from tests.browser.site import Site, ask, tell

pytestmark = pytest.mark.browser

SLOW = 20_000
PRACTICAL = """
import json
from lantoa.exams.models import Sitting
print(json.dumps({one.title: one.pk for one in Sitting.objects.exclude(title="")}))
"""
MARK_THE_REST = """
from lantoa.demo.scenes.marking import mark
from lantoa.demo.stage import Stage
from lantoa.exams.models import Sitting
from lantoa.people.models import Person, Unit
members = ("author", "coordinator", "examiner")
emails = {"author": "soankhoahoc", "coordinator": "daumoi.tinh", "examiner": "khaothi"}
stage = Stage(0, Unit.objects.get(code="19", ended_on=None), None, print)
for key in members:
    stage.cast[key] = Person.objects.get(user__email=emails[key] + "@lantoa.example")
mark(stage, Sitting.objects.get(pk=%d), "file_task")
"""


def sittings(site: Site) -> dict[str, int]:
    told: dict[str, int] = tell(site.data, PRACTICAL)
    return told


def send(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words, timeout=SLOW)


def kept(page: Page, link: str, at: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    download.value.save_as(at)
    return at


def test_the_examiner_makes_a_sitting_ready(visit: Visit, site: Site, tmp_path: Path) -> None:
    page = visit.sign_in("khaothi")
    page.goto("/exams/exams/")
    looked_at(page)
    page.get_by_role("main").get_by_role("link", name="Lập kỳ thi").first.click()
    page.get_by_label("Ma trận đề").select_option(label="Bài kiểm tra cuối khóa")
    looked_at(page, "blueprint")
    page.get_by_role("main").get_by_role("button").first.click()
    looked_at(page, "form")
    title = f"Sát hạch cán bộ thôn {page.viewport_size['width'] if page.viewport_size else ''}"
    page.get_by_label("Tên kỳ thi").fill(title)
    page.get_by_label("Cách vào thi").select_option("code")
    send(page, "Lập kỳ thi")
    heading(page, title)
    looked_at(page)
    _a_window(page)
    _candidates(page)
    _rooms_seats_numbers(page)
    _codes(page, tmp_path)
    _duties(page)
    _opened_ahead(page)


def _a_window(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Lập ca thi").first.click()
    looked_at(page)
    page.get_by_label("Tên ca thi").fill("Ca chiều")
    page.get_by_label("Mở lúc").fill("14:00 ngày 20/12/2099")
    page.get_by_label("Đóng lúc").fill("13h00 20/12/2099")
    page.get_by_role("main").get_by_role("button").first.click()
    says(page, "Giờ đóng phải sau giờ mở.")
    expect(page.get_by_label("Tên ca thi")).to_have_value("Ca chiều")
    looked_at(page, "refused")
    page.get_by_label("Đóng lúc").fill("20/12/2099 16:00")
    page.get_by_role("main").get_by_role("button").first.click()
    says(page, "điều phải xem trước giờ thi")
    looked_at(page)


def _tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Trang của ca thi").get_by_role("link", name=name).click()


def _candidates(page: Page) -> None:
    _tab(page, "Thí sinh")
    says(page, "Chưa có thí sinh nào")
    looked_at(page, "empty")
    page.get_by_role("main").get_by_role("link", name="Thêm thí sinh").first.click()
    looked_at(page)
    page.get_by_role("link", name=re.compile("Dán|tệp", re.IGNORECASE)).first.click()
    looked_at(page)
    page.get_by_label("Hoặc dán danh sách").fill("0990000006\n0912\n")
    send(page, "Xem trước")
    says(page, "0912")
    looked_at(page, "doubtful")
    send(page, "Thêm người đã đánh dấu")
    heading(page, "1 thí sinh")
    looked_at(page)


def _rooms_seats_numbers(page: Page) -> None:
    _tab(page, "Phòng thi")
    says(page, "Chưa có phòng thi")
    page.get_by_label("Tên phòng").fill("Phòng máy")
    page.get_by_label("Số chỗ").fill("25")
    send(page, "Thêm phòng")
    heading(page, "1 phòng, 25 chỗ cho 1 thí sinh")
    looked_at(page)
    page.get_by_role("main").get_by_role("link", name="Xếp chỗ, đánh số").click()
    looked_at(page)
    send(page, "Xếp chỗ")
    page.goto(re.sub(r"candidates/.*|seats/.*", "seats/", page.url))
    send(page, "Đánh số")
    says(page, "chỗ 1")


def _codes(page: Page, keep: Path) -> None:
    page.goto(re.sub(r"(sittings/\d+/).*", r"\1codes/", page.url))
    heading(page, "0 trên 1 thí sinh đã được in mã")
    looked_at(page)
    with page.expect_download() as download:
        send(page, "Cấp mã và tải PDF")
    download.value.save_as(keep / "codes.pdf")
    text = "".join(sheet.extract_text() for sheet in PdfReader(keep / "codes.pdf").pages)
    assert "Nguyễn Thị Hằng" in text
    page.reload()
    heading(page, "Ai cũng đã được in mã vào thi")


def _duties(page: Page) -> None:
    _tab(page, "Phân công")
    says(page, "Chưa phân công ai")
    page.get_by_label("Tên hoặc số điện thoại").fill("tran quang huy")
    send(page, "Tìm")
    page.get_by_label(re.compile("Trần Quang Huy")).check()
    looked_at(page, "found")
    send(page, "Giao việc")
    heading(page, "1 người được phân công")
    looked_at(page)


def _opened_ahead(page: Page) -> None:
    _tab(page, "Chuẩn bị")
    page.get_by_role("main").get_by_role("link", name="Mở sẵn ca thi").first.click()
    looked_at(page)
    send(page, "Mở sẵn ca thi")
    says(page, "Hủy mở sẵn")
    expect(page.get_by_role("main").get_by_text("Phải sửa")).to_have_count(0)
    looked_at(page, "ready")


def test_the_invigilator_sees_helps_and_ends(
    visit: Visit, visits: Visits, site: Site, tmp_path: Path
) -> None:
    hall = make_hall(site, people=3, title="Sát hạch thử có giám thị")
    candidate = visit.page()
    start(candidate, hall.seats[0])
    pick(candidate, 1, 1)
    saved(candidate, "Đã lưu 1/30")
    desk = visits().sign_in("khaothi")
    desk.goto("/exams/watch/")
    looked_at(desk)
    desk.goto(f"/exams/sittings/{hall.sitting}/watch/")
    working = desk.get_by_role("row", name=re.compile(hall.seats[0].name))
    expect(working).to_contain_text("đang làm", timeout=SLOW)
    expect(working).to_contain_text("1/30")
    absent = desk.get_by_role("row", name=re.compile(hall.seats[1].name))
    expect(absent).to_contain_text("chưa vào")
    looked_at(desk)
    # What a candidate does shows by itself, within seconds.
    pick(candidate, 2, 0)
    expect(working).to_contain_text("2/30", timeout=SLOW)
    desk.get_by_role("button", name=re.compile("chưa vào")).click()
    expect(working).to_be_hidden()
    _more_time_for_one(desk, candidate, hall)
    _everything_stands_still(desk, candidate, hall)
    _the_end_of_one(desk, candidate, hall)
    _minutes(desk, hall, tmp_path)


def _more_time_for_one(desk: Page, candidate: Page, hall: Hall) -> None:
    desk.get_by_role("button", name=re.compile("tất cả")).click()
    desk.get_by_role("link", name=hall.seats[0].name).click()
    heading(desk, hall.seats[0].name)
    looked_at(desk)
    desk.get_by_label("Thêm bao nhiêu phút").fill("999")
    desk.get_by_label("Lý do").first.fill("Máy treo")
    send(desk, "Thêm giờ")
    expect(desk.get_by_label("Lý do").first).to_have_value("Máy treo")
    looked_at(desk, "refused")
    desk.get_by_label("Thêm bao nhiêu phút").fill("10")
    send(desk, "Thêm giờ")
    says(desk, "10 phút")
    candidate.reload()
    expect(candidate.locator("[data-left]")).to_have_text(re.compile("^4[89]:"), timeout=SLOW)
    desk.goto(f"/exams/sittings/{hall.sitting}/watch/incident/")
    looked_at(desk)
    desk.get_by_label("Việc xảy ra").fill("Mất điện cả dãy nhà lúc 8 giờ 10.")
    send(desk, "Ghi vào biên bản")
    says(desk, "Mất điện cả dãy nhà")


def _everything_stands_still(desk: Page, candidate: Page, hall: Hall) -> None:
    desk.get_by_role("main").get_by_role("link", name="Tạm dừng").click()
    looked_at(desk)
    desk.get_by_label("Lý do").fill("Mất điện")
    send(desk, "Tạm dừng")
    candidate.reload()
    expect(candidate.get_by_role("heading", level=1)).to_contain_text("tạm dừng", timeout=SLOW)
    looked_at(desk, "paused")
    desk.get_by_role("main").get_by_role("link", name="Cho thi tiếp").click()
    send(desk, "Thi tiếp")
    candidate.reload()
    expect(candidate.locator("[data-left]")).to_have_text(re.compile("^4[89]:"), timeout=SLOW)
    pick(candidate, 3, 0)
    saved(candidate, "Đã lưu 3/30")


def _the_end_of_one(desk: Page, candidate: Page, hall: Hall) -> None:
    desk.get_by_role("link", name=hall.seats[0].name).click()
    desk.get_by_label("Lý do").last.fill("Dùng tài liệu")
    send(desk, "Kết thúc bài này")
    candidate.reload()
    expect(desk.get_by_role("main")).to_contain_text("đã nộp", timeout=SLOW)
    expect(candidate.get_by_role("heading", level=1)).to_have_text(
        re.compile("Chưa đạt|đã nộp|đã kết thúc", re.IGNORECASE), timeout=SLOW
    )
    assert hall.stands(hall.seats[0])["saves"] == 3


def _minutes(desk: Page, hall: Hall, keep: Path) -> None:
    desk.goto(f"/exams/sittings/{hall.sitting}/watch/")
    docx = kept(desk, "Biên bản .docx", keep / "minutes.docx")
    pdf = kept(desk, "Biên bản PDF", keep / "minutes.pdf")
    words = "\n".join(line.text for line in Document(str(docx)).paragraphs)
    cells = "\n".join(
        cell.text
        for table in Document(str(docx)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "Mất điện cả dãy nhà" in words + cells
    assert "Mất điện" in "".join(sheet.extract_text() for sheet in PdfReader(pdf).pages)


def test_a_locked_number_is_unlocked_and_a_machine_changed(
    visit: Visit, visits: Visits, site: Site
) -> None:
    hall = make_hall(site, title="Sát hạch thử đổi máy", moves="invigilator")
    seat = hall.seats[0]
    hall.change(
        "from lantoa.exams.models import Candidate\n"
        "Candidate.objects.filter(sitting__in=sitting).update(locked_at=clock.now(), failures=10)"
    )
    visit.expected = ["423", "409"]  # locked; another device took the attempt over
    candidate = visit.page()
    candidate.goto("/sit/")
    candidate.get_by_label("Số báo danh").fill(seat.number)
    candidate.get_by_label("Mã vào thi").fill(seat.code)
    candidate.get_by_role("button", name="Vào thi").click()
    says(candidate, "khóa")
    desk = visits().sign_in("khaothi")
    desk.goto(f"/exams/sittings/{hall.sitting}/watch/")
    expect(desk.get_by_role("row", name=re.compile(seat.name))).to_contain_text("bị khóa")
    desk.get_by_role("link", name=seat.name).click()
    looked_at(desk, "locked")
    send(desk, "Mở khóa")
    expect(desk.get_by_role("button", name="Mở khóa")).to_have_count(0)
    start(candidate, seat)
    pick(candidate, 1, 0)
    saved(candidate, "Đã lưu 1/30")
    send(desk, "Cho đổi máy một lần")
    enter(visits().page(), seat)
    pick(candidate, 2, 0)
    expect(candidate.get_by_role("heading", level=1)).to_contain_text("máy khác", timeout=SLOW)


def test_markers_mark_and_the_council_lets_results_out(
    visit: Visit, visits: Visits, site: Site
) -> None:
    sitting = sittings(site)["Đợt 2"]
    marker = visit.sign_in("soankhoahoc")
    marker.goto("/exams/duties/")
    looked_at(marker)
    marker.goto(f"/exams/sittings/{sitting}/marking/")
    looked_at(marker)
    send(marker, "Nhận bài tiếp theo")
    _mark_by_keyboard(marker)
    send(marker, "Trả bài lại, không chấm")
    says(marker, "bài chờ anh/chị chấm")
    leader = visits().sign_in("lanhdao")
    leader.goto(f"/exams/sittings/{sitting}/council/")
    heading(leader, "Chưa duyệt được kết quả")
    looked_at(leader, "hindered")
    ask(site.data, MARK_THE_REST % sitting)
    leader.reload()
    heading(leader, "Kết quả chờ hội đồng duyệt")
    looked_at(leader, "waiting")
    leader.get_by_label("Ghi chú của hội đồng").fill("Đã họp ngày 20.")
    send(leader, "Duyệt kết quả")
    heading(leader, "Kết quả đã duyệt lúc")
    looked_at(leader, "released")


def _mark_by_keyboard(marker: Page) -> None:
    expect(marker.get_by_role("link", name=re.compile(r"^Tải \w+\.docx"))).to_be_visible()
    expect(marker.get_by_role("main")).not_to_contain_text("TH0")
    looked_at(marker)
    alias = marker.get_by_role("heading", level=1).inner_text()
    criteria = marker.locator("[data-points]")
    criteria.nth(0).fill("99")
    criteria.nth(1).fill("2,5")
    marker.keyboard.press("Control+Enter")
    says(marker, "Điểm từ 0 đến 4")
    says(marker, "Chưa cho điểm tiêu chí này.")
    expect(criteria.nth(1)).to_have_value("2,5")
    looked_at(marker, "refused")
    criteria.nth(0).fill("3")
    criteria.nth(0).press("ArrowUp")
    expect(criteria.nth(0)).to_have_value("3,25")
    criteria.nth(2).fill("1")
    expect(marker.locator("[data-total]")).to_have_text("6,75")
    marker.keyboard.press("Control+Enter")
    expect(marker.get_by_role("heading", level=1)).not_to_have_text(alias)


def test_an_appeal_is_looked_into_and_decided(visit: Visit, site: Site) -> None:
    sitting = sittings(site)["Đợt 1"]
    page = visit.sign_in("lanhdao")
    page.goto(f"/exams/sittings/{sitting}/appeals/")
    looked_at(page)
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    says(page, "Chuỗi lần lưu nguyên vẹn")
    looked_at(page)
    send(page, "Quyết định")
    expect(page.get_by_label("Kết luận gửi thí sinh")).to_be_focused()
    page.get_by_label("Kết luận gửi thí sinh").fill("Bài đã được xem lại; điểm giữ nguyên.")
    send(page, "Quyết định")
    says(page, "Bài đã được xem lại; điểm giữ nguyên.")
    looked_at(page, "decided")
    page.goto(f"/exams/sittings/{sitting}/appeals/")
    page.get_by_role("main").get_by_role("link", name="Ghi đơn giấy").click()
    looked_at(page)
    page.get_by_label("Số báo danh hoặc họ tên").fill("không có ai")
    page.get_by_label("Nội dung đơn").fill("Xem lại câu điền số.")
    send(page, "Ghi đơn")
    says(page, "Không có thí sinh nào đã nộp bài khớp")
    expect(page.get_by_label("Nội dung đơn")).to_have_value("Xem lại câu điền số.")
    looked_at(page, "refused")
    page.get_by_label("Số báo danh hoặc họ tên").fill("th0003")
    send(page, "Ghi đơn")
    says(page, "Xem lại câu điền số.")
    says(page, "đơn giấy nhận ngày")


def test_a_wrong_key_is_tried_out_decided_and_reported(
    visit: Visit, visits: Visits, site: Site
) -> None:
    sitting = sittings(site)["Đợt 1"]
    page = visit.sign_in("khaothi")
    page.goto(f"/exams/sittings/{sitting}/keys/")
    looked_at(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("Xã có 320 hồ sơ")).click()
    looked_at(page)
    page.get_by_label("Cho mọi người đủ điểm").check()
    page.get_by_label("Vì sao đáp án sai").fill("Số liệu trong câu in nhòe.")
    send(page, "Đề nghị và tính thử")
    _wait_for(page, "Tăng điểm")
    looked_at(page)
    says(page, "Người đề nghị không tự duyệt")
    leader = visits().sign_in("lanhdao")
    leader.goto(page.url)
    leader.get_by_label("Ý kiến của hội đồng").fill("Đồng ý.")
    send(leader, "Áp dụng và tính lại điểm")
    leader.get_by_role("link", name="Xem đề nghị").click(timeout=SLOW)
    says(leader, "Đồng ý.")
    looked_at(leader, "decided")
    page.goto(f"/exams/sittings/{sitting}/items/")
    looked_at(page, "none")
    send(page, "Phân tích")
    page.get_by_role("link", name="Xem phân tích câu hỏi").click(timeout=SLOW)
    says(page, "Hệ số alpha (KR-20)")
    looked_at(page, "made")


def _wait_for(page: Page, words: str) -> None:
    """A job's outcome, as somebody sees it who reloads now and then."""
    for _ in range(20):
        if page.get_by_role("main").get_by_text(words).count():
            return
        page.wait_for_timeout(700)
        page.goto(page.url)
    says(page, words)
