"""A rule's coverage, one's own obligations, and asking for more time."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

RULE = """
import json
from lantoa.obligations.models import Rule
rule = Rule.objects.order_by("pk")[0]
print(json.dumps({"rule": rule.pk, "unit": rule.unit_id}))
"""


def test_from_the_rule_to_the_answer(visit: Visit, visits: Visits, site: Site) -> None:
    at = tell(site.data, RULE)
    province = visit.sign_in("daumoi.tinh")
    for path in (
        "/obligations/",
        f"/obligations/{at['rule']}/units/{at['unit']}/",
        f"/obligations/{at['rule']}/units/{at['unit']}/people/",
        "/obligations/new/",
    ):
        province.goto(path)
        looked_at(province)
    province.get_by_label("Tên quy định").fill("Quy định thử")
    province.get_by_label("Căn cứ").fill("Văn bản thử")
    province.get_by_role("button", name="Lưu quy định").click()
    expect(province.get_by_role("main")).to_contain_text("Hãy chọn một chương trình")
    expect(province.get_by_label("Tên quy định")).to_have_value("Quy định thử")
    looked_at(province, "refused")
    learner = visits().sign_in("hocvien")
    learner.goto("/obligations/mine/")
    heading(learner, "Còn 1 việc phải hoàn thành")
    expect(learner.get_by_role("main")).to_contain_text("Vì sao là của tôi")
    looked_at(learner)
    learner.get_by_role("link", name="Xin miễn, lùi hạn").click()
    looked_at(learner)
    learner.get_by_label("Đề nghị", exact=True).select_option("extension")
    learner.get_by_label("Lý do").fill("Đi công tác dài ngày")
    learner.get_by_role("button", name="Gửi đề nghị").click()
    expect(learner.get_by_role("main")).to_contain_text("Hãy chọn một ngày sau hạn hiện nay.")
    expect(learner.get_by_label("Lý do")).to_have_value("Đi công tác dài ngày")
    looked_at(learner, "refused")
    learner.get_by_label("Xin lùi đến ngày").fill("01/02/2099")
    learner.get_by_role("button", name="Gửi đề nghị").click()
    expect(learner.get_by_role("main")).to_contain_text("đang chờ trả lời")
    province.goto("/obligations/petitions/")
    looked_at(province)
    province.get_by_role("link", name="Nguyễn Thị Hằng").click()
    looked_at(province)
    province.get_by_label("Chấp nhận", exact=True).check()
    province.get_by_role("button", name="Trả lời").click()
    expect(province.get_by_role("main")).to_contain_text("Đã trả lời; người đề nghị được báo.")
    learner.goto("/obligations/mine/")
    expect(learner.get_by_role("main")).to_contain_text("01/02/2099")
