"""What kinds with a stem and options have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lantoa.items.kinds import parts
from lantoa.items.kinds.base import Base, Content, in_place

FEWEST, MOST = 2, 6


class WithOptions(Base):
    """Single choice and multiple response differ in the answer only."""

    def text(self, content: Content) -> str:
        return parts.words(content["stem"], *parts.of(content["options"]))

    def files(self, content: Content) -> list[str]:
        texts = parts.of(content["options"])
        return parts.files(content["stem"], *texts, content["explanation"])

    def order_length(self, content: Content) -> int:
        return len(content["options"])

    def fixed(self, content: Content) -> frozenset[int]:
        """Options that their author keeps in place."""
        return frozenset(
            index for index, option in enumerate(content["options"]) if option.get("fixed")
        )

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        shown = range(len(content["options"])) if order is None else order
        return {
            "stem": content["stem"],
            "options": [
                {"value": index, "text": content["options"][index]["text"]} for index in shown
            ],
        }


def clean(content: Mapping[str, Any]) -> Content:
    """Stem, options and explanation sanitised; the answer is the kind's own business."""
    options = parts.mappings(content.get("options"))
    return {**parts.common(content), "options": [_option(option) for option in options]}


def _option(option: Mapping[str, Any]) -> Content:
    text = parts.inline(option.get("text"))
    return {"text": text, "fixed": True} if option.get("fixed") else {"text": text}


def problems(content: Content) -> list[str]:
    found = parts.asked(content["stem"])
    if not FEWEST <= len(content["options"]) <= MOST:
        found.append(
            _("Câu hỏi cần từ %(fewest)d đến %(most)d phương án.")
            % {"fewest": FEWEST, "most": MOST}
        )
    found += parts.list_problems(
        content["options"], _("Có phương án chưa có nội dung."), _("Có hai phương án giống nhau.")
    )
    return found + parts.text_problems(content["stem"], content["explanation"])


def arranged(content: Content, order: Sequence[int]) -> list[Content]:
    """The options in this order. Raises ValueError when the order isn't one of them all."""
    return in_place(content["options"], order)


def reviewed(content: Content, chosen: Sequence[int], right: Sequence[int]) -> list[Content]:
    return [
        {"text": option["text"], "chosen": index in chosen, "right": index in right}
        for index, option in enumerate(content["options"])
    ]
