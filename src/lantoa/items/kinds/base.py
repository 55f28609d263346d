"""What a kind of item is. To add one: copy the folder `single_choice` and change what differs; the
folder's name is the kind's name, and nothing else needs to know of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise

Content = dict[str, Any]
Response = Any
"""What a candidate answered, as JSON; `None` is "not answered"."""


class ContentForm(forms.Form):
    """The author's form of a kind: made from content, gives content back."""

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        raise NotImplementedError

    def content(self) -> Content:
        """The content typed; only after `is_valid()`."""
        raise NotImplementedError


class Kind(Protocol):
    """Pure but for `form_class`. Content has passed `clean` and `validate` before it is stored."""

    name: str
    label: str | Promise
    form_class: type[ContentForm]
    by_people: bool
    """Marked by people: `score` gives no points, only what is possible."""

    def clean(self, content: Mapping[str, Any]) -> Content:
        """Content made safe and regular (rich text sanitised)."""

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        """What is wrong, as sentences for the author; empty when the item can be used."""

    def text(self, content: Content) -> str:
        """All its words, without markup, for searching."""

    def order_length(self, content: Content) -> int:
        """How many parts an order names; 0: nothing to shuffle."""

    def fixed(self, content: Content) -> frozenset[int]:
        """Parts that keep their place whatever is shuffled ("tất cả các phương án trên")."""

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        """The same item with its parts in this order, its key moved along."""

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        """What the candidate may see: never the key or the explanation. Values are those that
        `score` takes for this content."""

    def read(self, values: Sequence[str]) -> Response:
        """The response that a posted form field holds; None when it holds none."""

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
