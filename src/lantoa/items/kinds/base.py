"""What a kind of item is. To add one: copy the folder `single_choice` and change what differs; the
folder's name is the kind's name, and nothing else needs to know of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.content_form import ContentForm

Content = dict[str, Any]
Response = Any
"""What a candidate answered, as JSON; `None` is "not answered"."""
Posted = MultiValueDict[str, str]
Words = str | Promise

CHOOSE = gettext_lazy("Chọn phương án")
ARRANGE = gettext_lazy("Ghép và sắp xếp")
FILL = gettext_lazy("Điền")
PICTURE = gettext_lazy("Hình và tình huống")
WRITE = gettext_lazy("Tự luận và thực hành, người chấm")
GROUPS: list[Words] = [CHOOSE, ARRANGE, FILL, PICTURE, WRITE]

__all__ = ["Base", "Content", "ContentForm", "Kind", "Posted", "Response", "in_place"]


class Kind(Protocol):
    """Pure but for `form_class`. Content has passed `clean` and `validate` before it is stored."""

    name: str
    label: Words
    group: Words
    use: Words
    """When an author takes it, in one line."""
    position: int
    """Its place among all kinds."""
    form_class: type[ContentForm]
    by_people: bool
    """Marked by people: `score` gives no points, only what is possible."""
    key_in_order: bool
    """As written, the order of the parts is the key: it is never shown in that order."""

    def clean(self, content: Mapping[str, Any]) -> Content:
        """Content made safe and regular (rich text sanitised)."""

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        """What is wrong, as sentences for the author; empty when the item can be used."""

    def text(self, content: Content) -> str:
        """All its words, without markup, for searching."""

    def files(self, content: Content) -> list[str]:
        """The public ids of the images and files it needs."""

    def order_length(self, content: Content) -> int:
        """How many parts an order names; 0: nothing to shuffle."""

    def fixed(self, content: Content) -> frozenset[int]:
        """Parts that keep their place whatever is shuffled ("tất cả các phương án trên")."""

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        """The same item with its parts in this order, its key moved along."""

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        """An accepted response to the item so arranged, as one to the item as written."""

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        """What the candidate may see: never the key or the explanation. Values are those that
        `score` takes for this content."""

    def read(self, values: Sequence[str]) -> Response:
        """The response that a posted form field holds; None when it holds none."""

    def read_form(self, posted: Posted, name: str) -> Response:
        """The response that a posted form holds in the fields that `play.html` drew for `name`."""

    def accepts(self, content: Content, response: Response) -> bool:
        """Whether a response has the shape of an answer to this (arranged) item."""

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        """Points got, points possible."""

    def review(self, content: Content, response: Response) -> Content:
        """What is shown afterwards: what was chosen, what was right, why."""

    def explain(self, content: Content) -> str:
        """Why the right answer is right, as sanitised HTML; may be empty."""

    def template(self, use: str) -> str:
        """The template for "play", "edit" or "review"."""


class Base:
    """What most kinds do alike."""

    name: str
    by_people = False
    key_in_order = False

    def order_length(self, content: Content) -> int:
        return 0

    def fixed(self, content: Content) -> frozenset[int]:
        return frozenset()

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        in_place([], order)
        return content

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        return response

    def read_form(self, posted: Posted, name: str) -> Response:
        return self.read(posted.getlist(name))

    def read(self, values: Sequence[str]) -> Response:
        return (values[0].strip() or None) if values else None

    def explain(self, content: Content) -> str:
        return str(content["explanation"])

    def template(self, use: str) -> str:
        return f"items/kinds/{self.name}/{use}.html"


def in_place(parts: Sequence[Any], order: Sequence[int]) -> list[Any]:
    """The parts in this order. Raises ValueError when the order isn't one of them all."""
    if sorted(order) != list(range(len(parts))):
        raise ValueError("the order must name every option once")
    return [parts[index] for index in order]
