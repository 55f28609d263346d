from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.base import Content
from lantoa.items.kinds.rubric import RubricForm

MOST_WORDS = 2500
_NUMBER = {"class": "lt-short", "inputmode": "numeric"}


class EssayForm(RubricForm):
    edit_template = "items/kinds/essay/edit.html"

    least_words = forms.IntegerField(
        label=gettext_lazy("Số từ ít nhất"),
        required=False,
        min_value=1,
        max_value=MOST_WORDS,
        widget=forms.TextInput(attrs=_NUMBER),
        help_text=gettext_lazy("Để trống: không quy định. Bài ngắn hay dài hơn vẫn được nhận."),
    )
    most_words = forms.IntegerField(
        label=gettext_lazy("Số từ nhiều nhất"),
        required=False,
        min_value=1,
        max_value=MOST_WORDS,
        widget=forms.TextInput(attrs=_NUMBER),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrange("least_words", "most_words", *self.names(), "sample")
        self.offer_places()

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        known = {name: content[name] for name in ("least_words", "most_words")}
        return {**super().initial_of(content), **known}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        least, most = data.get("least_words"), data.get("most_words")
        if least and most and least > most:
            self.add_error("most_words", _("Số từ ít nhất lớn hơn số từ nhiều nhất."))
        return data

    def content(self) -> Content:
        known = {name: self.cleaned_data[name] for name in ("least_words", "most_words")}
        return {**super().content(), **known}
