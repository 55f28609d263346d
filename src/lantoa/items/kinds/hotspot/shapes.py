"""Areas of an image, in its own pixels.

{"shape": "rect", "at": [x, y, width, height]} | {"shape": "circle", "at": [x, y, radius]} |
{"shape": "polygon", "at": [x1, y1, x2, y2, x3, y3, …]}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lantoa.kernel.text import fold

Area = dict[str, Any]
LARGEST = 20_000
MOST_CORNERS = 40
# By the folded word that an author writes.
WORDS = {
    "chu nhat": "rect", "tron": "circle", "da giac": "polygon",
    "rect": "rect", "circle": "circle", "polygon": "polygon",
}  # fmt: skip


def clean(area: Mapping[str, Any]) -> Area:
    at = area.get("at")
    numbers = at if isinstance(at, list) and all(type(each) is int for each in at) else []
    shape = area.get("shape")
    return {"shape": shape if isinstance(shape, str) else "", "at": numbers}


def is_sound(area: Area, width: int, height: int) -> bool:
    """Whether it's a shape that lies, at least with its beginning, on the image."""
    at = area["at"]
    if any(abs(number) > LARGEST for number in at):
        return False
    if area["shape"] == "rect":
        return len(at) == 4 and _on(at[0], at[1], width, height) and at[2] > 0 and at[3] > 0
    if area["shape"] == "circle":
        return len(at) == 3 and _on(at[0], at[1], width, height) and at[2] > 0
    is_polygon = area["shape"] == "polygon" and len(at) % 2 == 0
    corners = _corners(at)
    return (
        is_polygon
        and 3 <= len(corners) <= MOST_CORNERS
        and all(_on(x, y, width, height) for x, y in corners)
    )


def _on(x: int, y: int, width: int, height: int) -> bool:
    return 0 <= x <= width and 0 <= y <= height


def _corners(at: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(at[::2], at[1::2], strict=False))


def holds(area: Area, x: int, y: int) -> bool:
    """Whether a point lies in it; the edges of rectangles and circles belong to them."""
    at = area["at"]
    if area["shape"] == "rect":
        return bool(at[0] <= x <= at[0] + at[2] and at[1] <= y <= at[1] + at[3])
    if area["shape"] == "circle":
        return bool((x - at[0]) ** 2 + (y - at[1]) ** 2 <= at[2] ** 2)
    corners, inside = _corners(at), False
    # A ray to the right crosses the outline an odd number of times from within. Whole numbers only:
    # the division is multiplied out.
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > y) != (y2 > y):
            crossed = (x - x1) * (y2 - y1) - (x2 - x1) * (y - y1)
            inside ^= crossed < 0 if y2 > y1 else crossed > 0
    return inside


def typed(line: str) -> Area | None:
    """An area of a line such as "chữ nhật 10 20 100 50"; None when it can't be read."""
    words = fold(line).split()
    first = next((place for place, word in enumerate(words) if word.isdigit()), len(words))
    shape, numbers = WORDS.get(" ".join(words[:first])), words[first:]
    readable = all(word.isascii() and word.isdigit() and len(word) < 6 for word in numbers)
    if shape is None or not readable or not numbers:
        return None
    return {"shape": shape, "at": [int(word) for word in numbers]}


def shown(area: Area) -> str:
    """As its author may type it."""
    words = {"rect": _("chữ nhật"), "circle": _("tròn"), "polygon": _("đa giác")}
    return f"{words[area['shape']]} {' '.join(map(str, area['at']))}"


def svg(area: Area) -> dict[str, Any]:
    """The same with what an SVG element takes."""
    at = area["at"]
    if area["shape"] == "polygon":
        return {**area, "points": " ".join(f"{x},{y}" for x, y in _corners(at))}
    return area
