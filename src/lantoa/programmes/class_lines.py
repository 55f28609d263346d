"""Classes that a programme asks for, typed one a line: what it is about; how many tiết."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lantoa.kernel.text import clean

MOST_PERIODS, MOST_LINES, LONGEST = 500, 40, 200
Lines = list[tuple[str, int]]


class ClassesField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(**{"widget": widget, "max_length": 10_000, **options})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "\n".join(f"{title}; {periods}" for title, periods in value)
        return value

    def clean(self, value: Any) -> Lines:
        if isinstance(value, Sequence) and not isinstance(value, str):  # a field that stands still
            return list(value)
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Nhiều nhất %(most)d lớp.") % {"most": MOST_LINES})
        return [_read(number, line) for number, line in enumerate(lines, start=1)]


def _read(number: int, line: str) -> tuple[str, int]:
    title, _semicolon, periods = line.rpartition(";")
    title, periods = clean(title), periods.strip()
    whole = int(periods) if periods.isascii() and periods.isdecimal() and len(periods) < 5 else 0
    if not title or not 1 <= whole <= MOST_PERIODS:
        words = {"number": number, "line": clean(line)[:60], "most": MOST_PERIODS}
        raise ValidationError(
            _(
                "Dòng %(number)d (“%(line)s”): hãy ghi nội dung, dấu chấm phẩy, rồi số tiết "
                "từ 1 đến %(most)d."
            )
            % words
        )
    if len(title) > LONGEST:
        raise ValidationError(_("Dòng %(number)d dài quá 200 chữ.") % {"number": number})
    return title, whole
