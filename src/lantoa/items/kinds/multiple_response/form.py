from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.option_form import CHOICES, OptionForm


class MultipleResponseForm(OptionForm):
    edit_template = "items/kinds/multiple_response/edit.html"
    key = "answers"
    more = ("scoring",)

    answers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các phương án đúng"),
        coerce=int,
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất hai phương án đúng.")},
    )
    scoring = forms.ChoiceField(
        label=gettext_lazy("Cách tính điểm"),
        required=False,
        choices=[
            ("all", gettext_lazy("Chọn đúng và đủ mới có điểm")),
            ("partial", gettext_lazy("Mỗi phương án đúng một phần điểm, chọn sai bị trừ một phần")),
        ],
    )

    @classmethod
    def initial_of(cls, content: dict[str, Any]) -> dict[str, Any]:
        return {**super().initial_of(content), "scoring": content.get("scoring", "all")}

    def right(self, data: dict[str, Any]) -> Iterable[int]:
        return data.get("answers") or []

    def clean_answers(self) -> list[int]:
        answers = sorted(self.cleaned_data["answers"])
        if len(answers) < 2:
            raise forms.ValidationError(_("Hãy chọn ít nhất hai phương án đúng."))
        return answers

    def content(self) -> dict[str, Any]:
        return {**super().content(), "scoring": self.cleaned_data["scoring"] or "all"}
