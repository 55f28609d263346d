"""The final test's story on the production server: outage, power cut, a failed and a passed try."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at
from tests.browser.paper import answer, ask_to_submit, begin, saved, submit
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

PEOPLE = """
import json
from django.db.models import Count, Q
from lantoa.programmes.models import Enrolment
from lantoa.kernel import clock
open = Enrolment.objects.filter(
    cohort__closes_on__gte=clock.today(), completed_at=None, outcomes__requirement__kind="course"
).exclude(
    person__enrolments__certificates__isnull=False  # of an earlier year: theirs is not the only one
).annotate(
    tries=Count("candidacies__attempts", filter=Q(candidacies__attempts__started_at__isnull=False))
).order_by("pk")
print(json.dumps({
    "ready": [one.person.phone for one in open if not one.tries],
    "sitting": [one.person.phone for one in open.filter(
        candidacies__attempts__submitted_at=None, candidacies__attempts__started_at__isnull=False)],
}))
"""
MOVE = """
from datetime import timedelta
from lantoa.exams.models import Attempt
import json
open = Attempt.objects.filter(candidate__person__phone={phone}, submitted_at=None)
open = open.exclude(started_at=None)
print(json.dumps(open.get().sitting_id))
for one in open:
    one.started_at -= timedelta(hours=2)
    one.deadline_at -= timedelta(hours=2)
    one.save()
"""


def test_from_the_rules_to_the_certificate(
    visits: Visits, visit: Visit, site: Site, tmp_path: Path
) -> None:
    visit.expected = ["net::ERR_"]
    page = visit.sign_in(tell(site.data, PEOPLE)["ready"][0])
    _read_the_rules(page)
    total = begin(page)
    page = _lose_the_network(visit, page, site, total)
    _lose_the_server(page, site, total)
    _fail(page, total)
    page.get_by_role("link", name="Làm lại").click()
    assert begin(page) == total
    for number in range(1, total + 1):
        answer(page, site, number)
    saved(page, f"Đã lưu {total}/{total}")
    expect(ask_to_submit(page).get_by_role("heading")).to_have_text("Đã trả lời đủ các câu")
    page.get_by_role("button", name="Làm tiếp").click()
    submit(page)
    heading(page, "Đạt 100%")
    page.get_by_role("link", name="Xem kết quả chi tiết").click()
    heading(page, "Đạt: đúng 100%")
    looked_at(page, "passed")
    page.get_by_role("link", name="Về trang học tập").click()
    _take_the_certificate(page, visits().page(), tmp_path)


def _read_the_rules(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile("kiểm tra")).first.click()
    rules = page.get_by_role("main")
    for words in ("câu hỏi, làm trong 40 phút", "từ 50% số điểm", "Được làm 3 lần"):
        expect(rules).to_contain_text(words)
    looked_at(page)


def _lose_the_network(visit: Visit, page: Page, site: Site, total: int) -> Page:
    answer(page, site, 1)
    page.get_by_label("Đánh dấu xem lại").and_(page.locator(":visible")).check()
    saved(page, f"Đã lưu 1/{total}")
    looked_at(page)
    visit.context.set_offline(True)
    for number in (2, 3):
        answer(page, site, number, wrong=True)
    saved(page, "Chờ mạng: 2 câu")
    expect(page.get_by_text("Mất mạng. Anh/chị cứ làm tiếp")).to_be_visible()
    looked_at(page, "offline")
    address = page.url
    page.close()
    visit.context.set_offline(False)
    page = visit.page()
    page.goto(address)
    saved(page, f"Đã lưu 3/{total}")
    expect(page.get_by_role("link", name="1 đã trả lời, xem lại")).to_be_visible()
    return page


def _lose_the_server(page: Page, site: Site, total: int) -> None:
    site.kill()
    answer(page, site, 4, wrong=True)
    saved(page, "Chờ mạng: 1 câu")
    site.start()
    saved(page, f"Đã lưu 4/{total}")
    page.reload()
    saved(page, f"Đã lưu 4/{total}")
    for number in (1, 2, 3, 4):
        expect(page.get_by_role("link", name=re.compile(f"^{number} đã trả lời"))).to_be_visible()


def _fail(page: Page, total: int) -> None:
    dialog = ask_to_submit(page)
    expect(dialog.get_by_role("heading")).to_have_text(f"Còn {total - 4} câu chưa trả lời")
    dialog.get_by_role("button", name="Làm tiếp").click()
    submit(page)
    heading(page, "Chưa đạt")
    page.get_by_role("link", name="Xem kết quả chi tiết").click()
    heading(page, "Chưa đạt: đúng")
    for words in ("Theo phần", "Theo chuyên đề", "Nên xem lại"):
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Học lại từ bài")).first).to_be_visible()
    looked_at(page, "failed")


def _take_the_certificate(page: Page, anybody: Page, keep: Path) -> None:
    # The worker tells the programme.
    for _ in range(20):
        if page.get_by_role("link", name="Tải về (PDF)").count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về (PDF)").click()
    download.value.save_as(keep / "certificate.pdf")
    pdf = (keep / "certificate.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    page.get_by_role("link", name="Chứng nhận").first.click()
    looked_at(page)
    link = page.get_by_role("link", name="Trang kiểm tra").get_attribute("href")
    assert link is not None
    anybody.goto(link)
    heading(anybody, "Giấy chứng nhận có giá trị")
    looked_at(anybody)


def test_an_attempt_that_nobody_submits_is_submitted(visit: Visit, site: Site) -> None:
    phone = tell(site.data, PEOPLE)["sitting"][0]
    sitting = tell(site.data, MOVE.format(phone=json.dumps(phone)))
    page = visit.sign_in(phone)
    page.goto(f"/exams/sittings/{sitting}/take/")
    attempt = page.get_by_role("link", name="Lần 1")
    for _ in range(30):  # the worker's next round has to come
        if attempt.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    attempt.click()
    expect(page.get_by_role("main")).to_contain_text("hết giờ, hệ thống nộp")
    looked_at(page)
