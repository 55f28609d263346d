"""Text that authors write, safe by construction: what is stored has passed `nh3` with a short list
of tags and no attributes, so templates may show it unescaped (`|safe`) and nothing else may."""

import html
import re

import nh3

INLINE = {"strong", "b", "em", "i", "u", "sub", "sup", "code", "br"}
BLOCK = INLINE | {
    "p", "ul", "ol", "li", "blockquote", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PLAIN_TAG = re.compile(r"</?p>|<br ?/?>")
_BLANK_LINES = re.compile(r"\n\s*\n")


def clean_block(source: str) -> str:
    """Sanitised HTML with paragraphs, lists and tables."""
    return nh3.clean(source, tags=BLOCK, attributes={}).strip()


def clean_inline(source: str) -> str:
    """Sanitised HTML that may stand inside a label."""
    return nh3.clean(source, tags=INLINE, attributes={}).strip()


def plain(markup: str) -> str:
    """The words alone, for searching and for lists."""
    return html.unescape(_TAG.sub(" ", markup))


def from_source(source: str) -> str:
    """What an author typed as HTML: typed text becomes paragraphs, typed HTML stays."""
    text = source.replace("\r\n", "\n").strip()
    if _TAG.search(text):
        return text
    paragraphs = [part.strip() for part in _BLANK_LINES.split(text) if part.strip()]
    lines = [html.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs]
    return lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)


def to_source(markup: str) -> str:
    """What the author sees in the form: text where text is enough, else the HTML."""
    if _TAG.search(_PLAIN_TAG.sub("", markup)):
        return markup
    text = markup.replace("</p>", "\n\n").replace("<p>", "")
    return html.unescape(re.sub(r"<br ?/?>", "\n", text)).strip()
