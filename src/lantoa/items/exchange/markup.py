"""Small questions about the HTML of contents, asked by every format."""

import hashlib
import html
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from lantoa.items.rich_text import from_source, plain, to_source

NEW = "new:"
HTML_MARK = "[html]"
# Up to the next "<" only: text made to be slow has many beginnings of tags and no end.
_DATA_FILE = re.compile(r'(<img\b[^<>]*?\bdata-file=")([^"<>]*)(")')
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]+>")
_SPACES = re.compile(r"\s+")


def new_key(data: bytes) -> str:
    """What stands for a file that has not been stored yet."""
    return NEW + hashlib.sha256(data).hexdigest()


def stored_id(key: str) -> str:
    """The id of a stored file in its one form; empty when it can't be one."""
    try:
        return str(UUID(key))
    except ValueError:
        return ""


def change_files(value: Any, change: Callable[[str], str]) -> Any:
    """The same content with every file it names, in markup or beside it, named otherwise."""
    if isinstance(value, str):
        return _DATA_FILE.sub(lambda found: found[1] + change(found[2]) + found[3], value)
    if isinstance(value, list):
        return [change_files(one, change) for one in value]
    if isinstance(value, dict):
        return {
            key: change(one)
            if key == "file" and isinstance(one, str)
            else change_files(one, change)
            for key, one in value.items()
        }
    return value


def files_in(value: Any) -> list[str]:
    """The files that a content names, in order."""
    found: list[str] = []

    def note(key: str) -> str:
        found.append(key)
        return key

    change_files(value, note)
    return found


def has_picture(markup: str) -> bool:
    return bool(_PICTURE.search(markup))


def without_pictures(markup: str) -> str:
    return _PICTURE.sub("", markup)


def is_plain(markup: str) -> bool:
    """Whether it is nothing but words on one line."""
    words = html.unescape(markup)
    return html.escape(words, quote=False) == markup and _SPACES.sub(" ", words).strip() == words


def words_of(markup: str) -> str:
    """The words on one line, without any markup."""
    return _SPACES.sub(" ", plain(markup)).strip()


def as_markup(words: str) -> str:
    """Plain words as HTML."""
    return html.escape(words, quote=False)


def to_cell(markup: str) -> str:
    """HTML as a person would type it, where that says the same; else marked as HTML."""
    typed = to_source(markup)
    if from_source(typed) == markup and not typed.startswith("[") and not _TAG.search(typed):
        return typed
    return HTML_MARK + markup


def from_cell(typed: str) -> str:
    """What `to_cell` wrote, or what a person typed, as HTML."""
    if typed.lower().startswith(HTML_MARK):
        return typed[len(HTML_MARK) :]
    return from_source(typed)
