"""GIFT: questions as text with answers in braces, as Moodle reads and writes it."""

from typing import Final

from django.utils.translation import gettext_lazy

from lantoa.items.exchange.gift.read import read
from lantoa.items.exchange.gift.write import KINDS, write

__all__ = ["KINDS", "about", "extensions", "label", "media_type", "name", "read", "write"]

name: Final = "gift"
label = gettext_lazy("GIFT (.txt)")
about = gettext_lazy(
    "Văn bản có cấu trúc: chọn một, chọn nhiều, ghép đôi, điền chỗ trống, tự luận."
)
extensions = ("txt", "gift")
media_type = "text/plain"
