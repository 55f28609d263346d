"""Outlines from other people's files: decoded, simplified, limited, refused with a reason."""

import json
from typing import Any

import pytest

from lantoa.reports.rules import shapes
from lantoa.reports.rules.shapes import Outline, ShapesRefused, decode_arcs, read_shapes, simplify

SQUARE = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]


def _geojson(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def _feature(code: Any, ring: Any = None, key: str = "code", **more: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring or SQUARE]}
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry, **more}


def _topology(**more: Any) -> dict[str, Any]:
    """Two squares that share the arc 0: left uses it forwards, right backwards."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.5, 2.0], "translate": [100.0, 10.0]},
        "arcs": [
            [[10, 0], [0, 10]],
            [[10, 10], [-10, 0], [0, -10], [10, 0]],
            [[10, 0], [10, 0], [0, 10], [-10, 0]],
        ],
        "objects": {
            "x": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "properties": {"code": "L"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "properties": {"code": "R"}, "arcs": [[[2, -1]]]},
                ],
            }
        },
        **more,
    }


def test_arcs_are_decoded_with_the_transform() -> None:
    arcs = decode_arcs(_topology())
    assert arcs[0] == [(105.0, 10.0), (105.0, 30.0)]
    assert arcs[1][-1] == (105.0, 10.0)


def test_arcs_are_stitched_and_turned_round() -> None:
    left, right = read_shapes(json.dumps(_topology()).encode())
    assert left.polygons[0][0][0] == left.polygons[0][0][-1] == (105.0, 10.0)
    ring = right.polygons[0][0]
    assert ring[0] == ring[-1] == (105.0, 10.0)
    assert (105.0, 30.0) in ring
    assert len(ring) == 5


def test_a_topology_without_a_transform_holds_plain_points() -> None:
    plain = _topology()
    del plain["transform"]
    assert decode_arcs(plain)[0] == [(10.0, 0.0), (0.0, 10.0)]


@pytest.mark.parametrize(
    ("feature", "code"),
    [
        (_feature("05440"), "05440"),
        (_feature(5440), "5440"),
        (_feature("19", key="ma_tinh"), "19"),
        (_feature(None, key="x", id="77"), "77"),
    ],
)
def test_codes_are_found(feature: dict[str, Any], code: str) -> None:
    assert read_shapes(_geojson(feature))[0].code == code


def test_a_named_property() -> None:
    found = read_shapes(_geojson(_feature("A1", key="zzz")), code_key="zzz")
    assert [o.code for o in found] == ["A1"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        (b"PK\x03\x04", "JSON"),
        (b"[1]", "GeoJSON"),
        (b'{"type": "Feature"}', "GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "không có hình"),
        (b'{"type": "FeatureCollection"}', "hỏng"),
        (_geojson(_feature("1", [["a", 1]])), "hỏng"),
        (_geojson(_feature(None)), "không có hình"),
        (b"[" * 100_000, "JSON"),
        (json.dumps({**_topology(), "arcs": []}).encode(), "hỏng"),
    ],
)
def test_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ShapesRefused, match=words):
        read_shapes(data)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _geojson(_feature("1"), _feature("2"))
    for name, value in (("MAX_BYTES", 10), ("MAX_FEATURES", 1), ("MAX_POINTS", 6)):
        with monkeypatch.context() as patch:
            patch.setattr(shapes, name, value)
            with pytest.raises(ShapesRefused, match="quá"):
                read_shapes(data)
    assert len(read_shapes(data)) == 2


def test_simplifying_keeps_bends_and_ends() -> None:
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert simplify(line, 0.01) == [(0.0, 0.0), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert simplify(line, 0) == line
    ring = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]
    assert simplify(ring, 0.1) == ring


def test_an_islet_is_not_flattened_away() -> None:
    islet = [[50.0, 50.0], [50.0, 50.001], [50.001, 50.0], [50.0, 50.0]]
    far = [[0.0, 0.0], [0.0, 100.0], [100.0, 100.0], [0.0, 0.0]]
    found = read_shapes(_geojson(_feature("1", islet), _feature("2", far)))
    assert isinstance(found[0], Outline)
    assert len(found[0].polygons[0][0]) == 4
