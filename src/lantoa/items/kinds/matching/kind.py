from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items import rich_text
from lantoa.items.kinds import parts
from lantoa.items.kinds.base import ARRANGE, Base, Content, Response, in_place
from lantoa.items.kinds.matching.form import MOST_EXTRAS, MatchingForm
from lantoa.kernel.text import fold

FEWEST, MOST = 2, 8


class Matching(Base):
    """Content: {"stem", "left": [{"text"}, … 2–8], "right": [{"text"}, …], "pairs": [the right
    index of each left], "scoring": "each" | "all", "explanation"}. A response has a right index or
    null for each left.

    The right column is stored in the order of the alphabet, which tells nothing of the pairs.
    """

    name = "matching"
    label = gettext_lazy("ghép đôi")
    use = gettext_lazy("Ghép mỗi mục bên trái với một mục bên phải: khái niệm với định nghĩa.")
    group = ARRANGE
    position = 4
    form_class = MatchingForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        right = parts.texts(content.get("right"))
        places = sorted(range(len(right)), key=lambda index: _place(right[index]["text"]))
        pairs = content.get("pairs")
        return {
            **parts.common(content),
            "left": parts.texts(content.get("left")),
            "right": [right[index] for index in places],
            "pairs": [
                places.index(index) if parts.is_index(index, len(right)) else None
                for index in (pairs if isinstance(pairs, list) else [])
            ],
            "scoring": "all" if content.get("scoring") == "all" else "each",
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        left, right, pairs = regular["left"], regular["right"], regular["pairs"]
        found = parts.asked(regular["stem"])
        if not FEWEST <= len(left) <= MOST:
            found.append(
                _("Câu hỏi cần từ %(fewest)d đến %(most)d cặp.") % {"fewest": FEWEST, "most": MOST}
            )
        if not len(left) <= len(right) <= MOST + MOST_EXTRAS:
            found.append(_("Cột phải cần ít nhất bằng cột trái, nhiều nhất 12 mục."))
        for column in (left, right):
            found += parts.list_problems(
                column, _("Có mục chưa có nội dung."), _("Trong một cột có hai mục giống nhau.")
            )
        if len(pairs) != len(left) or None in pairs or len(set(pairs)) < len(pairs):
            found.append(_("Mỗi mục bên trái cần một mục riêng bên phải."))
        return [
            *dict.fromkeys(found),
            *parts.text_problems(regular["stem"], regular["explanation"]),
        ]

    def text(self, content: Content) -> str:
        return parts.words(content["stem"], *parts.of(content["left"]), *parts.of(content["right"]))

    def files(self, content: Content) -> list[str]:
        columns = [*parts.of(content["left"]), *parts.of(content["right"])]
        return parts.files(content["stem"], *columns, content["explanation"])

    def order_length(self, content: Content) -> int:
        return len(content["right"])

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        right, places = in_place(content["right"], order), list(order)
        pairs = [places.index(index) for index in content["pairs"]]
        return {**content, "right": right, "pairs": pairs}

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        return [None if index is None else order[index] for index in response]

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        shown = range(len(content["right"])) if order is None else order
        right = [content["right"][index]["text"] for index in range(len(content["right"]))]
        return {
            "stem": content["stem"],
            "left": [
                {"value": index, "text": each["text"]} for index, each in enumerate(content["left"])
            ],
            "right": [{"value": index, "text": right[index]} for index in shown],
            "right_plain": all("<" not in text for text in right),
        }

    def read(self, values: Sequence[str]) -> Response:
        """A select for each of the left, "0:" or "0:2"."""
        if len(values) == 1 and values[0].startswith("["):
            return parts.from_json(values)
        chosen = parts.pairs_posted(values)
        said = [chosen.get(index) for index in range(min(len(values), MOST))]
        return said if chosen else None

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            isinstance(response, list)
            and len(response) == len(content["left"])
            and all(
                each is None or parts.is_index(each, len(content["right"])) for each in response
            )
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        pairs = content["pairs"]
        right = 0
        if self.accepts(content, response):
            right = sum(said == index for said, index in zip(response, pairs, strict=True))
        if content["scoring"] == "all" and right < len(pairs):
            right = 0
        return right, len(pairs)

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else [None] * len(content["left"])
        right = parts.of(content["right"])
        return {
            "stem": content["stem"],
            "pairs": [
                {
                    "left": each["text"],
                    "right": right[index],
                    "said": None if one is None else right[one],
                    "correct": one == index,
                }
                for each, index, one in zip(content["left"], content["pairs"], said, strict=True)
            ],
            **parts.outcome(content, response, self.score(content, response)),
        }


def _place(text: str) -> tuple[str, str]:
    plain = rich_text.plain(text)
    return fold(plain), plain
