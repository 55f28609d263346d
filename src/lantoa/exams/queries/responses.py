"""What a candidate answered, in words for those who decide on it."""

from typing import Any

import msgspec
from django.utils.translation import gettext as _

from lantoa.exams.rules import is_answered
from lantoa.items import rich_text
from lantoa.items.papers import Opened, Place

LETTERS = "ABCDEFGH"


def response_words(bundle: Opened, place: Place, text: str) -> str:
    """As the candidate saw it: options by the letter of their place. What has no words of its own
    is shown as it was sent."""
    value = msgspec.json.decode(text)
    if not is_answered(value):
        return _("(bỏ trống)")
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "name" in value:
        return str(value["name"])
    options = bundle.arranged(place).get("options") or ()
    chosen = value if isinstance(value, list) else [value]
    if options and all(type(each) is int and 0 <= each < len(options) for each in chosen):
        return "; ".join(_option(options, each) for each in chosen)
    return text


def _option(options: Any, place: int) -> str:
    return f"{LETTERS[place]}. {rich_text.plain(options[place]['text'])}"
