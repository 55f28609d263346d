"""What kinds have in common: text made safe, what is wrong with it, lists of texts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lantoa.items import rich_text
from lantoa.items.kinds.base import Content, Response
from lantoa.kernel.text import fold, nfc


def block(value: object) -> str:
    return rich_text.clean_block(nfc(str(value or "")))


def inline(value: object) -> str:
    return rich_text.clean_inline(nfc(str(value or "")))


def common(content: Mapping[str, Any]) -> Content:
    """Stem and explanation, which nearly every kind has."""
    return {"stem": block(content.get("stem")), "explanation": block(content.get("explanation"))}


def mappings(value: object) -> list[Mapping[str, Any]]:
    """The dictionaries in what should be a list of them."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def texts(value: object) -> list[Content]:
    return [{"text": inline(each.get("text"))} for each in mappings(value)]


def asked(stem: str) -> list[str]:
    return [] if fold(rich_text.plain(stem)) else [_("Chưa có nội dung câu hỏi.")]


def text_problems(*markups: str) -> list[str]:
    """Formulas that can't be read, images without a description; each said once."""
    found = [problem for markup in markups for problem in rich_text.problems(markup)]
    return list(dict.fromkeys(found))


def list_problems(parts: Sequence[Content], empty: str, twice: str) -> list[str]:
    # `fold` forgets accents and signs, and a text may be nothing but signs or numbers.
    exact = [rich_text.plain(part["text"]).strip().casefold() for part in parts]
    found = [] if all(exact) else [empty]
    if twice and len(set(exact)) < len(exact):
        found.append(twice)
    return found + text_problems(*(part["text"] for part in parts))


def words(*markups: str) -> str:
    return " ".join(rich_text.plain(markup) for markup in markups)


def files(*markups: str) -> list[str]:
    return [file for markup in markups for file in rich_text.files_in(markup)]


def of(parts: Iterable[Mapping[str, Any]]) -> list[str]:
    return [part["text"] for part in parts]


def is_text(value: object, most: int) -> bool:
    """Whether it's text that a database can hold: hostile JSON may carry halves of characters."""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_index(value: object, length: int) -> bool:
    return type(value) is int and 0 <= value < length


def is_order(value: object, length: int) -> bool:
    """Whether it names every number below `length` once."""
    return (
        isinstance(value, list)
        and len(value) == length
        and all(is_index(each, length) for each in value)
        and len(set(value)) == length
    )


def outcome(content: Content, response: Response, points: tuple[int, int]) -> Content:
    """What every review says."""
    got, possible = points
    return {
        "answered": response is not None,
        "correct": got == possible,
        "points": got,
        "possible": possible,
        "explanation": content["explanation"],
    }


def posted(value: str) -> int | None:
    """The number of a part as a form posts it; anything else, however long, is none."""
    plain = len(value) < 3 and value.isascii() and value.isdigit()
    return int(value) if plain else None


def pairs_posted(values: Sequence[str]) -> dict[int, int]:
    """{0: 2} of "0:2": which part, and what was chosen for it."""
    found: dict[int, int] = {}
    for value in values[:50]:
        part, _colon, chosen = value.partition(":")
        key, answer = posted(part), posted(chosen)
        if key is not None and answer is not None:
            found[key] = answer
    return found


def from_json(values: Sequence[str], most: int = 20_000) -> Response:
    """What a script put into a hidden field; None when it isn't JSON."""
    if not values or not values[0].strip() or len(values[0]) > most:
        return None
    try:
        return json.loads(values[0])
    except (ValueError, RecursionError):
        return None
