"""Fields that forms of this domain share."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.exams.rules.access import bad_network
from lantoa.kernel.clock import VIETNAM

_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
_CLOCKS = ("%H:%M", "%Hh%M", "%H.%M")
MOMENT_FORMATS = [
    *(f"{day} {clock}" for day in _DAYS for clock in _CLOCKS),
    *(f"{clock} {day}" for day in _DAYS for clock in _CLOCKS),
]
_BETWEEN = re.compile(r"\s+(?:(?:ngày|lúc)\s+)?")
_KEY = re.compile(r"[0-9a-fA-F]{64}")
MOST_LINES = 50


class MomentField(forms.DateTimeField):
    """A day and an hour typed as dd/mm/yyyy hh:mm, or as people say it, "8h30 ngày 25/12/2026": a
    browser's own picker would show it in the phone's language. In Vietnam's time, whatever zone the
    process runs in."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(
            format=MOMENT_FORMATS[0],
            attrs={"class": "lt-short", "placeholder": "dd/mm/yyyy hh:mm", "autocomplete": "off"},
        )
        messages = {"invalid": gettext_lazy("Hãy nhập ngày và giờ, ví dụ 25/12/2026 08:00.")}
        super().__init__(
            input_formats=MOMENT_FORMATS,
            **{"widget": widget, "error_messages": messages, **options},
        )

    def to_python(self, value: Any) -> Any:
        typed = _BETWEEN.sub(" ", value.strip()) if isinstance(value, str) else value
        found = super().to_python(typed)
        if isinstance(found, datetime):
            return found.replace(tzinfo=VIETNAM)
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(VIETNAM).strftime(MOMENT_FORMATS[0])
        return value


class ClockField(forms.TimeField):
    """An hour of the day typed as hh:mm."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(
            format="%H:%M", attrs={"class": "lt-short", "placeholder": "hh:mm"}
        )
        messages = {"invalid": gettext_lazy("Hãy nhập giờ, ví dụ 08:00.")}
        super().__init__(
            input_formats=["%H:%M", "%Hh%M", "%H"],
            **{"widget": widget, "error_messages": messages, **options},
        )

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class LinesField(forms.CharField):
    """One value a line; a list. A wrong one is quoted back."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "required": False, "max_length": 10_000, **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        lines = [line.strip() for line in re.split(r"[\n;]+", typed) if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("Nhiều nhất %(most)d dòng.") % {"most": MOST_LINES})
        wrong = [sentence for line in lines if (sentence := self.problem(line))]
        if wrong:
            raise forms.ValidationError([forms.ValidationError(each) for each in wrong])
        return [self.regular(line) for line in lines]

    def problem(self, line: str) -> str:
        return ""

    def regular(self, line: str) -> str:
        return line

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class NetworksField(LinesField):
    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy(
            "Mỗi dòng một mạng, ví dụ 10.20.0.0/16 hoặc 203.0.113.7. "
            "Để trống: thi từ đâu cũng được."
        )
        super().__init__(**{"help_text": hint, **options})

    def problem(self, line: str) -> str:
        if bad_network(line):
            return _("“%(line)s” không phải là địa chỉ mạng; viết như 10.20.0.0/16.") % {
                "line": line[:60]
            }
        return ""


class KeysField(LinesField):
    """Safe Exam Browser's keys: 64 hexadecimal digits."""

    def problem(self, line: str) -> str:
        if not _KEY.fullmatch(line):
            return _("“%(line)s” không phải là khóa SEB: cần 64 chữ số 0–9, a–f.") % {
                "line": line[:70]
            }
        return ""

    def regular(self, line: str) -> str:
        return line.lower()
