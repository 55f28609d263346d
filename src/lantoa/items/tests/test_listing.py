"""The bank as a list: narrowed, searched, sorted, counted, exported."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.actions import (
    About,
    NewItem,
    create_items,
    retire_item,
    review_item,
    revise_item,
    send_item,
)
from lantoa.items.models import Form, FormSlot, Item
from lantoa.items.tests.conftest import FillBank, page, single
from lantoa.items.tests.test_actions import blueprint_of
from lantoa.kernel import clock
from lantoa.people.models import Unit


@pytest.fixture
def bank(
    province: Unit, commune: Unit, topics: dict[str, Node], fill_bank: FillBank, author: Client
) -> dict[str, Item]:
    """Eight items, no two alike in what the filters ask."""
    competence = Node.objects.filter(kind="competence")[0]
    writer = User.objects.get(display_name="Nguyễn Văn An")

    def new(unit: Unit, n: int, topic: str = "t1", level: str = "basic", **more: object) -> Item:
        one = NewItem("single_choice", single(n), topics[topic], level, **more)  # type: ignore[arg-type]
        by = writer if n == 7 else None
        return create_items(actor=by, unit=unit, items=[one])[0].item

    (used,) = fill_bank(province, "t1", "basic", 1)
    form = Form.objects.create(
        unit=province, blueprint=blueprint_of(province, topics, t1=1), code="101"
    )
    FormSlot.objects.create(form=form, position=0, version=used)
    with clock.fixed(clock.now() - timedelta(days=400)):
        old = new(province, 1, "t2", "advanced")
        review_item(actor=None, item=old, verdict="fit")
    sent = new(commune, 2, about=About(difficulty="hard", competence=competence))
    send_item(actor=None, item=sent)
    back = new(province, 3, purpose="lesson")
    review_item(actor=None, item=back, verdict="returned", reason="Chưa rõ")
    gone = new(province, 4)
    retire_item(actor=None, item=gone, reason="Lỗi thời")
    return {
        "used": used.item,
        "old": old,
        "sent": sent,
        "back": back,
        "gone": gone,
        "own": new(province, 7),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "own gone back sent old used"),
        ("sort=oldest", "used old sent back gone own"),
        ("topic={t2}", "old"),
        ("level=advanced", "old"),
        ("state=draft", "own back sent"),
        ("state=reviewed", "old"),
        ("state=approved", "used"),
        ("state=retired", "gone"),
        ("stage=waiting", "sent"),
        ("stage=returned", "back"),
        ("stage=fit", "old"),
        ("purpose=lesson", "back"),
        ("kind=multiple_response", ""),
        ("difficulty=hard", "sent"),
        ("competence={competence}", "sent"),
        ("used=yes", "used"),
        ("used=no&state=draft", "own back sent"),
        ("review=never", "own gone sent"),
        ("review=old", "old"),
        ("unit={commune}", "sent"),
        ("author={author}", "own"),
        ("q=%23{sent}", "sent"),
        ("q=%23999999999999999999999999", ""),
        ("q=PHUONG+AN+a+cua+cau+4", "gone"),
        ("unit=999&author=x&sort=burn&used=maybe", "own gone back sent old used"),
    ],
)
def test_every_filter(
    bank: dict[str, Item],
    topics: dict[str, Node],
    commune: Unit,
    author: Client,
    query: str,
    names: str,
) -> None:
    told = {
        "t2": topics["t2"].pk,
        "competence": bank["sent"].competence_id,
        "commune": commune.pk,
        "author": bank["own"].created_by_id,
        "sent": bank["sent"].pk,
    }
    response = author.get(f"/items/?{query.format(**told)}")
    assert response.status_code == 200
    by_id = {item.pk: name for name, item in bank.items()}
    assert [by_id[item.pk] for item, _v, _uses in response.context["rows"]] == names.split()


def test_the_counts_say_what_waits_for_whom(bank: dict[str, Item], author: Client) -> None:
    counts = author.get("/items/").context["counts"]
    told = (counts.waiting, counts.returned, counts.fit, counts.approved, counts.retired)
    assert told == (1, 1, 1, 1, 1)
    assert counts.total == 6


def test_words_are_those_of_the_newest_version(bank: dict[str, Item], author: Client) -> None:
    content = {**single(7), "stem": "Chứng thư số hết hạn thì làm gì?"}
    revise_item(actor=None, item=bank["own"], content=content)
    assert len(author.get("/items/?q=chung+thu+so").context["rows"]) == 1
    assert len(author.get("/items/?q=cau+hoi+so+7").context["rows"]) == 0


def test_pages_keep_the_filter(province: Unit, fill_bank: FillBank, author: Client) -> None:
    fill_bank(province, "t1", "basic", 35)
    second = page(author, "/items/?level=basic&page=2")
    assert second.count('<th scope="row">') == 5
    assert "level=basic" in second
    assert "Cả 35 câu trong danh sách" in second
    assert page(author, "/items/?page=99").count('<th scope="row">') == 5


def test_the_filtered_list_is_taken_out_as_a_file(bank: dict[str, Item], author: Client) -> None:
    response = author.get("/items/?state=draft&sort=oldest&format=xlsx")
    assert 'filename="ngan-hang-cau-hoi.xlsx"' in response.headers["Content-Disposition"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert "Tình trạng: Bản nháp" in [row[0] for row in rows[:5]]
    head = next(n for n, row in enumerate(rows) if row[0] == "Câu")
    assert [row[0] for row in rows[head + 1 :]] == [
        bank[name].pk for name in ("sent", "back", "own")
    ]
    assert rows[head + 1][6] == "Khó"
    event = Event.objects.get(action="items.export_items")
    assert event.data == {"count": 3, "filters": {"state": "draft", "sort": "oldest"}}


def test_a_stranger_takes_nothing_out(
    bank: dict[str, Item], learner: Client, neighbour: Client
) -> None:
    assert learner.get("/items/?format=xlsx").status_code == 404
    neighbour.get("/items/?format=xlsx")
    assert Event.objects.get(action="items.export_items").data["count"] == 0
