r"""Text that authors write, safe by construction: what is stored has passed `nh3` with a short list
of tags and attributes, so templates may show it unescaped (`|item_html`) and nothing else may.

An image is `<img data-file="<public_id>" alt="…">`, without an address: it gets one when it's shown
(`templatetags`). A formula is typed `\(x^2\)` and stored as MathML with its source.
"""

import html
import re
from collections.abc import Callable
from uuid import UUID

import nh3
from django.utils.translation import gettext as _

from lantoa.items import formulas

INLINE = {"strong", "b", "em", "i", "u", "sub", "sup", "code", "br"}
BLOCK = INLINE | {
    "p", "ul", "ol", "li", "blockquote", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
MATH = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mfrac", "msqrt", "mroot",
    "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd",
    "menclose", "mpadded", "mphantom",
}  # fmt: skip
ATTRIBUTES = {
    "img": {"data-file", "alt"},
    "math": {"alttext", "display"},
    "mi": {"mathvariant"},
    "mo": {
        "stretchy", "fence", "form", "separator", "accent", "largeop", "movablelimits",
        "lspace", "rspace", "minsize", "maxsize",
    },
    "mspace": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mfrac": {"linethickness"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines"},
    "mtd": {"columnalign"},
    "menclose": {"notation"},
}  # fmt: skip
MOST_FORMULAS = 60

IMAGE = re.compile(r'<img data-file="([0-9a-f-]{36})" alt="([^"]*)">')
_ANY_IMAGE = re.compile(r"<img\b[^<>]*>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
# Of sanitised markup: a formula whole, or a tag. What stands between is text.
_MARKUP = re.compile(r"<math\b.*?</math>|<[^<>]*>", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PLAIN_TAG = re.compile(r"</?p>|<br ?/?>")
_BLANK_LINES = re.compile(r"\n\s*\n")
_TYPED_IMAGE = re.compile(r'<img\s(?:\s*[a-z-]+="[^"<>]*")*\s*/?>')
# Stand-ins for what is neither text nor HTML while the two are told apart.
_PLACE = re.compile("\ue000([0-9]+)\ue001")
# Stored text never holds them.
_PLACE_SIGNS = re.compile("[\ue000\ue001]")


def clean_block(source: str) -> str:
    """Sanitised HTML with paragraphs, lists and tables."""
    return _clean(source, BLOCK)


def clean_inline(source: str) -> str:
    """Sanitised HTML that may stand inside a label."""
    return _clean(source, INLINE)


def _clean(source: str, tags: set[str]) -> str:
    whole = source.encode(errors="replace").decode()  # an import may bring halves of characters
    safe = _sanitised(_PLACE_SIGNS.sub("", whole), tags)
    if "<img" in safe:
        safe = _ANY_IMAGE.sub(_image, safe)
    if "\\(" in safe and len(formulas.EITHER.findall(safe)) <= MOST_FORMULAS:
        safe = _sanitised(over_text(safe, _formulas), tags)
    return safe.strip()


def _sanitised(source: str, tags: set[str]) -> str:
    return nh3.clean(
        source, tags=tags | MATH | {"img"}, attributes=ATTRIBUTES, attribute_filter=_allowed
    )


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) != ("img", "data-file"):
        return value
    try:
        return str(UUID(value))
    except ValueError:
        return None


def _image(tag: re.Match[str]) -> str:
    """An image in its one form; one that names no file goes."""
    has = dict(_ATTRIBUTE.findall(tag.group()))
    alt = " ".join(has.get("alt", "").split())
    return f'<img data-file="{has["data-file"]}" alt="{alt}">' if has.get("data-file") else ""


def _formulas(text: str) -> str:
    """What can be read becomes MathML; what can't stays as typed, for `problems` to name."""

    def made(typed: re.Match[str]) -> str:
        try:
            return formulas.mathml(html.unescape(typed[1]))
        except formulas.BadFormula:
            return typed.group()

    return formulas.TYPED.sub(made, text)


def over_text(markup: str, change: Callable[[str], str]) -> str:
    """Sanitised markup with its text changed, tags and formulas left alone."""
    pieces, at = [], 0
    for tag in _MARKUP.finditer(markup):
        pieces += [change(markup[at : tag.start()]), tag.group()]
        at = tag.end()
    return "".join([*pieces, change(markup[at:])])


def problems(markup: str) -> list[str]:
    """What is wrong with sanitised text, as sentences for its author."""
    found = []
    if any(not alt.strip() for _file, alt in IMAGE.findall(markup)):
        found.append(
            _("Có hình chưa được mô tả: hãy viết vào alt=\"…\" hình cho thấy gì, để người không "
              "nhìn thấy hình cũng trả lời được.")
        )  # fmt: skip
    if "\\(" in markup:
        found += _formula_problems(html.unescape(_MARKUP.sub(" ", markup)))
    return found


def _formula_problems(text: str) -> list[str]:
    found = [formulas.problem(typed) for typed in formulas.TYPED.findall(text)]
    if formulas.OPEN.search(formulas.TYPED.sub("", text)):
        found.append(_(r"Có công thức mở bằng \( mà chưa đóng bằng \)."))
    if not any(found) and formulas.TYPED.search(text):
        return [_("Quá nhiều công thức trong một đoạn: tối đa %(most)d.") % {"most": MOST_FORMULAS}]
    return [sentence for sentence in found if sentence]


def files_in(markup: str) -> list[str]:
    """The public ids of the images in it."""
    return [file for file, _alt in IMAGE.findall(markup)]


def plain(markup: str) -> str:
    """The words alone, for searching and for lists; an image speaks by its description."""
    words = formulas.STORED.sub(r" \1 ", IMAGE.sub(r" \2 ", markup))
    return html.unescape(_TAG.sub(" ", words))


def image(file: object, alt: str) -> str:
    """An image as an author's source and the stored text write it."""
    return f'<img data-file="{file}" alt="{html.escape(" ".join(alt.split()))}">'


def from_source(source: str) -> str:
    """What an author typed as HTML: typed text becomes paragraphs, typed HTML stays. Formulas and
    images may stand in either."""
    text = _PLACE_SIGNS.sub("", source.replace("\r\n", "\n")).strip()
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\ue000{len(kept) - 1}\ue001"

    bare = _TYPED_IMAGE.sub(keep, formulas.TYPED.sub(keep, text))
    is_text = not _TAG.search(bare)

    def back(place: re.Match[str]) -> str:
        one = kept[int(place[1])]
        if one.startswith("<"):
            return _PLACE.sub(back, one)  # a formula within a description
        tex = " ".join(one[2:-2].split())
        return f"\\({html.escape(tex if is_text else html.unescape(tex), quote=False)}\\)"

    return _PLACE.sub(back, _paragraphs(bare) if is_text else bare)


def _paragraphs(text: str) -> str:
    paragraphs = [part.strip() for part in _BLANK_LINES.split(text) if part.strip()]
    lines = [html.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs]
    return "".join(lines) if len(lines) < 2 else "".join(f"<p>{line}</p>" for line in lines)


def to_source(markup: str) -> str:
    """What the author sees in the form: text where text is enough, else the HTML."""
    is_text = not _TAG.search(_PLAIN_TAG.sub("", IMAGE.sub("", formulas.STORED.sub("", markup))))
    kept: list[str] = []

    def keep(one: str) -> str:
        kept.append(one)
        return f"\ue000{len(kept) - 1}\ue001"

    def formula(found: re.Match[str]) -> str:
        return keep(f"\\({html.unescape(found[1]) if is_text else found[1]}\\)")

    text = IMAGE.sub(lambda found: keep(found.group()), formulas.STORED.sub(formula, markup))
    if is_text:
        text = text.replace("</p>", "\n\n").replace("<p>", "")
        text = html.unescape(re.sub(r"<br ?/?>", "\n", text)).strip()
    return _PLACE.sub(lambda place: kept[int(place[1])], text)
