"""The project's own form: a workbook with a row per item, for people who write in Excel."""

from typing import Final

from django.utils.translation import gettext_lazy

from lantoa.items.exchange.spreadsheet.book import template, write
from lantoa.items.exchange.spreadsheet.read import read

__all__ = ["about", "extensions", "label", "media_type", "name", "read", "template", "write"]

name: Final = "spreadsheet"
label = gettext_lazy("Bảng tính của Lan Tỏa (.xlsx)")
about = gettext_lazy("Mỗi câu một hàng, mọi dạng câu; sửa trong Excel rồi nhập lại được.")
extensions = ("xlsx", "xls", "ods", "csv")
media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
