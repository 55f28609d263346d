"""Outlines to SVG paths of whole numbers, with Hoàng Sa and Trường Sa as insets.

The two archipelagos lie far out at sea: drawn to scale they would leave the mainland a strip, so
they stand in two labelled boxes under it. A map that doesn't hold them shows them all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]
Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]

WIDTH, MARGIN = 1000, 8
INSET_HEIGHT = 260
INSET_LABEL = 84
"""Room for the name, and for a dot at the edge."""
INSET_MARGIN = 28
OPEN_SEA_EAST = 110.6
"""East of this longitude there are only the two archipelagos."""
SOUTHERN_SEA = (109.0, 10.2)
"""East of this longitude and south of this latitude lie the western reefs of Trường Sa."""
ARCHIPELAGOS_PART_AT = 13.5
"""Hoàng Sa lies north of this latitude, Trường Sa south."""

# A few islands of each, longitude and latitude, for maps whose file doesn't hold them.
HOANG_SA = ((112.34, 16.83), (111.61, 16.53), (111.20, 15.78), (112.73, 16.67), (112.35, 16.97))
TRUONG_SA = ((111.92, 8.64), (114.33, 11.43), (114.33, 9.88), (114.36, 10.18), (112.92, 7.89))


@dataclass(frozen=True)
class Shape:
    key: int
    path: str


@dataclass(frozen=True)
class Inset:
    """A box of its own under the map; `dots` where no outline was loaded."""

    name: str
    x: int
    y: int
    width: int
    height: int
    shapes: list[Shape]
    dots: list[tuple[int, int]]


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    shapes: list[Shape]
    insets: list[Inset]


class _Frame:
    """Degrees to the whole numbers of a box: east to the right, north up, true to shape."""

    def __init__(
        self,
        points: Sequence[Point],
        width: int,
        height: int | None = None,
        margin: int = MARGIN,
    ) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        self.west, self.north = min(xs), max(ys)
        middle = (min(ys) + max(ys)) / 2
        self.narrow = cos(radians(middle))
        wide = (max(xs) - min(xs)) * self.narrow or 1e-6
        high = max(ys) - min(ys) or 1e-6
        scale = (width - 2 * margin) / wide
        if height is not None:
            scale = min(scale, (height - 2 * margin) / high)
        self.scale = scale
        self.height = round(high * scale) + 2 * margin
        self.left = (width - wide * scale) / 2
        self.top = margin if height is None else (height - high * scale) / 2

    def place(self, point: Sequence[float]) -> tuple[int, int]:
        x = self.left + (point[0] - self.west) * self.narrow * self.scale
        y = self.top + (self.north - point[1]) * self.scale
        return round(x), round(y)


def _path(polygons: Polygons, frame: _Frame) -> str:
    parts = []
    for polygon in polygons:
        for ring in polygon:
            parts.append(_ring(ring, frame))
    return "".join(parts)


def _ring(ring: Sequence[Sequence[float]], frame: _Frame) -> str:
    x, y = frame.place(ring[0])
    words = [f"M{x} {y}l"]
    for point in ring[1:]:
        nx, ny = frame.place(point)
        if (nx, ny) != (x, y):
            words.append(f"{nx - x} {ny - y} ")
        x, y = nx, ny
    return "".join(words).rstrip("l ") + "z"


def _at_sea(polygon: Sequence[Sequence[Sequence[float]]]) -> bool:
    east, south = SOUTHERN_SEA
    return all(p[0] > OPEN_SEA_EAST or (p[0] > east and p[1] < south) for p in polygon[0])


def _points(polygons: Iterable[Sequence[Sequence[Sequence[float]]]]) -> list[Point]:
    return [(p[0], p[1]) for polygon in polygons for p in polygon[0]]


def draw(outlines: Mapping[int, Polygons]) -> Drawing:
    """A picture of these outlines (key -> polygons); at least one of them on land."""
    land = {k: [p for p in polygons if not _at_sea(p)] for k, polygons in outlines.items()}
    sea = {k: [p for p in polygons if _at_sea(p)] for k, polygons in outlines.items()}
    points = [p for polygons in land.values() for p in _points(polygons)]
    if not points:
        points = [p for polygons in outlines.values() for p in _points(polygons)]
        land, sea = dict(outlines), {}  # type: ignore[arg-type]
    frame = _Frame(points, WIDTH)
    shapes = [Shape(key, _path(ps, frame)) for key, ps in land.items() if ps]
    half = (WIDTH - MARGIN) // 2
    top = frame.height + 2 * MARGIN
    insets = [
        _inset("Quần đảo Hoàng Sa", HOANG_SA, _side(sea, north=True), 0, top, half),
        _inset("Quần đảo Trường Sa", TRUONG_SA, _side(sea, north=False), half + MARGIN, top, half),
    ]
    return Drawing(WIDTH, top + INSET_HEIGHT, shapes, insets)


def _side(sea: Mapping[int, Polygons], *, north: bool) -> dict[int, Polygons]:
    return {
        key: part
        for key, polygons in sea.items()
        if (part := [p for p in polygons if (p[0][0][1] > ARCHIPELAGOS_PART_AT) == north])
    }


def _inset(
    name: str,
    islands: Sequence[Point],
    loaded: Mapping[int, Polygons],
    x: int,
    y: int,
    width: int,
) -> Inset:
    box = INSET_HEIGHT - INSET_LABEL
    if not loaded:
        frame = _Frame(islands, width, box, INSET_MARGIN)
        return Inset(name, x, y, width, INSET_HEIGHT, [], [frame.place(p) for p in islands])
    frame = _Frame([p for ps in loaded.values() for p in _points(ps)], width, box, INSET_MARGIN)
    shapes = [Shape(key, _path(ps, frame)) for key, ps in loaded.items()]
    # An island of a few hundred metres is no bigger than a line: a dot shows where it is.
    dots = [frame.place(p[0][0]) for ps in loaded.values() for p in ps]
    return Inset(name, x, y, width, INSET_HEIGHT, shapes, dots)
