"""Sanitised rich text as a tree that the layout draws: no markup of Typst is ever made, so nothing
an author writes can be a command of it."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

Node = str | dict[str, Any]
Images = Callable[[str], str]
"""Public id → the file's name beside the layout, "" when there is none."""

EMPTY = {"br", "img"}


class _Reader(HTMLParser):
    def __init__(self, images: Images) -> None:
        super().__init__(convert_charrefs=True)
        self.images = images
        self.root: dict[str, Any] = {"t": "", "c": []}
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        node: dict[str, Any] = {"t": tag, "c": []}
        if tag == "img":
            node["alt"] = has.get("alt") or ""
            node["file"] = self.images(has.get("data-file") or "")
        if tag == "math":
            node["alt"] = has.get("alttext") or ""
        self.open[-1]["c"].append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in (node["t"] for node in self.open[1:]):
            while self.open.pop()["t"] != tag:
                pass

    def handle_data(self, data: str) -> None:
        within = {node["t"] for node in self.open}
        text = data
        if "math" in within:
            text = data.strip()
        elif "pre" not in within:
            text = " ".join(data.split("\n"))
        if text:
            self.open[-1]["c"].append(text)


def nodes(markup: str, images: Images) -> list[Node]:
    reader = _Reader(images)
    reader.feed(markup)
    reader.close()
    found: list[Node] = reader.root["c"]
    return found
