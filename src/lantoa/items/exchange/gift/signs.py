"""The signs of GIFT: which characters are escaped, and how a text says what it is written in."""

import re

from lantoa.items.exchange.markup import HTML_MARK, as_markup, is_plain
from lantoa.items.rich_text import from_source

_ESCAPED = re.compile(r"[~=#{}:\\]")
_UNESCAPED = re.compile(r"\\([~=#{}:\\n])")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_BEGINS_ODDLY = ("[", "%", "//", "$")


def escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text).replace("\n", "\\n")


def unescape(text: str) -> str:
    return _UNESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def written(markup: str) -> str:
    """HTML as GIFT; words alone need no mark."""
    bare = is_plain(markup) and "&" not in markup and "->" not in markup
    return escape(markup) if bare and not markup.startswith(_BEGINS_ODDLY) else html(markup)


def html(markup: str) -> str:
    return HTML_MARK + escape(markup)


def written_words(words: str) -> str:
    """An accepted answer: words, never HTML."""
    return ("[plain]" if words.startswith(_BEGINS_ODDLY) else "") + escape(words)


def markup_of(text: str, fallback: str = "") -> str:
    """A GIFT text as HTML. `fallback` is the format of the question around it."""
    kind, rest = form_of(text)
    if (kind or fallback) == "html":
        return unescape(rest).strip()
    if (kind or fallback) == "plain":
        return as_markup(unescape(rest).strip()).replace("\n", "<br>")
    return from_source(unescape(rest))


def form_of(text: str) -> tuple[str, str]:
    """The format that a text names, in small letters, and the rest."""
    stripped = text.strip()
    found = _FORMAT.match(stripped)
    return (found[1].lower(), stripped[found.end() :]) if found else ("", stripped)


def find(text: str, sign: str, start: int = 0) -> int:
    """Where the sign stands unescaped, or -1."""
    looked = re.compile(r"\\.|" + re.escape(sign), re.DOTALL).finditer(text, start)
    return next((found.start() for found in looked if text[found.start()] != "\\"), -1)


def split(text: str, marks: str) -> list[str]:
    """Cut before every unescaped mark; what stands before the first one comes first."""
    looked = re.compile(rf"\\.|[{re.escape(marks)}]", re.DOTALL).finditer(text)
    places = [found.start() for found in looked if text[found.start()] != "\\"]
    ends = [*places, len(text)]
    return [text[begin:end] for begin, end in zip([0, *places], ends, strict=True)]
