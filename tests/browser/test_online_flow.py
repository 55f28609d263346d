"""An online meeting: the door counts down, the room opens in another tab while the page tells that
somebody is there; points typed down a column; the conference server's page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

# Two meetings of an online class of the learner's: one goes on, one begins in half an hour.
ONLINE = """
import json
from datetime import timedelta
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.models import Member
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment
learner = Person.objects.get(user__email="hocvien@lantoa.example")
own = Enrolment.objects.filter(person=learner, withdrawn_at=None).order_by("pk")[0]
name = f"Trực tuyến thử {clock.now():%H%M%S%f}"
fields = {"name": name, "mode": "online", "link": "ADDRESS"}
made = open_class(actor=None, cohort=own.cohort, fields=fields)
Member.objects.create(training_class=made, enrolment=own)
now = clock.now()
news = [
    NewMeeting(now - timedelta(minutes=2), now + timedelta(minutes=20), 1),
    NewMeeting(now + timedelta(minutes=30), now + timedelta(minutes=60), 1),
]
on, coming = add_meetings(actor=None, training_class=made, meetings=news)
print(json.dumps({"class": made.pk, "on": on.pk, "coming": coming.pk}))
"""
STAYS = """
import json
from lantoa.classes.models import Entry, Stay
print(json.dumps([one.objects.filter(meeting={0}).count() for one in (Entry, Stay)]))
"""
TEST = """
import json
from decimal import Decimal
from lantoa.classes.actions.scores import add_test
from lantoa.classes.models import TrainingClass
found = TrainingClass.objects.filter(state="open", members__isnull=False, requirement__isnull=False)
of = found.order_by("pk")[0]
from lantoa.kernel import clock
fields = {"name": f"Thử {clock.now():%H%M%S%f}", "greatest": Decimal(10), "pass_mark": Decimal(5)}
test = add_test(actor=None, training_class=of, fields=fields)
print(json.dumps({"test": test.pk, "class": of.pk}))
"""


def test_a_learner_goes_in_and_is_seen_by_who_runs_the_class(
    visit: Visit, visits: Visits, site: Site
) -> None:
    made = tell(site.data, ONLINE.replace("ADDRESS", f"{site.url}/classes/mine/"))
    phone = visits()
    phone.expected.append("ERR_INTERNET_DISCONNECTED")
    learner = phone.sign_in("hocvien")
    learner.goto(f"/classes/meetings/{made['coming']}/join/")
    expect(learner.locator("[data-count]")).to_have_text(re.compile(r"Còn 14:\d\d"))
    looked_at(learner, "early")
    learner.goto(f"/classes/meetings/{made['on']}/join/")
    looked_at(learner)
    with learner.expect_popup() as opened:
        learner.get_by_role("button", name="Vào lớp").click()
    expect(opened.value).to_have_url(re.compile("/classes/mine/$"))
    said = learner.get_by_role("status")
    expect(said).to_contain_text("Đã ghi nhận 0 trên 22 phút", timeout=8000)
    assert tell(site.data, STAYS.format(made["on"])) == [1, 1]
    phone.context.set_offline(True)
    learner.evaluate("window.dispatchEvent(new Event('online'))")
    expect(said).to_contain_text("Mất mạng")
    looked_at(learner, "offline")
    phone.context.set_offline(False)
    expect(said).to_contain_text("Đã ghi nhận")
    centre = visit.sign_in("daumoi.tinh")
    centre.goto(f"/classes/meetings/{made['on']}/online/")
    expect(centre.get_by_role("main")).to_contain_text("Trong lớp")
    looked_at(centre)


def test_points_are_typed_down_a_column(visit: Visit, site: Site) -> None:
    made = tell(site.data, TEST)
    page = visit.sign_in("daumoi.tinh")
    page.goto(f"/classes/{made['class']}/tests/")
    looked_at(page)
    page.goto(f"/classes/tests/{made['test']}/")
    looked_at(page)
    fields = page.locator("[data-points] input[inputmode=decimal]")
    fields.first.focus()
    page.keyboard.type("7,5")
    page.keyboard.press("Enter")
    expect(fields.nth(1)).to_be_focused()
    page.keyboard.type("11")
    page.keyboard.press("ArrowUp")
    expect(fields.first).to_be_focused()
    page.get_by_role("button", name="Ghi điểm").click()
    expect(page.get_by_role("alert")).to_contain_text("1 ô cần sửa")
    looked_at(page, "refused")
    expect(fields.first).to_have_value("7,5")
    fields.nth(1).fill("10")
    page.get_by_role("button", name="Ghi điểm").click()
    expect(page.get_by_role("main")).to_contain_text("Đã ghi điểm của 2 người.")
    page.goto(f"/classes/tests/{made['test']}/edit/")
    looked_at(page)


def test_the_conference_server_is_tried(visit: Visit) -> None:
    page = visit.sign_in("quantri")
    page.goto("/system/conference")
    heading(page, "Chưa nối với máy chủ BigBlueButton")
    page.get_by_role("button", name="Thử kết nối").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi địa chỉ và khóa bí mật")
    looked_at(page)
