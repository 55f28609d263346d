"""Reading outlines of units from GeoJSON or TopoJSON files made by others.

TopoJSON is simplified arc by arc, so that neighbours keep one common border.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]

MAX_BYTES = 50 * 1024 * 1024
MAX_FEATURES = 20_000
MAX_POINTS = 2_000_000
CODE_KEYS = ("code", "ma", "ma_don_vi", "unit_code", "ma_xa", "ma_tinh", "id")
DETAIL = 2000
"""A picture is never drawn wider than half of this many points, so finer bends are left out."""


class ShapesRefused(Exception):
    """Why the file cannot be taken, as a sentence for whoever gave it."""


@dataclass(frozen=True)
class Outline:
    code: str
    name: str
    polygons: list[Polygon]


def read_shapes(data: bytes, *, code_key: str = "") -> list[Outline]:
    """The outlines in a file, simplified. Raises ShapesRefused with the reason."""
    if len(data) > MAX_BYTES:
        raise ShapesRefused(f"Tệp lớn quá {MAX_BYTES // 1024 // 1024} MB.")
    try:
        document = json.loads(data)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ShapesRefused("Tệp không phải JSON đọc được (cần GeoJSON hoặc TopoJSON).") from None
    kind = document.get("type") if isinstance(document, dict) else None
    if kind not in ("FeatureCollection", "Topology"):
        raise ShapesRefused("Tệp không phải GeoJSON (FeatureCollection) hay TopoJSON (Topology).")
    try:
        read = _features if kind == "FeatureCollection" else _topology
        outlines = list(read(document, code_key))
    except (KeyError, TypeError, ValueError, IndexError, RecursionError):
        raise ShapesRefused("Tệp hỏng: có hình không đọc được.") from None
    if not outlines:
        raise ShapesRefused("Tệp không có hình nào mang mã đơn vị.")
    return outlines


def _code(owner: dict[str, Any], code_key: str) -> tuple[str, str]:
    properties = owner.get("properties") or {}
    keys = (code_key,) if code_key else CODE_KEYS
    found = next((properties[k] for k in keys if properties.get(k) not in (None, "")), None)
    if found is None:
        found = owner.get("id")
    return str(found if found is not None else "").strip(), str(properties.get("name") or "")


def _polygons(kind: str, coordinates: Any) -> list[Any]:
    if kind == "Polygon":
        return [coordinates]
    return list(coordinates) if kind == "MultiPolygon" else []


def _features(document: dict[str, Any], code_key: str) -> Iterator[Outline]:
    features = document["features"]
    _limit(len(features), MAX_FEATURES, "hình")
    raw = []
    points = 0
    for feature in features:
        geometry = feature.get("geometry") or {}
        code, name = _code(feature, code_key)
        polygons = [
            [[(float(p[0]), float(p[1])) for p in ring] for ring in polygon]
            for polygon in _polygons(geometry.get("type", ""), geometry.get("coordinates"))
        ]
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        _limit(points, MAX_POINTS, "điểm")
        if code and polygons:
            raw.append(Outline(code, name, polygons))
    tolerance = _tolerance(p for o in raw for polygon in o.polygons for r in polygon for p in r)
    for outline in raw:
        simple = [[_closed(simplify(r, tolerance), r) for r in p] for p in outline.polygons]
        yield Outline(outline.code, outline.name, simple)


def decode_arcs(document: dict[str, Any]) -> list[Ring]:
    """The arcs as absolute points: with a transform they are stored as steps of whole numbers."""
    arcs = document["arcs"]
    _limit(sum(len(arc) for arc in arcs), MAX_POINTS, "điểm")
    transform = document.get("transform")
    if not transform:
        return [[(float(p[0]), float(p[1])) for p in arc] for arc in arcs]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    decoded = []
    for arc in arcs:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def _topology(document: dict[str, Any], code_key: str) -> Iterator[Outline]:
    full = decode_arcs(document)
    tolerance = _tolerance(point for arc in full for point in arc)
    simple = [simplify(arc, tolerance) for arc in full]
    owners = list(_geometries(document["objects"].values()))
    _limit(len(owners), MAX_FEATURES, "hình")
    for owner in owners:
        code, name = _code(owner, code_key)
        polygons = [
            [_closed(_stitch(ring, simple), _stitch(ring, full)) for ring in polygon]
            for polygon in _polygons(owner.get("type", ""), owner.get("arcs"))
        ]
        if code and polygons:
            yield Outline(code, name, polygons)


def _geometries(objects: Any) -> Iterator[dict[str, Any]]:
    for found in objects:
        if found.get("type") == "GeometryCollection":
            yield from _geometries(found["geometries"])
        else:
            yield found


def _stitch(ring: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs end to end; ~i is arc i backwards. The point where two meet is written once."""
    points: Ring = []
    for index in ring:
        if index >= len(arcs) or ~index >= len(arcs):
            raise IndexError(index)
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _closed(simple: Ring, full: Ring) -> Ring:
    """An islet that simplifying would flatten is kept as it was."""
    return simple if len(simple) >= 4 else full


def _tolerance(points: Iterator[Point]) -> float:
    listed = list(points)
    if not listed:
        return 0.0
    xs, ys = [p[0] for p in listed], [p[1] for p in listed]
    return max(max(xs) - min(xs), max(ys) - min(ys)) / DETAIL


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        raise ShapesRefused(f"Tệp có quá {most} {what}.")


def simplify(points: Ring, tolerance: float) -> Ring:
    """Douglas–Peucker without recursion: ends stay, and every bend that stands out more than the
    tolerance. A closed ring is cut at the point farthest from its start."""
    if len(points) < 3 or tolerance <= 0:
        return list(points)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = 0, 0.0
        for i in range(first + 1, last):
            found = _distance(points[i], points[first], points[last])
            if found > distance:
                farthest, distance = i, found
        if distance > tolerance:
            keep.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length == 0:
        return float(((point[0] - start[0]) ** 2 + (point[1] - start[1]) ** 2) ** 0.5)
    return float(abs(dx * (start[1] - point[1]) - dy * (start[0] - point[0])) / length)
