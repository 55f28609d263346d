r"""Formulas: LaTeX between `\(` and `\)`, stored as MathML whose `alttext` is its source. Pure.

What is made here is markup like any other and passes `rich_text`'s list before it is stored.
"""

import html
import re
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from latex2mathml.converter import convert

LONGEST = 500
# `\` never opens a formula when it is itself escaped, as in a matrix's line end `\\(`.
TYPED = re.compile(r"(?<!\\)\\\((.*?)\\\)", re.DOTALL)
OPEN = re.compile(r"(?<!\\)\\\(")
EITHER = re.compile(r"(?<!\\)\\\(|<math\b")
STORED = re.compile(r'<math\b[^<>]*?\balttext="([^"]*)"[^<>]*>.*?</math>', re.DOTALL)

_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3,
}  # fmt: skip
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_UNKNOWN = re.compile(r"\\[a-zA-Z]+")
_DEEPEST = 30


class BadFormula(ValueError):
    """The message says, in a sentence, what is wrong with it."""


@lru_cache(maxsize=1024)
def mathml(source: str) -> str:
    """Raises BadFormula."""
    tex = " ".join(source.split())
    _check(tex)
    try:
        made = convert(tex)
        tree = fromstring(made)
    except RecursionError:
        raise BadFormula(_("lồng nhau quá sâu.")) from None
    except ParseError:
        raise BadFormula(_("có dấu & ngoài bảng hoặc ma trận.")) from None
    except Exception as error:  # the converter raises whatever it stumbles over
        raise BadFormula(_("có lệnh thiếu phần đi kèm, hoặc thiếu phần kết thúc.")) from error
    _check_tree(tree)
    body = made[made.index(">") + 1 :]
    return f'<math alttext="{html.escape(tex)}">{body}'


def _check(tex: str) -> None:
    if not tex:
        raise BadFormula(_("chưa có gì bên trong."))
    if len(tex) > LONGEST:
        raise BadFormula(_("dài quá %(most)d ký tự.") % {"most": LONGEST})
    depth = 0
    for sign in _ESCAPED.sub("", tex):
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or depth > _DEEPEST:
            break
    if depth > _DEEPEST:
        raise BadFormula(_("lồng nhau quá sâu."))
    if depth:
        raise BadFormula(_("số dấu { và } không bằng nhau."))


def _check_tree(tree: Element) -> None:
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("mi", "mo", "mn") and _UNKNOWN.fullmatch(element.text or ""):
            raise BadFormula(_("không hiểu lệnh %(command)s.") % {"command": element.text})
        if len(element) != _CHILDREN.get(name, len(element)):
            raise BadFormula(_("có lệnh thiếu phần đi kèm, hoặc thiếu phần kết thúc."))


def problem(source: str) -> str:
    """Why it can't be shown, as a sentence; empty when it can."""
    try:
        mathml(source)
    except BadFormula as bad:
        shown = source.strip()[:60]
        return _(r"Công thức \(%(formula)s\) viết chưa đúng: %(why)s") % {
            "formula": shown,
            "why": str(bad),
        }
    return ""
