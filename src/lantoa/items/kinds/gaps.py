"""Gaps to fill in, as `blank` and `cloze` have them.

{"type": "text", "accept": ["…", …], "ignore_case": bool, "ignore_accents": bool}
{"type": "number", "value": "3.5", "tolerance": "0.1"}
{"type": "choice", "options": [{"text": html}, …], "answer": index}
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lantoa.items import rich_text
from lantoa.items.kinds import numbers, parts
from lantoa.items.kinds.base import Content, Response
from lantoa.kernel.text import clean as clean_text
from lantoa.kernel.text import normalise_tones, without_accents

TYPES = ("text", "number", "choice")
MOST_VARIANTS = 20
LONGEST_VARIANT = 200
LONGEST_RESPONSE = 300
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8


def clean(gap: object) -> Content:
    given: Mapping[str, Any] = gap if isinstance(gap, Mapping) else {}
    if given.get("type") == "number":
        return {
            "type": "number",
            "value": _number(given.get("value")),
            "tolerance": _number(given.get("tolerance") or "0"),
        }
    if given.get("type") == "choice":
        return {
            "type": "choice",
            "options": parts.texts(given.get("options")),
            "answer": given.get("answer"),
        }
    accept = given.get("accept")
    variants = [clean_text(str(each)) for each in accept] if isinstance(accept, list) else []
    return {
        "type": "text",
        "accept": list(dict.fromkeys(variant for variant in variants if variant)),
        "ignore_case": bool(given.get("ignore_case", True)),
        "ignore_accents": bool(given.get("ignore_accents", False)),
    }


def _number(value: object) -> str:
    known = numbers.stored(str(value or "").strip())
    return str(value or "").strip()[:60] if known is None else numbers.canonical(known)


def problems(gap: Content) -> list[str]:
    if gap["type"] == "number":
        return _number_problems(gap)
    if gap["type"] == "choice":
        return _choice_problems(gap)
    found = []
    if not gap["accept"]:
        found.append(_("Chưa có câu trả lời được chấp nhận."))
    if len(gap["accept"]) > MOST_VARIANTS:
        found.append(_("Tối đa %(most)d cách viết được chấp nhận.") % {"most": MOST_VARIANTS})
    if any(len(variant) > LONGEST_VARIANT for variant in gap["accept"]):
        found.append(_("Mỗi cách viết dài tối đa %(most)d ký tự.") % {"most": LONGEST_VARIANT})
    return found


def _number_problems(gap: Content) -> list[str]:
    if numbers.stored(gap["value"]) is None:
        return [_("Đáp án phải là một số, ví dụ 3,5.")]
    tolerance = numbers.stored(gap["tolerance"])
    if tolerance is None or tolerance < 0:
        return [_("Sai số cho phép phải là một số không âm, ví dụ 0,1.")]
    return []


def _choice_problems(gap: Content) -> list[str]:
    found = parts.list_problems(
        gap["options"], _("Có phương án chưa có nội dung."), _("Có hai phương án giống nhau.")
    )
    if not FEWEST_OPTIONS <= len(gap["options"]) <= MOST_OPTIONS:
        found.append(
            _("Danh sách chọn cần từ %(fewest)d đến %(most)d phương án.")
            % {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}
        )
    if not parts.is_index(gap["answer"], len(gap["options"])):
        found.append(_("Chưa chọn phương án đúng."))
    return found


def accepts(gap: Content, response: Response) -> bool:
    if gap["type"] == "choice":
        return parts.is_index(response, len(gap["options"]))
    return parts.is_text(response, LONGEST_RESPONSE)


def is_right(gap: Content, response: Response) -> bool:
    if not accepts(gap, response):
        return False
    if gap["type"] == "choice":
        return bool(response == gap["answer"])
    if gap["type"] == "number":
        value, tolerance = Decimal(gap["value"]), Decimal(gap["tolerance"])
        return any(abs(one - value) <= tolerance for one in numbers.readings(response))
    said = comparable(gap, response)
    return bool(said) and any(said == comparable(gap, variant) for variant in gap["accept"])


def comparable(gap: Content, text: str) -> str:
    """Two answers are the same when this is. Where the tone stands (hòa, hoà) never matters, nor
    how many spaces."""
    said = normalise_tones(clean_text(text))
    if gap["ignore_case"]:
        said = said.casefold()
    return without_accents(said) if gap["ignore_accents"] else said


def shown(gap: Content) -> Content:
    """What the candidate may see of it."""
    if gap["type"] != "choice":
        return {"type": gap["type"]}
    options = [
        {"value": index, "text": _said(option)} for index, option in enumerate(gap["options"])
    ]
    return {"type": "choice", "options": options}


def _said(option: Content) -> str:
    """In a list to choose from there can be no markup."""
    return " ".join(rich_text.plain(option["text"]).split())


def answer(gap: Content) -> str:
    """The right answer in words, plain text."""
    if gap["type"] == "choice":
        return _said(gap["options"][gap["answer"]])
    if gap["type"] == "number":
        value = numbers.shown(gap["value"])
        return value if gap["tolerance"] == "0" else f"{value} ± {numbers.shown(gap['tolerance'])}"
    return " / ".join(gap["accept"])


def said(gap: Content, response: Response) -> str:
    """What was answered, in words, plain text; empty when nothing was."""
    if not accepts(gap, response):
        return ""
    return _said(gap["options"][response]) if gap["type"] == "choice" else str(response)


def text(gap: Content) -> str:
    return answer(gap) if gap["type"] != "choice" else parts.words(*parts.of(gap["options"]))


def files(gap: Content) -> list[str]:
    return parts.files(*parts.of(gap.get("options", [])))
