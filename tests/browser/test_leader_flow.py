"""One page for a leader; and the few things an administrator sets for everybody."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Visits
from tests.browser.looking import fits, heading, looked_at
from tests.browser.site import Site, command, tell

pytestmark = pytest.mark.browser

ANSWER = re.compile(r"Tỉnh Thái Nguyên: \d+ trên 80 người đã hoàn thành")
BANNER = "Bảo trì từ 22:00 hôm nay"
CODES = """
import json
from lantoa.people.models import Unit
units = Unit.objects.filter(parent__code="19", kind="commune", ended_on=None)
print(json.dumps(sorted(units.values_list("code", flat=True))))
"""


def squares(codes: list[str]) -> str:
    """A made-up outline for each commune: a square of a chequered province."""

    def square(at: int) -> dict[str, object]:
        x, y = 105 + at % 10 * 0.1, 21 + at // 10 * 0.1
        ring = [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]
        return {"type": "Polygon", "coordinates": [ring]}

    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": square(at)}
        for at, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_the_leaders_page_as_mosaic_map_table_and_on_paper(
    sign_in: Open, site: Site, tmp_path: Path
) -> None:
    page = sign_in("lanhdao")
    heading(page, ANSWER)
    page.goto("/reports/")
    heading(page, ANSWER)
    expect(page.get_by_text(re.compile(r"số liệu lúc \d\d:\d\d ngày"))).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Phường Đức Xuân")).to_contain_text("%")
    looked_at(page, "mosaic")
    _load_the_map(page, site, tmp_path)
    _read_the_table(page, tmp_path)
    page.emulate_media(media="print")
    fits(page)
    expect(page.get_by_role("link", name=re.compile(r"\.xlsx"))).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="cách tính").click()
    expect(page.get_by_role("rowheader", name="Trễ hạn")).to_be_visible()
    looked_at(page)


def _load_the_map(page: Page, site: Site, keep: Path) -> None:
    shapes = keep / "shapes.geojson"
    shapes.write_text(squares(tell(site.data, CODES)))
    told = command(site.data, "load-shapes", str(shapes), "--source", "hình vẽ thử")
    assert "Đã nạp hình của 92 đơn vị" in told
    page.reload()
    expect(page.get_by_role("img", name=re.compile("Tỉnh Thái Nguyên"))).to_be_visible()
    expect(page.get_by_text("Hình: hình vẽ thử.")).to_be_visible()
    for islands in ("Hoàng Sa", "Trường Sa"):
        expect(page.get_by_text(islands).first).to_be_attached()
    looked_at(page, "map")


def _read_the_table(page: Page, keep: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"\.xlsx")).click()
    download.value.save_as(keep / "report.xlsx")
    rows = list(load_workbook(keep / "report.xlsx").worksheets[0].iter_rows(values_only=True))
    ward = next(row for row in rows if "Phường Đức Xuân" in row)
    shown = page.get_by_role("row").filter(has_text="Phường Đức Xuân").last
    assert ward[2] == 7
    expect(shown).to_contain_text("7")
    shown.get_by_role("link", name="Phường Đức Xuân").click()
    heading(page, "Phường Đức Xuân")
    page.go_back()


def test_settings_test_mail_and_banner(sign_in: Open, site: Site, visits: Visits) -> None:
    page = sign_in("quantri")
    page.get_by_role("link", name="Cài đặt hệ thống").last.click()
    page.get_by_label("Liên hệ hỗ trợ").fill("0208 111 222")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("contentinfo")).to_contain_text("0208 111 222")
    page.get_by_label("Dòng báo trên mọi trang").fill(BANNER)
    page.get_by_role("button", name="Lưu dòng báo").click()
    looked_at(page, "banner")
    everybody = visits().page()
    everybody.goto("/accounts/login/")
    expect(everybody.get_by_text(BANNER)).to_be_visible()
    looked_at(everybody, "banner")
    page.get_by_label("Dòng báo trên mọi trang").fill("")
    page.get_by_role("button", name="Lưu dòng báo").click()
    everybody.reload()
    expect(everybody.get_by_text(BANNER)).to_have_count(0)
    page.get_by_role("link", name="Thư điện tử").click()
    before = set((site.data / "outbox").rglob("*"))
    page.get_by_label("Gửi thư thử đến").fill("thu@thainguyen.example")
    page.get_by_role("button", name="Gửi thử").click()
    expect(page.get_by_role("status").filter(has_text="Đã ghi thư thử")).to_be_visible()
    (letter,) = set((site.data / "outbox").rglob("*.eml")) - before
    assert b"thu@thainguyen.example" in letter.read_bytes()
    looked_at(page, "sent")


def test_in_english_and_back(sign_in: Open) -> None:
    page = sign_in("lanhdao")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    heading(page, re.compile(r"Tỉnh Thái Nguyên: \d+ of 80 .*"))
    page.goto("/reports/")
    expect(page.get_by_text(re.compile(r"figures|as at|as of", re.I)).first).to_be_visible()
    looked_at(page, "english")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    heading(page, ANSWER)
