"""Moodle XML: every kind that Moodle has a question type for, with pictures and files inside."""

from typing import Final

from django.utils.translation import gettext_lazy

from lantoa.items.exchange.moodle_xml.read import read
from lantoa.items.exchange.moodle_xml.write import write
from lantoa.items.exchange.rows import FileWrong

__all__ = ["FileWrong", "about", "extensions", "label", "media_type", "name", "read", "write"]

name: Final = "moodle_xml"
label = gettext_lazy("Moodle XML (.xml)")
about = gettext_lazy(
    "Đầy đủ nhất để trao đổi với Moodle: mọi dạng trừ câu tình huống, có ảnh và tệp."
)
extensions = ("xml",)
media_type = "application/xml"
