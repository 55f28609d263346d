"""The bank in a real browser: a question written, found to be nearly another's, reviewed, approved;
many at once. Every page on the way is accessible and fits a phone."""

from collections.abc import Iterator

import pytest
from conftest import Grant, MakePerson, SignedIn
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lantoa.frameworks.actions import load_presets
from lantoa.frameworks.models import Node
from lantoa.items.actions import NewItem, create_items
from lantoa.items.models import Item
from lantoa.people.models import Person, Unit
from tests.browser.axe import overflow, violations
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

STEM = "Cán bộ một cửa nhận hồ sơ trực tuyến chưa đủ giấy tờ thì làm gì trước?"
OPTIONS = ("Từ chối hồ sơ ngay", "Báo người dân bổ sung một lần, đủ và rõ", "Chờ lãnh đạo")


@pytest.fixture
def other(live_server: LiveServer, province: Unit) -> Item:
    """Thirty-five approved questions; the first is the one that will be asked again."""
    load_presets(actor=None)
    topic = Node.objects.get(framework__code="lanh-dao-xa-2022", code="t1")
    options = [{"text": text} for text in OPTIONS]
    asked = [STEM, *(f"Phường {n} có {n * n} hộ, cần {n * 7} tổ?" for n in range(34))]
    new = [
        NewItem("single_choice", {"stem": one, "options": options, "answer": 1}, topic)
        for one in asked
    ]
    return create_items(actor=None, unit=province, items=new, approve=True)[0].item


@pytest.fixture
def visits(chromium: Browser, live_server: LiveServer, width: int) -> Iterator[tuple[Visit, Visit]]:
    both = tuple(Visit(chromium, live_server.url, width) for _ in range(2))
    yield both  # type: ignore[misc]
    for visit in both:
        visit.close()


def let_in(visit: Visit, signed_in: SignedIn, person: Person, url: str) -> Page:
    session = signed_in(person).cookies["sessionid"].value
    visit.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    return visit.page()


def sound(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) == 0


def test_from_the_author_to_the_bank(
    live_server: LiveServer,
    other: Item,
    province: Unit,
    visits: tuple[Visit, Visit],
    signed_in: SignedIn,
    grant: Grant,
    make_person: MakePerson,
) -> None:
    writer, judge = make_person("Nguyễn Văn An", province), make_person("Lê Thị Bình", province)
    grant(writer, "author", province)
    grant(judge, "examiner", province)
    author = let_in(visits[0], signed_in, writer, live_server.url)
    examiner = let_in(visits[1], signed_in, judge, live_server.url)

    author.goto("/items/new/single_choice/")
    author.get_by_label("Câu hỏi", exact=True).fill(STEM.replace("làm gì", "phải làm việc gì"))
    for letter, text in zip("ABC", OPTIONS, strict=True):
        author.get_by_label(f"Phương án {letter}").fill(text)
    author.get_by_role("radio", name="B").check()
    author.get_by_label("Chuyên đề").select_option(label=other.topic.title)  # type: ignore[union-attr]
    author.get_by_role("button", name="Lưu và gửi thẩm định").click()
    expect(author.get_by_role("heading", level=1)).to_contain_text(f"với câu #{other.pk}")
    sound(author)
    author.get_by_role("button", name="Quay lại sửa").click()
    expect(author.get_by_label("Phương án C")).to_have_value(OPTIONS[2])
    author.get_by_role("button", name="Lưu và gửi thẩm định").click()
    author.get_by_role("button", name="Vẫn lưu câu này").click()
    expect(author.get_by_text("Bản 1 chờ thẩm định.")).to_be_visible()
    sound(author)
    mine = Item.objects.latest("pk").pk

    examiner.goto("/items/")
    sound(examiner)
    examiner.get_by_role("link", name="phải làm việc gì").click()
    examiner.get_by_role("link", name="Thẩm định bản 1").click()
    sound(examiner)
    examiner.get_by_label("Đạt, đề nghị duyệt").check()
    examiner.get_by_role("button", name="Ghi kết luận").click()
    examiner.get_by_role("button", name="Duyệt bản 1").click()
    expect(examiner.get_by_text("Đã duyệt, đề đang dùng bản 1.")).to_be_visible()

    author.goto("/items/twins/")
    sound(author)
    author.get_by_role("button", name="Không cho vào cùng đề").first.click()
    author.goto(f"/items/{mine}/enemies/?q=phuong")
    sound(author)
    expect(author.get_by_role("link", name=STEM)).to_be_visible()


def test_many_at_once_and_back(
    live_server: LiveServer,
    other: Item,
    province: Unit,
    visits: tuple[Visit, Visit],
    signed_in: SignedIn,
    grant: Grant,
    make_person: MakePerson,
) -> None:
    judge = make_person("Lê Thị Bình", province)
    grant(judge, "examiner", province)
    page = let_in(visits[0], signed_in, judge, live_server.url)
    page.goto("/items/")
    page.get_by_role("checkbox", name="Chọn câu").first.check()
    expect(page.locator("[data-ticked]")).to_have_text("(1)")
    page.get_by_label("Cả 35 câu trong danh sách, không chỉ trang này").check()
    page.get_by_role("button", name="Ngừng dùng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngừng dùng: 35 câu hỏi")
    sound(page)
    page.get_by_label("Lý do").fill("Nghị định hết hiệu lực")
    page.get_by_role("button", name="Ngừng dùng").click()
    expect(page.get_by_text("Ngừng dùng: xong 35 câu.")).to_be_visible()
    sound(page)
    assert Item.objects.filter(state="retired").count() == 35
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã trả lại 35 câu như trước.")).to_be_visible()
    assert Item.objects.filter(state="approved").count() == 35
