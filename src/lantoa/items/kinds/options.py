"""What kinds with a stem and options have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lantoa.items import rich_text
from lantoa.items.kinds.base import Content
from lantoa.kernel.text import fold, nfc

FEWEST, MOST = 2, 6


def clean(content: Mapping[str, Any]) -> Content:
    """Stem, options and explanation sanitised; the answer is the kind's own business."""
    options = content.get("options") or []
    return {
        "stem": rich_text.clean_block(nfc(str(content.get("stem") or ""))),
        "options": [_option(option) for option in options if isinstance(option, Mapping)],
        "explanation": rich_text.clean_block(nfc(str(content.get("explanation") or ""))),
    }


def _option(option: Mapping[str, Any]) -> Content:
    text = rich_text.clean_inline(nfc(str(option.get("text") or "")))
    return {"text": text, "fixed": True} if option.get("fixed") else {"text": text}


def problems(content: Mapping[str, Any]) -> list[str]:
    found = []
    words = [fold(rich_text.plain(option["text"])) for option in content["options"]]
    if not fold(rich_text.plain(content["stem"])):
        found.append(_("Chưa có nội dung câu hỏi."))
    if not FEWEST <= len(words) <= MOST:
        found.append(
            _("Câu hỏi cần từ %(fewest)d đến %(most)d phương án.")
            % {"fewest": FEWEST, "most": MOST}
        )
    # `fold` forgets accents and signs, and an option may be nothing but signs or numbers.
    exact = [rich_text.plain(option["text"]).strip().casefold() for option in content["options"]]
    if not all(exact):
        found.append(_("Có phương án chưa có nội dung."))
    if len(set(exact)) < len(exact):
        found.append(_("Có hai phương án giống nhau."))
    return found


def text(content: Content) -> str:
    pieces = [content["stem"], *(option["text"] for option in content["options"])]
    return " ".join(rich_text.plain(piece) for piece in pieces)


def fixed(content: Content) -> frozenset[int]:
    """Options that their author keeps in place."""
    return frozenset(
        index for index, option in enumerate(content["options"]) if option.get("fixed")
    )


def arranged(content: Content, order: Sequence[int]) -> list[Content]:
    """The options in this order. Raises ValueError when the order isn't one of them all."""
    if sorted(order) != list(range(len(content["options"]))):
        raise ValueError("the order must name every option once")
    return [content["options"][index] for index in order]


def for_candidate(content: Content, order: Sequence[int] | None) -> Content:
    shown = range(len(content["options"])) if order is None else order
    return {
        "stem": content["stem"],
        "options": [{"value": index, "text": content["options"][index]["text"]} for index in shown],
    }


def posted(value: str) -> int | None:
    """The number of an option as a form posts it; anything else, however long, is none."""
    plain = len(value) < 3 and value.isascii() and value.isdigit()
    return int(value) if plain else None
