"""Authors' text, safe by construction: what is stored has passed this list, so templates may show
it with `|safe`. Rather narrow: headings, paragraphs, lists, tables, links; no images, no styles."""

import html
import re

import nh3

from lantoa.kernel.text import nfc

TAGS = {
    "h2", "h3", "h4", "p", "br", "hr", "strong", "b", "em", "i", "u", "s", "sub", "sup", "code",
    "ul", "ol", "li", "blockquote", "pre", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Word and web pages bring these; what they hold goes, not only the tag.
DROPPED = {"script", "style", "title", "head", "template", "iframe", "object", "svg", "math"}

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_EMPTY = re.compile(r"<(p|h2|h3|h4|li|blockquote)>(?:\s|&nbsp;|<br ?/?>)*</\1>")
_BLANK_LINES = re.compile(r"\n\s*\n")


def clean(source: str) -> str:
    """Sanitised HTML. Text typed without any tag becomes paragraphs."""
    text = nfc(source).replace("\r\n", "\n").strip()
    if not _TAG.search(text):
        text = _paragraphs(text)
    safe = nh3.clean(
        text,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    safe = _EMPTY.sub("", safe).strip()
    return safe if _TAG.search(safe) else _paragraphs(html.unescape(safe))


def _paragraphs(text: str) -> str:
    parts = [part.strip() for part in _BLANK_LINES.split(text) if part.strip()]
    lines = [html.escape(part, quote=False).replace("\n", "<br>") for part in parts]
    return "".join(f"<p>{line}</p>" for line in lines)


def is_empty(source: str) -> bool:
    """No words left once the tags are gone."""
    return not html.unescape(_TAG.sub(" ", source)).strip()
