import random

import pytest

from lantoa.audit.models import Event
from lantoa.frameworks.models import Node
from lantoa.items.actions import (
    BlueprintFields,
    NewItem,
    approve_item,
    change_blueprint,
    create_blueprint,
    create_item,
    create_items,
    reclassify_item,
    retire_item,
    review_item,
    revise_item,
)
from lantoa.items.models import Blueprint, Item, ItemVersion
from lantoa.items.queries import bank_counts, draw_versions, search, shortages_of
from lantoa.items.rules import BankTooSmall, InvalidContent, NotAllowed
from lantoa.items.tests.conftest import FillBank, single
from lantoa.people.models import Unit

FIELDS = BlueprintFields(title="Kiểm tra cuối khóa", minutes=30, pass_mark=70)


def new(unit: Unit, topic: Node | None = None) -> ItemVersion:
    return create_item(actor=None, unit=unit, kind="single_choice", content=single(), topic=topic)


def found_fit(item: Item) -> None:
    review_item(actor=None, item=item, verdict="fit")


def test_an_item_begins_as_a_draft_and_is_audited(province: Unit) -> None:
    version = new(province)
    assert (version.number, version.item.state) == (1, "draft")
    assert "viec nao lam truoc" in version.search_key
    assert Event.objects.filter(action="items.create_item").count() == 1


def test_wrong_content_writes_nothing(province: Unit) -> None:
    bad = NewItem("single_choice", {**single(), "answer": 7})
    with pytest.raises(InvalidContent) as caught:
        create_items(actor=None, unit=province, items=[NewItem("single_choice", single()), bad])
    assert caught.value.problems
    assert not Item.objects.exists()


def test_a_revision_is_a_new_version_and_the_old_one_stays(province: Unit) -> None:
    first = new(province)
    second = revise_item(actor=None, item=first.item, content=single(2))
    assert second.number == 2
    assert ItemVersion.objects.get(pk=first.pk).content == first.content
    assert revise_item(actor=None, item=first.item, content=single(2)) == second
    assert Event.objects.filter(action="items.revise_item").count() == 1


def test_an_exam_item_is_approved_only_with_a_topic(
    province: Unit, topics: dict[str, Node]
) -> None:
    item = new(province).item
    found_fit(item)
    with pytest.raises(NotAllowed, match="chuyên đề"):
        approve_item(actor=None, item=item)
    reclassify_item(actor=None, item=item, topic=topics["t1"], level="basic", purpose="exam")
    approve_item(actor=None, item=item)
    assert Item.objects.get(pk=item.pk).state == "approved"


def test_a_lesson_question_needs_no_topic(province: Unit) -> None:
    version = create_item(
        actor=None, unit=province, kind="single_choice", content=single(), purpose="lesson"
    )
    found_fit(version.item)
    assert approve_item(actor=None, item=version.item).version == version


def blueprint_of(unit: Unit, topics: dict[str, Node], **counts: int) -> Blueprint:
    cells = {(topics[code].pk, "basic"): count for code, count in counts.items()}
    return create_blueprint(actor=None, unit=unit, fields=FIELDS, cells=cells)


def test_a_draw_takes_what_the_cells_say_in_the_order_of_the_syllabus(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    fill_bank(province, "t2", "basic", 5)
    fill_bank(province, "t1", "basic", 5)
    fill_bank(province, "t1", "advanced", 5)
    blueprint = blueprint_of(province, topics, t2=3, t1=2)
    drawn = draw_versions(blueprint, random.Random(7))
    assert [v.item.topic_id for v in drawn] == [topics["t1"].pk] * 2 + [topics["t2"].pk] * 3
    assert {v.item.level for v in drawn} == {"basic"}
    assert len({v.pk for v in drawn}) == 5
    assert draw_versions(blueprint, random.Random(7)) == drawn
    draws = {tuple(v.pk for v in draw_versions(blueprint, random.Random(s))) for s in range(20)}
    assert len(draws) > 5


def test_a_draw_takes_the_newest_approved_version_only(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    (first,) = fill_bank(province, "t1", "basic", 1)
    blueprint = blueprint_of(province, topics, t1=1)
    second = revise_item(actor=None, item=first.item, content=single(99))
    assert draw_versions(blueprint, random.Random(1)) == [first]
    found_fit(first.item)
    assert draw_versions(blueprint, random.Random(1)) == [first]
    approve_item(actor=None, item=first.item)
    assert draw_versions(blueprint, random.Random(1)) == [second]


def test_only_approved_exam_items_of_the_unit_and_below_are_drawn(
    country: Unit, province: Unit, commune: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    fill_bank(country, "t1", "basic", 1)
    fill_bank(province, "t1", "basic", 1)
    fill_bank(commune, "t1", "basic", 1)
    new(province, topics["t1"])
    (retired,) = fill_bank(province, "t1", "basic", 1)
    retire_item(actor=None, item=retired.item, reason="Lỗi thời")
    lesson = NewItem("single_choice", single(), topics["t1"], "basic", "lesson")
    create_items(actor=None, unit=province, items=[lesson], approve=True)
    assert bank_counts(province.pk, [topics["t1"].pk]) == {(topics["t1"].pk, "basic"): 2}
    with pytest.raises(BankTooSmall) as caught:
        draw_versions(blueprint_of(province, topics, t1=3), random.Random(1))
    (shortage,) = caught.value.shortages
    assert "cần 3 câu đã duyệt, ngân hàng có 2, thiếu 1" in shortage.sentence


def test_shortages_are_said_before_anybody_sits(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    fill_bank(province, "t1", "basic", 2)
    blueprint = blueprint_of(province, topics, t1=2, t3=4)
    assert [(s.needed, s.available) for s in shortages_of(blueprint)] == [(4, 0)]
    change_blueprint(
        actor=None, blueprint=blueprint, fields=FIELDS, cells={(topics["t1"].pk, "basic"): 2}
    )
    assert shortages_of(blueprint) == []
    assert Event.objects.filter(action="items.change_blueprint").count() == 1


def test_an_empty_blueprint_draws_nothing(province: Unit, topics: dict[str, Node]) -> None:
    with pytest.raises(BankTooSmall):
        draw_versions(blueprint_of(province, topics), random.Random(1))


@pytest.mark.parametrize(
    ("words", "found"), [("viec nao", 1), ("VIỆC NÀO", 1), ("nao viec", 1), ("viec khac", 0)]
)
def test_search_needs_no_accents(province: Unit, words: str, found: int) -> None:
    first = new(province)
    assert search(Item.objects.all(), words).count() == found
    revise_item(actor=None, item=first.item, content={**single(), "stem": "Khác hẳn"})
    assert not search(Item.objects.all(), "lam truoc").exists()
