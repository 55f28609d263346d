"""What a browser without script posts of a page's fields, and what tests of pages often do."""

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.test import Client

from lantoa.frameworks.models import Node
from lantoa.items.actions import create_item
from lantoa.items.kinds.base import Kind
from lantoa.items.models import Item
from lantoa.items.tests.samples import SAMPLES
from lantoa.people.models import Unit


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.posted = QueryDict(mutable=True)
        self.text: list[str] | None = None
        self.textarea = ""
        self.select = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if "disabled" in has:
            return
        name = has.get("name", "")
        if tag == "input" and name:
            sort = has.get("type", "text")
            ticked = sort in ("radio", "checkbox") and "checked" in has
            if ticked or sort in ("text", "hidden", "number"):
                self.posted.appendlist(name, has.get("value", "on" if ticked else ""))
        elif tag == "textarea":
            self.textarea, self.text = name, []
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option":
            self.options.append((has.get("value", ""), "selected" in has))

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            # A browser drops the line break that follows the opening tag.
            self.posted.appendlist(self.textarea, "".join(self.text).removeprefix("\n"))
            self.text = None
        elif tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            first = self.options[0][0] if self.options else ""
            self.posted.appendlist(self.select, chosen[-1] if chosen else first)
            self.select = ""


def posted(html: str) -> QueryDict:
    fields = _Fields()
    fields.feed(html)
    return fields.posted


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def new_item(kind: Kind, unit: Unit, topic: Node, number: int = 0) -> Item:
    content = SAMPLES[kind.name][number][0]
    made = create_item(actor=None, unit=unit, kind=kind.name, content=content, topic=topic)
    return made.item


def sent(data: QueryDict, **more: Any) -> dict[str, Any]:
    """As the test client takes it."""
    return dict(data.lists()) | more
