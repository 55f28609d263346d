"""What stands on paper of an item, read from the shape of its content (docs/items.md), so that no
kind is named here: a shape that isn't known is asked by its stem, with room for an answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from lantoa.items.kinds import kind_of
from lantoa.items.printing.markup import Images, Node, nodes

Content = Mapping[str, Any]
Block = dict[str, Any]
GAP = re.compile(r"\[\[([0-9]+)\]\]")
TRUE, FALSE = pgettext_lazy("true, on paper", "Đ"), pgettext_lazy("false, on paper", "S")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINES_OF_ESSAY, WORDS_PER_LINE, MOST_LINES = 12, 10, 40


class Item:
    """An item as arranged, key included: what is asked, what the sheet holds, what is right."""

    def __init__(self, content: Content, images: Images, by_people: bool) -> None:
        self.content, self.images, self.by_people = content, images, by_people

    def html(self, markup: object) -> list[Node]:
        return nodes(str(markup or ""), self.images)

    def stem(self) -> list[Node]:
        if "text" in self.content:
            return self.html(GAP.sub(r"(\1) ……………", str(self.content["text"])))
        return self.html(self.content.get("stem"))

    def explanation(self) -> list[Node]:
        return self.html(self.content.get("explanation") or self.content.get("sample"))

    def blocks(self) -> list[Block]:
        return [block for _shape, read in self._shapes() for block in read.blocks(self)]

    def sheet(self) -> list[Block]:
        """What the answer sheet holds for it; by people: on paper of its own."""
        if self.by_people:
            return [{"type": "own"}]
        marks = [mark for _shape, read in self._shapes() for mark in read.sheet(self)]
        return marks or [{"type": "line", "label": ""}]

    def answer(self) -> str:
        if self.by_people:
            return _("Chấm theo hướng dẫn")
        return "; ".join(filter(None, (read.answer(self) for _shape, read in self._shapes())))

    def _shapes(self) -> "list[tuple[str, type[Shape]]]":
        return [(name, read) for name, read in SHAPES if name in self.content]


class Shape:
    """One part of contents, by the name it has there."""

    @staticmethod
    def blocks(item: Item) -> list[Block]:
        return []

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        return []

    @staticmethod
    def answer(item: Item) -> str:
        return ""


def _lettered(item: Item, parts: Sequence[Content]) -> list[Block]:
    rows = [{"label": LETTERS[n], "c": item.html(part["text"])} for n, part in enumerate(parts)]
    return [{"type": "options", "rows": rows}]


class Options(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        return _lettered(item, item.content["options"])

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        return [{"type": "letters", "letters": list(LETTERS[: len(item.content["options"])])}]

    @staticmethod
    def answer(item: Item) -> str:
        right = item.content.get("answers", [item.content.get("answer")])
        return ", ".join(LETTERS[index] for index in right if index is not None)


class Statements(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        rows = [
            {"label": LETTERS[n].lower(), "c": item.html(part["text"])}
            for n, part in enumerate(item.content["statements"])
        ]
        return [{"type": "statements", "rows": rows}]

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        return [
            {"type": "letters", "label": LETTERS[n].lower(), "letters": [str(TRUE), str(FALSE)]}
            for n in range(len(item.content["statements"]))
        ]

    @staticmethod
    def answer(item: Item) -> str:
        return ", ".join(
            f"{LETTERS[n].lower()} {TRUE if part.get('true') else FALSE}"
            for n, part in enumerate(item.content["statements"])
        )


class Pairs(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        left = [
            {"label": str(n), "c": item.html(part["text"])}
            for n, part in enumerate(item.content["left"], start=1)
        ]
        right = _lettered(item, item.content["right"])[0]["rows"]
        return [{"type": "pairs", "left": left, "right": right}]

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        letters = list(LETTERS[: len(item.content["right"])])
        return [
            {"type": "letters", "label": str(n), "letters": letters}
            for n in range(1, len(item.content["left"]) + 1)
        ]

    @staticmethod
    def answer(item: Item) -> str:
        pairs = enumerate(item.content.get("pairs", ()), start=1)
        return ", ".join(f"{n} {LETTERS[right]}" for n, right in pairs)


class Parts(Shape):
    """Either parts to put in order, or questions on one situation."""

    @staticmethod
    def blocks(item: Item) -> list[Block]:
        parts = item.content["parts"]
        if not _are_items(parts):
            return _lettered(item, parts)
        return [
            {
                "type": "part",
                "label": LETTERS[n].lower(),
                "stem": one.stem(),
                "blocks": one.blocks(),
            }
            for n, one in enumerate(_items(item))
        ]

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        parts = item.content["parts"]
        if not _are_items(parts):
            return [{"type": "line", "label": ""}]
        return [
            {**mark, "label": ".".join(filter(None, (LETTERS[n].lower(), mark.get("label"))))}
            for n, one in enumerate(_items(item))
            for mark in one.sheet()
        ]

    @staticmethod
    def answer(item: Item) -> str:
        parts = item.content["parts"]
        if _are_items(parts):
            return "; ".join(
                f"{LETTERS[n].lower()}) {one.answer()}" for n, one in enumerate(_items(item))
            )
        return " → ".join(LETTERS[n] for n in item.content.get("key", range(len(parts))))


def _are_items(parts: Sequence[Content]) -> bool:
    return bool(parts) and "kind" in parts[0]


def _items(item: Item) -> list[Item]:
    return [
        Item(part["content"], item.images, kind_of(part["kind"]).by_people)
        for part in item.content["parts"]
    ]


def _right(gap: Content) -> str:
    if gap["type"] == "choice":
        return f"{LETTERS[gap['answer']]}"
    if gap["type"] == "number":
        tolerance = str(gap.get("tolerance") or "0")
        exact = not tolerance.strip("0.,")
        return str(gap["value"]) if exact else f"{gap['value']} ± {tolerance}"
    return " / ".join(gap["accept"])


class Gap(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        return [{"type": "line"}]

    @staticmethod
    def answer(item: Item) -> str:
        return _right(item.content["gap"])


class Gaps(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        return [
            {"type": "options", "label": f"({n})", **_lettered(item, gap["options"])[0]}
            for n, gap in enumerate(item.content["gaps"], start=1)
            if gap["type"] == "choice"
        ]

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        return [
            {"type": "letters", "label": str(n), "letters": list(LETTERS[: len(gap["options"])])}
            if gap["type"] == "choice"
            else {"type": "line", "label": str(n)}
            for n, gap in enumerate(item.content["gaps"], start=1)
        ]

    @staticmethod
    def answer(item: Item) -> str:
        gaps = enumerate(item.content["gaps"], start=1)
        return "; ".join(f"({n}) {_right(gap)}" for n, gap in gaps)


class Picture(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        image = item.content["image"]
        node = {"t": "img", "alt": image.get("alt", ""), "file": item.images(image["file"])}
        return [{"type": "picture", "c": [{**node, "c": []}]}]

    @staticmethod
    def sheet(item: Item) -> list[Block]:
        return [{"type": "words", "text": _("Đánh dấu X vào hình trên đề")}]

    @staticmethod
    def answer(item: Item) -> str:
        return _("Trong vùng: %(areas)s") % {
            "areas": "; ".join(
                f"{area['shape']} {', '.join(str(n) for n in area['at'])}"
                for area in item.content.get("areas", ())
            )
        }


class Words(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        words = item.content["most_words"]
        lines = min(MOST_LINES, words // WORDS_PER_LINE + 1) if words else LINES_OF_ESSAY
        return [{"type": "lines", "count": lines}]


class Files(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        handed = ", ".join(file["name"] for file in item.content["files"])
        return (
            [{"type": "words", "text": _("Tệp kèm theo: %(files)s") % {"files": handed}}]
            if handed
            else []
        )


class Accept(Shape):
    @staticmethod
    def blocks(item: Item) -> list[Block]:
        wanted = ", ".join(f".{word}" for word in item.content["accept"])
        return [{"type": "words", "text": _("Nộp tệp: %(kinds)s") % {"kinds": wanted}}]


SHAPES: list[tuple[str, type[Shape]]] = [
    ("image", Picture),
    ("options", Options),
    ("statements", Statements),
    ("left", Pairs),
    ("parts", Parts),
    ("gap", Gap),
    ("gaps", Gaps),
    ("files", Files),
    ("accept", Accept),
    ("most_words", Words),
]
