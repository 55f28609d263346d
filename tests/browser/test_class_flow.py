"""A roll without network, a bridge's point on a phone, the code on the screen and its learner, a
proposal of classes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

# A class of the learner's own programme that meets now; what the flows leave is theirs alone.
CLASS = """
import json
from datetime import timedelta
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.members import place
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment
learner = Person.objects.get(user__email="hocvien@lantoa.example")
own = Enrolment.objects.filter(person=learner, withdrawn_at=None).order_by("pk")[0]
cohort = own.cohort
name = f"Lớp thử {clock.now():%H%M%S%f}"
made = open_class(actor=None, cohort=cohort, fields={"name": name, "capacity": 20})
rows = [own, *Enrolment.objects.filter(cohort=cohort, withdrawn_at=None).exclude(pk=own.pk)[:4]]
place(actor=None, training_class=made, enrolments=rows)
new = NewMeeting(clock.now() - timedelta(minutes=5), clock.now() + timedelta(hours=3), 4)
(meeting,) = add_meetings(actor=None, training_class=made, meetings=[new])
print(json.dumps({"class": made.pk, "meeting": meeting.pk, "cohort": cohort.pk}))
"""
PROPOSED = """
import json
from lantoa.classes.models import Proposal
proposal = Proposal.objects.order_by("pk")[0]
print(json.dumps({"proposal": proposal.pk, "cohort": proposal.cohort_id}))
"""
MARKS = """
import json
from lantoa.classes.models import Mark
marks = Mark.objects.filter(meeting={meeting}).order_by("pk")
print(json.dumps([[m.standing, m.evidence] for m in marks]))
"""
KEPT = """
import json
from lantoa.classes.models import Point, PointStanding
point = Point.objects.get(keeper__email="daumoi.xa@lantoa.example")
meeting = point.training_class.meetings.order_by("starts_at")[0]
row = PointStanding.objects.filter(point=point, meeting=meeting).first()
print(json.dumps({"point": point.pk, "meeting": meeting.pk,
    "headcount": row.headcount if row else None, "problem": row.problem if row else ""}))
"""


def tick(page: Page, row: int, words: str) -> None:
    """By the label, as a thumb does."""
    page.locator(".lt-roll > li").nth(row).get_by_role("radio", name=words, exact=True).check()


def said(page: Page, what: str) -> None:
    expect(page.locator("[data-roll-state]")).to_contain_text(what)


def test_a_roll_is_kept_without_network(visit: Visit, site: Site) -> None:
    made = tell(site.data, CLASS)
    visit.expected.append("ERR_INTERNET_DISCONNECTED")
    page = visit.sign_in("daumoi.tinh")
    page.goto(f"/classes/meetings/{made['meeting']}/")
    heading(page, "0 trên 5 người có mặt")
    looked_at(page)
    tick(page, 0, "Có mặt")
    said(page, "Đã lưu.")
    heading(page, "1 trên 5 người có mặt")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # once under the worker's eyes
    page.context.set_offline(True)
    tick(page, 1, "Có mặt")
    tick(page, 2, "Vắng")
    tick(page, 2, "Đến muộn")
    said(page, "Chờ mạng: còn 2 dòng chưa gửi.")
    looked_at(page, "offline")
    page.reload()
    expect(page.locator(".lt-roll > li").nth(2).locator("input:checked")).to_have_value("late")
    page.context.set_offline(False)
    said(page, "Đã lưu.")
    heading(page, "3 trên 5 người có mặt")
    marks = tell(site.data, MARKS.format(meeting=made["meeting"]))
    assert marks == [["present", "list"], ["present", "offline"], ["late", "offline"]]
    page.get_by_label("Tìm theo tên").fill("khong co ai ten nay")
    expect(page.locator(".lt-roll > li:visible")).to_have_count(0)


def test_the_roll_by_keyboard_alone(visit: Visit, site: Site) -> None:
    made = tell(site.data, CLASS)
    page = visit.sign_in("daumoi.tinh")
    page.goto(f"/classes/meetings/{made['meeting']}/")
    page.get_by_label("Tìm theo tên").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    said(page, "Đã lưu.")
    expect(page.locator(".lt-roll > li").first.locator("input:checked")).to_have_value("late")


def test_the_code_on_the_screen_lets_a_learner_check_in(
    visit: Visit, visits: Visits, site: Site
) -> None:
    made = tell(site.data, CLASS)
    centre = visit.sign_in("daumoi.tinh")
    centre.goto(f"/classes/meetings/{made['meeting']}/code/")
    looked_at(centre)
    digits = centre.locator(".lt-screen-code-digits").inner_text()
    phone = visits()
    phone.expected.append("ERR_INTERNET_DISCONNECTED")
    learner = phone.sign_in("hocvien")
    learner.goto("/classes/mine/")
    looked_at(learner)
    learner.goto(f"/classes/meetings/{made['meeting']}/here/")
    learner.get_by_label("Mã trên màn hình").fill("000 000" if digits != "000 000" else "111 111")
    learner.get_by_role("button", name="Tôi có mặt").click()
    expect(learner.get_by_role("main")).to_contain_text("Mã không đúng hoặc đã đổi.")
    looked_at(learner, "refused")
    phone.context.set_offline(True)
    learner.get_by_label("Mã trên màn hình").fill(
        centre.locator(".lt-screen-code-digits").inner_text()
    )
    learner.get_by_role("button", name="Tôi có mặt").click()
    expect(learner.get_by_role("status")).to_contain_text("Chờ mạng: mã đã lưu")
    phone.context.set_offline(False)
    expect(learner.get_by_role("main")).to_contain_text("Đã điểm danh: Có mặt")
    centre.goto(f"/classes/{made['class']}/")
    expect(centre.get_by_role("main")).to_contain_text("1/5")
    looked_at(centre, "class")


def test_a_point_reports_from_a_phone(visit: Visit, visits: Visits, site: Site) -> None:
    at = tell(site.data, KEPT)
    phone = visits()
    phone.expected.append("ERR_INTERNET_DISCONNECTED")
    keeper = phone.sign_in("daumoi.xa")
    keeper.goto(f"/classes/points/{at['point']}/at/{at['meeting']}/")
    looked_at(keeper)
    state = keeper.locator("[data-point-state]")
    keeper.get_by_role("button", name="Mở điểm cầu").click()
    keeper.get_by_role("button", name="Có tín hiệu").click()
    expect(state).to_contain_text("Trung tâm đã nhận.")
    expect(keeper.get_by_role("button", name="Có tín hiệu")).to_have_attribute(
        "aria-pressed", "true"
    )
    keeper.context.set_offline(True)
    keeper.get_by_label("Số người đang có mặt").fill("37")
    keeper.get_by_role("button", name="Báo", exact=True).first.click()
    keeper.get_by_label("Sự cố").fill("Mất điện")
    keeper.get_by_role("button", name="Báo", exact=True).nth(1).click()
    expect(state).to_contain_text("còn 2 báo cáo chưa gửi")
    keeper.context.set_offline(False)
    expect(state).to_contain_text("Trung tâm đã nhận.")
    now = tell(site.data, KEPT)
    assert (now["headcount"], now["problem"]) == (37, "Mất điện")
    centre = visit.sign_in("daumoi.tinh")
    centre.goto(f"/classes/meetings/{at['meeting']}/board/")
    expect(centre.locator("[data-light=problem]").first).to_contain_text("Sự cố")
    looked_at(centre)
    keeper.get_by_role("button", name="Sự cố đã khắc phục").click()
    expect(centre.get_by_text("Sự cố: Mất điện")).to_have_count(0)


def test_the_pages_around_classes(visit: Visit, site: Site) -> None:
    made = tell(site.data, PROPOSED)
    page = visit.sign_in("daumoi.tinh")
    page.goto(f"/plans/cohorts/{made['cohort']}/")
    looked_at(page, "cohort")
    page.get_by_role("link", name="Xếp lớp").click()
    heading(page, "Xếp lớp cho")
    looked_at(page)
    page.get_by_label("Từ ngày").fill("07/12/2099")
    page.get_by_label("Đến hết ngày").fill("01/12/2099")
    page.get_by_role("button", name="Đề xuất xếp lớp").click()
    expect(page.get_by_role("main")).to_contain_text("Ngày cuối phải từ ngày đầu trở đi.")
    looked_at(page, "refused")
    page.goto(f"/classes/proposals/{made['proposal']}/")
    looked_at(page)
    for path in ("/classes/", "/classes/timetable/", "/classes/venues/", "/classes/trainers/"):
        page.goto(path)
        looked_at(page, re.sub(r"\W", "", path))
