"""The author's form of kinds with a stem, options and an explanation."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content, ContentForm
from lantoa.items.kinds.options import FEWEST, MOST
from lantoa.items.rich_text import from_source, to_source

LETTERS = "ABCDEF"
CHOICES = list(enumerate(LETTERS[:MOST]))
OPTIONS = [f"option_{index}" for index, _letter in CHOICES]


class OptionForm(ContentForm):
    """A kind adds the field that says which options are right, and names it in `key`."""

    key: ClassVar[str]

    stem = forms.CharField(
        label=gettext_lazy("Câu hỏi"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Để một dòng trống giữa hai đoạn. Có thể dùng thẻ HTML đơn giản."),
    )
    explanation = forms.CharField(
        label=gettext_lazy("Giải thích"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Vì sao đúng, vì sao các phương án kia chưa đúng. Hiện khi xem lại."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index, letter in CHOICES:
            self.fields[OPTIONS[index]] = forms.CharField(
                label=_("Phương án %(letter)s") % {"letter": letter},
                max_length=1000,
                required=index < FEWEST,
            )
        self.order_fields(["stem", *OPTIONS, self.key, "explanation"])

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        texts = [to_source(option["text"]) for option in content["options"]]
        return {
            "stem": to_source(content["stem"]),
            cls.key: content[cls.key],
            "explanation": to_source(content["explanation"]),
            **dict(zip(OPTIONS, texts, strict=False)),
        }

    def right(self, data: dict[str, Any]) -> Iterable[int]:
        """The options that the author marked as right."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """The options typed must have no gap, and what is right must be one of them."""
        data = super().clean() or {}
        filled = [bool(data.get(name)) for name in OPTIONS]
        for index in range(FEWEST, MOST):
            if filled[index] and not filled[index - 1]:
                self.add_error(OPTIONS[index - 1], _("Không để trống phương án ở giữa."))
        if not all(filled[index] for index in self.right(data)):
            self.add_error(self.key, _("Phương án được chọn là đúng còn để trống."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        texts = [data[name] for name in OPTIONS]
        return {
            "stem": from_source(data["stem"]),
            "options": [{"text": from_source(text)} for text in texts if text],
            self.key: data[self.key],
            "explanation": from_source(data["explanation"]),
        }
