"""Texts of Moodle with the files inside them, and back."""

import base64
import binascii
import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext_noop

from lantoa.items.exchange.markup import as_markup, new_key
from lantoa.items.exchange.moodle_xml.tree import inner
from lantoa.items.exchange.rows import Attached, Files, ReadRow, Said
from lantoa.items.rich_text import from_source

PLACE: Final = "@@PLUGINFILE@@"
NO_ALT = gettext_noop("Ảnh “%(name)s” chưa có mô tả; tạm lấy tên tệp, hãy sửa lại.")
LOST_PICTURE = gettext_noop("Ảnh “%(name)s” không có trong tệp; câu thiếu ảnh này.")
OUTSIDE_PICTURE = gettext_noop(
    "Ảnh nằm ở địa chỉ khác (%(name)s) nên không lấy về; câu thiếu ảnh này."
)
BROKEN_FILE = gettext_noop("Tệp “%(name)s” bên trong bị hỏng.")
MEDIA = gettext_noop("Âm thanh, video và nội dung nhúng không đi theo.")
LINKS = gettext_noop("Liên kết không đi theo, chỉ còn chữ.")
_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_DATA_URL = re.compile(r"data:image/[\w+.-]+;base64,(.*)", re.DOTALL)
_MEDIA = re.compile(r"<(audio|video|iframe|object|embed)\b", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*\bhref", re.IGNORECASE)
_OUR_IMG = re.compile(r'(<img\b[^<>]*?)\bdata-file="([^"<>]*)"')
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Inside:
    """The files met in a whole reading, and what the question being read says of them."""

    files: dict[str, Attached] = field(default_factory=dict)

    def keep(self, name: str, data: bytes) -> str:
        key = new_key(data)
        self.files.setdefault(key, Attached(name, data))
        return key


def files_of(element: Element, row: ReadRow) -> dict[str, Attached]:
    """The files that stand in an element, by the address in which its text names them."""
    found = {}
    for one in element.findall("file"):
        name = one.get("name", "").strip() or "tep"
        try:
            data = base64.b64decode("".join((one.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            data = b""
        if data:
            found[f"{one.get('path', '/')}{name}"] = Attached(name, data)
        else:
            row.problems.append(Said(BROKEN_FILE, {"name": name[:80]}))
    return found


def markup_of(element: Element | None, row: ReadRow, inside: Inside) -> str:
    """A text of Moodle as HTML that names its pictures as we do."""
    if element is None:
        return ""
    text = inner(element, "text")
    form = element.get("format", "html")
    if form == "plain_text":
        return as_markup(text).replace("\n", "<br>")
    if form != "html":
        text = from_source(text)
    if _MEDIA.search(text):
        row.notes.append(Said(MEDIA))
    if _LINK.search(text):
        row.notes.append(Said(LINKS))
    if "<img" not in text.lower():
        return text
    files = files_of(element, row)
    return _IMG.sub(lambda tag: _picture(tag.group(), files, row, inside), text)


def _picture(tag: str, files: dict[str, Attached], row: ReadRow, inside: Inside) -> str:
    said = {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }
    source = said.get("src", "")
    attached = None
    if source.startswith(PLACE):
        name = unquote(source.removeprefix(PLACE))
        attached = files.get(name)
        if attached is None:
            row.problems.append(Said(LOST_PICTURE, {"name": name.strip("/")[:80]}))
    elif found := _DATA_URL.match(source):
        try:
            attached = Attached("anh", base64.b64decode(found[1], validate=False))
        except (binascii.Error, ValueError):
            row.problems.append(Said(BROKEN_FILE, {"name": "data:"}))
    else:
        row.notes.append(Said(OUTSIDE_PICTURE, {"name": source[:80]}))
    if attached is None:
        return ""
    alt = " ".join(said.get("alt", "").split())
    if not alt:
        alt = PurePath(attached.name).stem
        row.notes.append(Said(NO_ALT, {"name": attached.name[:80]}))
    key = inside.keep(attached.name, attached.data)
    return f'<img data-file="{key}" alt="{html.escape(alt)}">'


def put_text(
    parent: Element, name: str, markup: str, files: Files, miss: Callable[[], None]
) -> Element:
    """A child with formatted text, its pictures as files; `miss` hears of one that is gone."""
    child = SubElement(parent, name, format="html")
    attached: dict[str, tuple[str, Attached]] = {}

    def source(found: re.Match[str]) -> str:
        key = found[2]
        if key not in attached:
            got = files(key)
            if got is None:
                miss()
                return f'{found[1]}src=""'
            attached[key] = (f"/p{len(attached)}/" if attached else "/", got)
        path, got = attached[key]
        return f'{found[1]}src="{PLACE}{path}{quote(got.name)}"'

    put(child, "text", _OUR_IMG.sub(source, markup))
    for path, got in attached.values():
        put_file(child, path, got)
    return child


def put_file(parent: Element, path: str, attached: Attached, **more: str) -> None:
    told = {"name": attached.name, "path": path, "encoding": "base64", **more}
    child = SubElement(parent, "file", told)
    child.text = base64.b64encode(attached.data).decode()


def put(parent: Element, name: str, text: str, **attributes: str) -> Element:
    """A child with a text; signs that XML can't hold go."""
    child = SubElement(parent, name, attributes)
    child.text = _UNWRITABLE.sub("", text)
    return child
