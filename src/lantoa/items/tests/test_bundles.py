import hashlib
from random import Random
from typing import Any

import msgspec
import pytest

from lantoa.frameworks.models import Node
from lantoa.items.actions import BlueprintFields, CellFields, compile_pool, create_blueprint
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.kinds import kind_of
from lantoa.items.models import Blueprint, Bundle, Enmity, Item, ItemVersion
from lantoa.items.papers import Opened, open_bundle
from lantoa.items.queries import draw_versions
from lantoa.items.rules import BankTooSmall
from lantoa.items.tests.conftest import FillBank, rewritten, single
from lantoa.people.models import Unit

FIELDS = BlueprintFields(title="Kiểm tra", minutes=30, pass_mark=70)


def loaded(versions: list[ItemVersion]) -> list[ItemVersion]:
    """As the database gives them, not as they were typed."""
    found = ItemVersion.objects.select_related("item__topic__parent").in_bulk(
        [version.pk for version in versions]
    )
    return [found[version.pk] for version in versions]


def blueprint_of(unit: Unit, topics: dict[str, Node], **fields: Any) -> Blueprint:
    told = BlueprintFields(**{"title": "Kiểm tra", "minutes": 30, "pass_mark": 70, **fields})
    cells = [
        CellFields(topics["t1"].pk, "basic", 3, points=2),
        CellFields(topics["t2"].pk, "basic", 2),
    ]
    return create_blueprint(actor=None, unit=unit, fields=told, cells=cells)


@pytest.fixture
def blueprint(province: Unit, topics: dict[str, Node], fill_bank: FillBank) -> Blueprint:
    fill_bank(province, "t1", "basic", 8)
    fill_bank(province, "t2", "basic", 6)
    return blueprint_of(province, topics)


def opened(bundle: Bundle) -> Opened:
    return open_bundle(Bundle.objects.get(pk=bundle.pk))


def test_the_same_bank_gives_the_same_bundle_and_its_digest_is_of_the_bytes(
    blueprint: Blueprint,
) -> None:
    bundle = compile_pool(actor=None, blueprint=blueprint)
    assert compile_pool(actor=None, blueprint=blueprint) == bundle
    content = bytes(Bundle.objects.get(pk=bundle.pk).content)
    assert hashlib.sha256(content).hexdigest() == bundle.digest
    assert msgspec.json.encode(msgspec.json.decode(content), order="deterministic") == content


def test_the_order_of_stored_names_changes_no_digest(
    blueprint: Blueprint, province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    """PostgreSQL keeps JSON with its names in an order of its own."""
    versions = loaded(fill_bank(province, "t1", "basic", 2))
    one = compile_bundle(
        blueprint=blueprint, title="x", cells=[Cell(2, [Chosen(v) for v in versions])]
    )
    for version in versions:
        version.content = dict(sorted(version.content.items(), reverse=True))
    assert one == compile_bundle(
        blueprint=blueprint, title="x", cells=[Cell(2, [Chosen(v) for v in versions])]
    )


def test_a_changed_item_is_another_bundle(blueprint: Blueprint, fill_bank: FillBank) -> None:
    before = compile_pool(actor=None, blueprint=blueprint)
    Item.objects.filter(topic__code="t1")[0].delete()
    assert compile_pool(actor=None, blueprint=blueprint).digest != before.digest


@pytest.mark.parametrize("seed", range(12))
def test_a_paper_takes_what_the_cells_say(blueprint: Blueprint, seed: int) -> None:
    bundle = opened(compile_pool(actor=None, blueprint=blueprint))
    paper = bundle.paper(seed)
    assert bundle.paper(seed) == paper
    assert bundle.slots == len(paper) == 5
    assert (
        sorted(bundle.topic(place)["title"] for place in paper).count(
            bundle.content["topics"][0]["title"]
        )
        == 3
    )
    assert sorted(bundle.points(place) for place in paper) == [100, 100, 200, 200, 200]


def test_enemies_never_meet_on_a_paper_and_too_many_leave_none(blueprint: Blueprint) -> None:
    ones = list(Item.objects.filter(topic__code="t1").order_by("id"))
    for one in ones[:6]:
        for other in ones[:6]:
            if one.pk < other.pk:
                Enmity.objects.create(first=one, second=other)
    bundle = opened(compile_pool(actor=None, blueprint=blueprint))
    for seed in range(60):
        items = [item for item, _order in bundle.paper(seed)]
        assert not any((min(a, b), max(a, b)) in bundle.enemies for a in items for b in items)
    Enmity.objects.create(first=ones[5], second=ones[6])
    Enmity.objects.create(first=ones[6], second=ones[7])
    with pytest.raises(BankTooSmall, match="không còn đề nào"):
        compile_pool(actor=None, blueprint=blueprint)
    with pytest.raises(BankTooSmall, match="không còn đề nào"):
        draw_versions(blueprint, Random(1))


def test_options_that_keep_their_place_keep_it(
    blueprint: Blueprint, province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    (version,) = fill_bank(province, "t3", "basic", 1)
    content = single()
    content["options"][3] = {"text": "Tất cả các phương án trên", "fixed": True}
    rewritten(ItemVersion.objects.filter(pk=version.pk), content)
    (version,) = loaded([version])
    made = opened(
        compile_bundle(blueprint=blueprint, title="x", cells=[Cell(1, [Chosen(version)])])
    )
    orders = made.content["items"][0]["orders"]
    assert len(orders) == 6
    assert all(order[3] == 3 for order in orders)


def test_options_stay_when_they_are_not_shuffled(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    fill_bank(province, "t1", "basic", 3)
    fill_bank(province, "t2", "basic", 2)
    blueprint = blueprint_of(province, topics, shuffle_options=False, shuffle_items=False)
    bundle = opened(compile_pool(actor=None, blueprint=blueprint))
    assert [item["orders"] for item in bundle.content["items"]] == [[[0, 1, 2, 3]]] * 5
    assert bundle.paper(3) == [(n, 0) for n in range(5)]


def test_an_order_that_is_the_key_is_never_shown(
    blueprint: Blueprint, fill_bank: FillBank, province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind_of("single_choice"), "key_in_order", True, raising=False)
    (version,) = loaded(fill_bank(province, "t3", "basic", 1))
    blueprint.shuffle_options = False
    made = opened(
        compile_bundle(blueprint=blueprint, title="x", cells=[Cell(1, [Chosen(version)])])
    )
    orders = made.content["items"][0]["orders"]
    assert len(orders) > 5
    assert [0, 1, 2, 3] not in orders


def test_the_key_stays_in_the_bundle(blueprint: Blueprint) -> None:
    bundle = opened(compile_pool(actor=None, blueprint=blueprint))
    place = bundle.paper(1)[0]
    assert "answer" in bundle.arranged(place)
    assert "answer" not in bundle.shown(place)
    right = bundle.arranged(place)["answer"]
    assert bundle.kinds[place[0]].score(bundle.arranged(place), right) == (1, 1)


def test_a_kind_has_a_cell_of_its_own_and_the_rest_go_to_the_cell_without(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    fill_bank(province, "t1", "basic", 4)
    singles = set(Item.objects.values_list("pk", flat=True))
    Item.objects.filter(pk=min(singles)).update(kind="multiple_response")
    content = {**{k: v for k, v in single().items() if k != "answer"}, "answers": [0, 2]}
    rewritten(ItemVersion.objects.filter(item=min(singles)), content)
    cells = [
        CellFields(topics["t1"].pk, "basic", 3),
        CellFields(topics["t1"].pk, "basic", 1, kind="multiple_response", points=3),
    ]
    blueprint = create_blueprint(actor=None, unit=province, fields=FIELDS, cells=cells)
    drawn = draw_versions(blueprint, Random(1))
    assert [version.item.kind for version in drawn] == ["multiple_response"] + ["single_choice"] * 3
    bundle = opened(compile_pool(actor=None, blueprint=blueprint))
    assert [(len(cell["of"]), cell["take"]) for cell in bundle.content["cells"]] == [(1, 1), (3, 3)]
    blueprint.cells.filter(kind="multiple_response").update(count=2)
    with pytest.raises(BankTooSmall) as caught:
        compile_pool(actor=None, blueprint=blueprint)
    (shortage,) = caught.value.shortages
    assert "dạng" in shortage.sentence
    assert (shortage.needed, shortage.available) == (2, 1)
