"""A university's side: what it was given, a list of results, the coordinator's yes."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from xlsxwriter import Workbook

from tests.browser.conftest import Visit, Visits
from tests.browser.looking import heading, looked_at
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

GIVEN = """
import json
from lantoa.programmes.models import Outcome
from lantoa.providers.models import Assignment
from lantoa.providers.queries.people import code_of, people_listed
one = Assignment.objects.order_by("pk")[0]
people = [[code_of(e.pk), e.person.full_name] for e in people_listed(one)]
print(json.dumps({"pk": one.pk, "provider": one.provider_id, "cohort": one.cohort_id,
                  "people": people,
                  "told": Outcome.objects.filter(source=one.source).count()}))
"""
SECONDS = 30_000


def test_from_what_is_given_to_what_counts(
    visit: Visit, visits: Visits, site: Site, tmp_path: Path
) -> None:
    given = tell(site.data, GIVEN)
    school = visit.sign_in("truong")
    heading(school, "Việc được giao")
    looked_at(school)
    school.get_by_role("link", name="An toàn, an ninh thông tin").click()
    looked_at(school)
    school.get_by_role("link", name="Gửi kết quả").click()
    looked_at(school)
    file = tmp_path / "ket-qua.xlsx"
    # Another time (the other size of screen) the results are others.
    _write(file, given["people"], "7" if given["told"] else "8,5")
    school.get_by_label("Tệp kết quả").set_input_files(file)
    school.get_by_role("button", name="Đọc thử").click()
    expect(school.get_by_role("heading", level=1)).to_contain_text("1 hàng phải xem lại",
                                                                   timeout=SECONDS)  # fmt: skip
    expect(school.get_by_role("main")).to_contain_text("Không đọc được điểm “mười”.")
    looked_at(school, "read")
    school.get_by_role("button", name="Gửi để duyệt").click()
    heading(school, "Chờ đầu mối duyệt")
    looked_at(school, "sent")

    province = visits().sign_in("daumoi.tinh")
    for path in ("/providers/", f"/providers/{given['provider']}/", "/providers/new/",
                 f"/providers/{given['provider']}/staff/add/",
                 f"/providers/{given['provider']}/keys/make/",
                 f"/providers/{given['provider']}/assign/",
                 f"/providers/{given['provider']}/assign/?cohort={given['cohort']}"):  # fmt: skip
        province.goto(path)
        looked_at(province, path)
    province.goto("/providers/")
    province.get_by_role("link", name="ket-qua.xlsx").click()
    looked_at(province, "to decide")
    province.get_by_role("button", name="Duyệt và ghi nhận").click()
    expect(province.get_by_role("heading", level=1)).to_contain_text("Đã ghi nhận",
                                                                     timeout=SECONDS)  # fmt: skip
    looked_at(province, "applied")
    school.goto(f"/providers/assignments/{given['pk']}/")
    heading(school, f"{len(given['people']) - 1} trên {len(given['people'])} người có kết quả")


def _write(file: Path, people: list[list[str]], points: str) -> None:
    with Workbook(str(file)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["STT", "Mã học viên", "Họ và tên", "Điểm", "Minh chứng"])
        for number, (code, name) in enumerate(people, start=1):
            score = "mười" if number == 1 else points
            page.write_row(number, 0, [number, code, name, score, f"CN-{number}"])
