"""Opening a Moodle file: nothing that grows when it is read, and not more than it may hold."""

import io
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_noop

from lantoa.items.exchange.rows import FileWrong, Said

MOST_ELEMENTS: Final = 1_000_000
MOST_DEEP: Final = 60
FORBIDDEN = gettext_noop(
    "Tệp XML có khai báo DTD hoặc thực thể, có thể là tệp phá hoại nên không được nhận."
)
BROKEN = gettext_noop("Tệp XML sai cú pháp ở dòng %(line)s. Hãy xuất lại từ Moodle rồi gửi.")
NO_QUIZ = gettext_noop("Tệp XML này không phải câu hỏi của Moodle (thiếu thẻ <quiz>).")
TOO_MANY = gettext_noop("Tệp XML có quá nhiều thẻ hoặc lồng quá sâu. Hãy chia thành nhiều tệp.")


def questions_of(data: bytes) -> Iterator[Element]:
    """Each question, one after the other; those read are forgotten. Raises FileWrong."""
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                depth, count = depth + 1, count + 1
                if root is None:
                    root = element
                    if element.tag != "quiz":
                        raise FileWrong(Said(NO_QUIZ))
                if depth > MOST_DEEP or count > MOST_ELEMENTS:
                    raise FileWrong(Said(TOO_MANY))
                continue
            depth -= 1
            if depth == 1 and element.tag == "question":
                yield element
            if depth == 1 and root is not None:
                root.remove(element)
    except DefusedXmlException as error:
        raise FileWrong(Said(FORBIDDEN)) from error
    except ParseError as error:
        raise FileWrong(Said(BROKEN, {"line": error.position[0]})) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise FileWrong(Said(BROKEN, {"line": 1})) from error


def inner(element: Element, *path: str) -> str:
    """The text at the end of a path of children, without the spaces around it."""
    at: Element | None = element
    for step in path:
        at = at.find(step) if at is not None else None
    return (at.text or "").strip() if at is not None else ""


def flag(element: Element, name: str, *, otherwise: bool) -> bool:
    """Moodle writes its truths as 1, true, or an empty tag."""
    child = element.find(name)
    if child is None:
        return otherwise
    return (child.text or "1").strip().lower() in ("1", "true")


def number(element: Element, name: str) -> int | None:
    text = inner(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
