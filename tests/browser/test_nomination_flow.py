"""Names for a cohort: the province asks, a commune names and sends, the province decides."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

COHORT = """
import json
from datetime import timedelta
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.plans.actions import open_planned_cohort
from lantoa.plans.models import Plan
plan, today = Plan.objects.filter(state="issued").order_by("pk")[0], clock.today()
cohort = open_planned_cohort(plan=plan, programme=plan.programmes.all()[0], name="Đợt đề cử thử",
    opens_on=today, closes_on=today + timedelta(days=30), actor=None)
unit = Person.objects.get(user__email="daumoi.xa@lantoa.example").unit_id
print(json.dumps({"cohort": cohort.pk, "unit": unit}))
"""


def send(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_from_the_call_to_the_decision(visit: Visit, visits: Visits, site: Site) -> None:
    made = tell(site.data, COHORT)
    province = visit.sign_in("daumoi.tinh")
    province.goto(f"/plans/cohorts/{made['cohort']}/")
    province.get_by_role("link", name="Mời các đơn vị đề cử").click()
    looked_at(province)
    province.get_by_label("Hạn đề cử").fill("01/01/2099")
    province.get_by_label("Lời nhắn cho các đơn vị").fill("Ưu tiên người chưa học.")
    send(province, "Mời đề cử")
    expect(province.get_by_role("main")).to_contain_text("trước khi đợt kết thúc")
    looked_at(province, "refused")
    today = province.evaluate(
        "new Date().toLocaleDateString('vi-VN', {timeZone: 'Asia/Ho_Chi_Minh'})"
    )
    province.get_by_label("Hạn đề cử").fill(today)
    send(province, "Mời đề cử")
    looked_at(province, "asked")
    commune = visits().sign_in("daumoi.xa")
    address = f"/plans/cohorts/{made['cohort']}/nominations/{made['unit']}/"
    _names_two(commune, address)
    province.goto(address)
    heading(province, "2 người trong danh sách")
    looked_at(province, "to decide")
    _decides(province)
    commune.goto(address)
    expect(commune.get_by_role("main")).to_contain_text("Năm nay hết chỉ tiêu.")
    looked_at(commune, "decided")


def _names_two(commune: Page, address: str) -> None:
    commune.goto(address)
    heading(commune, "0 người trong danh sách")
    looked_at(commune, "empty")
    for _ in range(2):
        commune.get_by_role("checkbox").first.focus()
        commune.keyboard.press("Space")
        send(commune, "Thêm vào danh sách")
    looked_at(commune, "named")
    send(commune, "Gửi lên cấp trên")
    expect(commune.get_by_role("main")).to_contain_text("Chờ duyệt")
    looked_at(commune, "sent")


def _decides(province: Page) -> None:
    """The model province has given out all its places."""
    choices = province.get_by_role("combobox")
    expect(choices).to_have_count(2)
    choices.first.select_option("approved")
    province.get_by_label(re.compile("^Ý kiến gửi đơn vị")).fill("Năm nay hết chỉ tiêu.")
    send(province, "Duyệt và ghi danh")
    expect(province.get_by_role("alert")).to_contain_text("còn 0 chỗ, đang cử 1 người")
    expect(choices.first).to_have_value("approved")
    looked_at(province, "too many")
    choices.first.select_option("waiting")
    send(province, "Duyệt và ghi danh")
    heading(province, "2 người trong danh sách")
    expect(province.get_by_role("main")).to_contain_text("Đã duyệt")
