from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content, ContentForm
from lantoa.items.kinds.options import MOST
from lantoa.items.rich_text import from_source, to_source

LETTERS = "ABCDEF"


class MultipleResponseForm(ContentForm):
    stem = forms.CharField(
        label=gettext_lazy("Câu hỏi"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Để một dòng trống giữa hai đoạn. Có thể dùng thẻ HTML đơn giản."),
    )
    answers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các phương án đúng"),
        coerce=int,
        choices=list(enumerate(LETTERS)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất hai phương án đúng.")},
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
        for index, letter in enumerate(LETTERS[:MOST]):
            self.fields[f"option_{index}"] = forms.CharField(
                label=_("Phương án %(letter)s") % {"letter": letter},
                max_length=1000,
                required=index < 2,
            )
        self.order_fields(
            ["stem", *(f"option_{index}" for index in range(MOST)), "answers", "explanation"]
        )

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        texts = {
            f"option_{index}": to_source(option["text"])
            for index, option in enumerate(content["options"])
        }
        return {
            "stem": to_source(content["stem"]),
            "answers": content["answers"],
            "explanation": to_source(content["explanation"]),
            **texts,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        filled = [bool(data.get(f"option_{index}")) for index in range(MOST)]
        for index in range(2, MOST):
            if filled[index] and not filled[index - 1]:
                self.add_error(f"option_{index - 1}", _("Không để trống phương án ở giữa."))
        answers = data.get("answers") or []
        if answers and len(answers) < 2:
            self.add_error("answers", _("Hãy chọn ít nhất hai phương án đúng."))
        if any(not filled[answer] for answer in answers):
            self.add_error("answers", _("Phương án được chọn là đúng còn để trống."))
        return data

    def content(self) -> Content:
        data = self.cleaned_data
        texts = [data[f"option_{index}"] for index in range(MOST)]
        return {
            "stem": from_source(data["stem"]),
            "options": [{"text": from_source(text)} for text in texts if text],
            "answers": sorted(data["answers"]),
            "explanation": from_source(data["explanation"]),
        }
