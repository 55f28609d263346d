import re

import pytest

from lantoa.reports.rules.classes import class_of
from lantoa.reports.rules.drawing import draw


def _box(west: float, south: float, size: float = 1.0) -> list[list[list[float]]]:
    east, north = west + size, south + size
    return [[[west, south], [west, north], [east, north], [east, south], [west, south]]]


def test_hoang_sa_and_truong_sa_stand_on_every_map() -> None:
    drawing = draw({1: [_box(105, 21)]})
    assert [i.name for i in drawing.insets] == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]
    assert all(inset.dots and not inset.shapes for inset in drawing.insets)
    for inset in drawing.insets:
        assert inset.y + inset.height <= drawing.height
        assert inset.x + inset.width <= drawing.width
        assert all(0 < x < inset.width and 0 < y < inset.height for x, y in inset.dots)


def test_islands_at_sea_go_into_their_inset_and_leave_the_frame_to_the_land() -> None:
    drawing = draw({1: [_box(108, 15.5), _box(111.5, 16.3, 0.2)], 2: [_box(109, 12)], 3: []})
    hoang_sa, truong_sa = drawing.insets
    assert [s.key for s in hoang_sa.shapes] == [1]
    assert not truong_sa.shapes
    assert {s.key for s in drawing.shapes} == {1, 2}
    xs = [int(x) for s in drawing.shapes for x in re.findall(r"M(-?\d+) ", s.path)]
    assert max(xs) < drawing.width


def test_a_path_is_relative_whole_numbers_north_up() -> None:
    path = draw({1: [_box(0, 0)]}).shapes[0].path
    assert re.fullmatch(r"(M\d+ \d+l(-?\d+ -?\d+ ?)+z)+", path)
    start, step = re.match(r"M\d+ (\d+)l\d+ (-?\d+)", path).groups()  # type: ignore[union-attr]
    assert int(start) > 0 > int(step), "going north is going up"


def test_a_unit_that_lies_only_at_sea_is_still_drawn() -> None:
    assert draw({1: [_box(112, 16)]}).shapes[0].path


@pytest.mark.parametrize(
    ("share", "css"),
    [
        (None, "none"),
        (0, "0"),
        (0.4999, "0"),
        (0.5, "1"),
        (0.7, "2"),
        (0.85, "3"),
        (0.9999, "3"),
        (1, "4"),
        (1.2, "4"),
    ],
)
def test_classes(share: float | None, css: str) -> None:
    assert class_of(share) == css
