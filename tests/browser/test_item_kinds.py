"""Every kind of question in a real browser: written, tried by mouse, by finger, by keyboard alone,
without script; and the players that an exam page uses."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lantoa.items.tests.samples import SAMPLES
from tests.browser.conftest import Visit, Visits
from tests.browser.looking import looked_at
from tests.browser.site import Site, tell

pytestmark = pytest.mark.browser

MAKE = """
import json
from lantoa.files.models import StoredFile
from lantoa.items.actions import create_item
from lantoa.items.models import Item
from lantoa.items.tests.drawing import keep_files
from lantoa.items.tests.samples import FILE, SAMPLES
from lantoa.people.models import RoleGrant

if not StoredFile.objects.filter(public_id=FILE).exists():
    keep_files()
unit = RoleGrant.objects.filter(role="examiner")[0].unit
made = {}
for kind, listed in SAMPLES.items():
    found = Item.objects.filter(kind=kind, source="browser").first()
    if found is None:
        found = create_item(actor=None, unit=unit, kind=kind, content=listed[0][0]).item
        Item.objects.filter(pk=found.pk).update(source="browser")
    made[kind] = found.pk
print(json.dumps(made))
"""
PLAY = """async ([kind, response]) => {
  const { player } = await import("/static/items/play.js");
  const section = document.querySelector("[data-item]");
  const found = await player(kind);
  let changes = 0;
  const before = found.read(section);
  await found.bind(section, () => { changes += 1; });
  found.write(section, response);
  const after = found.read(section);
  found.write(section, null);
  const emptied = found.read(section);
  found.write(section, response);
  return { before, after, emptied };
}"""
READ = """async (kind) => {
  const { player } = await import("/static/items/play.js");
  const found = await player(kind);
  const section = document.querySelector("form [data-item]");
  await found.bind(section, () => {});
  return found.read(section);
}"""
_made: dict[str, dict[str, int]] = {}


@pytest.fixture
def items(site: Site) -> dict[str, int]:
    key = str(site.data)
    if key not in _made:
        _made[key] = tell(site.data, MAKE)
    return _made[key]


def tried(page: Page, item: int) -> None:
    page.goto(f"/items/{item}/preview/")


def check(page: Page) -> None:
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("heading", name="Kết quả")).to_be_visible()


def test_every_kind_is_fit_to_be_written_read_and_tried(
    visit: Visit, items: dict[str, int]
) -> None:
    page = visit.sign_in("khaothi")
    page.goto("/items/new/")
    looked_at(page)
    for kind, item in items.items():
        for path in (f"/items/{item}/", f"/items/{item}/edit/", f"/items/{item}/preview/"):
            page.goto(path)
            if "preview" in path and kind in ("ordering", "scenario"):
                expect(page.get_by_role("button", name=re.compile("^Xuống")).first).to_be_visible()
            looked_at(page, kind)
        check(page)
        looked_at(page, f"{kind} checked")


def test_players_write_and_read_what_the_server_takes(visit: Visit, items: dict[str, int]) -> None:
    """What a player writes into the page, the page posts, and shows again."""
    page = visit.sign_in("khaothi")
    for kind, item in items.items():
        response = SAMPLES[kind][0][1]
        tried(page, item)
        said = page.evaluate(PLAY, [kind, response])
        assert said["after"] == response, kind
        assert said["before"] in (None, "", []), kind
        assert said["emptied"] in (None, "", []), kind
        check(page)
        assert page.evaluate(READ, kind) == response, kind


def test_parts_are_ordered_by_keyboard_alone(visit: Visit, items: dict[str, int]) -> None:
    page = visit.sign_in("khaothi")
    tried(page, items["ordering"])
    expect(page.get_by_text("Chưa trả lời. Nếu thứ tự này đã đúng")).to_be_visible()
    wanted = ["Tiếp nhận", "Phân công", "Xử lý", "Trả kết quả"]
    for place, text in enumerate(wanted):
        for _ in range(shown(page).index(text) - place):
            button = page.get_by_role("button", name=f"Lên: {text}")
            button.focus()
            page.keyboard.press("Enter")
            expect(button).to_be_focused()
    page.get_by_role("button", name="Xuống: Tiếp nhận").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert shown(page)[:2] == ["Phân công", "Tiếp nhận"]
    expect(page.get_by_role("status").first).to_have_text("Tiếp nhận: vị trí 2 trên 4")
    page.keyboard.press("Alt+ArrowUp")
    assert shown(page) == wanted
    check(page)
    expect(page.get_by_text("Trả lời đúng")).to_be_visible()
    assert shown(page) == wanted


def shown(page: Page) -> list[str]:
    return page.locator("form .lt-ordering-text").all_inner_texts()


def test_an_order_that_is_right_as_it_stands_is_confirmed(
    visit: Visit, items: dict[str, int]
) -> None:
    page = visit.sign_in("khaothi")
    tried(page, items["ordering"])
    page.get_by_role("button", name="Dùng thứ tự này").click()
    expect(page.get_by_text("Đã ghi thứ tự đang hiện.")).to_be_visible()
    check(page)
    expect(page.get_by_text("Chưa trả lời", exact=True)).to_have_count(0)


def test_a_place_is_pointed_at_by_keyboard_and_by_finger(
    visit: Visit, items: dict[str, int]
) -> None:
    page = visit.sign_in("khaothi")
    tried(page, items["hotspot"])
    stage = page.get_by_role("application")
    expect(stage).to_have_attribute("data-live", "")  # its script has come
    stage.focus()
    for key, times in (("ArrowRight", 13), ("ArrowDown", 6), ("Shift+ArrowRight", 4)):
        for _ in range(times):
            page.keyboard.press(key)
    expect(page.get_by_role("status").first).to_contain_text("cách mép trái 75%, cách mép trên 66%")
    assert json.loads(page.locator("form input[name=answer]").input_value()) == {"x": 300, "y": 198}
    check(page)
    expect(page.get_by_text("Trả lời đúng").first).to_be_visible()
    looked_at(page, "hotspot right")
    tried(page, items["hotspot"])
    box = page.get_by_role("application").bounding_box()
    assert box
    page.get_by_role("application").click(
        position={"x": box["width"] * 60 / 400, "y": box["height"] * 45 / 300}
    )
    check(page)
    expect(page.get_by_text("Trả lời đúng").first).to_be_visible()
    tried(page, items["hotspot"])
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    expect(page.get_by_role("status").first).to_have_text("Chưa chỉ vào đâu.")
    check(page)
    expect(page.get_by_text("Chưa trả lời").first).to_be_visible()


def test_without_script_what_has_fields_can_be_answered(
    visits: Visits, items: dict[str, int]
) -> None:
    page = visits(script=False).sign_in("khaothi")
    tried(page, items["ordering"])
    for place, text in enumerate(["Tiếp nhận", "Phân công", "Xử lý", "Trả kết quả"], 1):
        page.get_by_label(text).select_option(str(place))
    check(page)
    expect(page.get_by_text("Trả lời đúng")).to_be_visible()
    tried(page, items["true_false"])
    for number, said in enumerate(["Đúng", "Sai", "Đúng", "Sai"]):
        page.get_by_role("radiogroup", name=f"Nhận định {number}").get_by_label(said).check()
    check(page)
    expect(page.get_by_text("Trả lời đúng")).to_be_visible()
    tried(page, items["matching"])
    page.get_by_label("Chữ ký số").select_option("Xác nhận người ký")
    check(page)
    expect(page.get_by_text("Được 1 trên 3 phần điểm.")).to_be_visible()
    tried(page, items["hotspot"])
    expect(page.get_by_text("cần trình duyệt chạy được JavaScript")).to_be_visible()


def test_an_area_is_drawn_with_the_mouse(visit: Visit, items: dict[str, int]) -> None:
    page = visit.sign_in("khaothi")
    page.goto(f"/items/{items['hotspot']}/edit/")
    stage: Any = page.locator("[data-draw]")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] / 8, y + box["height"] / 8)
    page.mouse.up()
    lines = page.get_by_label("Các vùng đúng").input_value().splitlines()
    assert len(lines) == 4
    assert re.fullmatch(r"chữ nhật (199|200|201) (149|150|151) (49|50|51) (37|38|39)", lines[3])


def test_enter_in_a_field_saves_and_a_part_is_added(visit: Visit) -> None:
    """The form has buttons before the one that saves; Enter must not press those."""
    page = visit.sign_in("khaothi")
    page.goto("/items/new/single_choice/")
    page.get_by_label("Câu hỏi", exact=True).fill("Việc nào làm trước?")
    page.get_by_label("Phương án A").fill("Hẹn lại")
    page.get_by_label("Phương án B").fill("Làm ngay")
    page.get_by_label("Phương án B").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn phương án đúng")
    page.goto("/items/new/scenario/")
    page.get_by_label("Dạng của câu thêm").select_option("blank")
    page.get_by_role("button", name="Thêm một ý").click()
    expect(page.get_by_role("group", name=re.compile("Ý 2: điền từ hoặc số"))).to_be_visible()
    looked_at(page, "two parts")
