"""Items of every kind in a bundle: drawn, shown, scored; images with addresses that last."""

import re
from datetime import timedelta
from typing import Any

import pytest

from lantoa.files.models import StoredFile
from lantoa.frameworks.models import Node
from lantoa.items.actions import BlueprintFields, create_blueprint, create_item
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.models import ItemVersion
from lantoa.items.papers import Opened, open_bundle
from lantoa.items.tests import samples
from lantoa.items.tests.conftest import single
from lantoa.items.tests.samples import SAMPLES
from lantoa.kernel import clock
from lantoa.people.models import Unit


def opened(unit: Unit, topic: Node, versions: list[ItemVersion], **fields: Any) -> Opened:
    blueprint = create_blueprint(
        actor=None,
        unit=unit,
        fields=BlueprintFields(title="Đề", minutes=60, pass_mark=70, **fields),
        cells={(topic.pk, "basic"): len(versions)},
    )
    chosen = [Chosen(version) for version in versions]
    bundle = compile_bundle(blueprint=blueprint, title="Đề", cells=[Cell(len(chosen), chosen)])
    return open_bundle(bundle)


@pytest.fixture
def versions(
    province: Unit, topics: dict[str, Node], files: dict[str, StoredFile]
) -> list[ItemVersion]:
    return [
        create_item(actor=None, unit=province, kind=name, content=content, topic=topics["t1"])
        for name, listed in SAMPLES.items()
        for content, _right in listed
    ]


@pytest.mark.parametrize("shuffled", [True, False])
def test_every_kind_is_drawn_shown_and_scored(
    province: Unit, topics: dict[str, Node], versions: list[ItemVersion], shuffled: bool
) -> None:
    paper = opened(province, topics["t1"], versions, shuffle_options=shuffled)
    rights = [right for listed in SAMPLES.values() for _content, right in listed]
    for seed in range(12):
        for slot, place in enumerate(paper.paper(seed)):
            kind, order = (
                paper.kinds[place[0]],
                paper.content["items"][place[0]]["orders"][place[1]],
            )
            content, right = paper.arranged(place), rights[place[0]]
            inverse = [order.index(index) for index in range(len(order))]
            response = kind.restore(right, inverse)
            assert paper.accepts(place, response)
            points, possible = kind.score(content, response)
            assert points == (0 if kind.by_people else possible)
            html = paper.fragment(place, slot, "vi")
            assert f'data-item="{kind.name}"' in html
            assert samples.WHY not in html
            assert "slot-0-name" not in html


def test_the_order_that_is_the_key_is_never_shown_as_written(
    province: Unit, topics: dict[str, Node]
) -> None:
    version = create_item(
        actor=None, unit=province, kind="ordering", content=samples.ordering(), topic=topics["t1"]
    )
    paper = opened(province, topics["t1"], [version], shuffle_options=False)
    assert len(paper.content["items"][0]["orders"]) > 1


def test_images_of_a_fragment_get_new_addresses_when_the_old_ones_near_their_end(
    province: Unit, topics: dict[str, Node], files: dict[str, StoredFile], monkeypatch: Any
) -> None:
    content = single() | {"stem": f'Xem <img data-file="{samples.FILE}" alt="Sơ đồ">'}
    version = create_item(
        actor=None, unit=province, kind="single_choice", content=content, topic=topics["t1"]
    )
    paper, start = opened(province, topics["t1"], [version]), clock.now()
    seen = []
    for days in (0, 0, 1, 2):
        at = start + timedelta(days=days)
        monkeypatch.setattr("lantoa.kernel.clock.now", lambda at=at: at)
        (place,) = paper.paper(1)
        links = re.findall(r'src="(/files/m/[^"]+)"', paper.fragment(place, 0, "vi"))
        assert len(links) == 1
        seen += links
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
