from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.option_form import CHOICES, OptionForm


class MultipleResponseForm(OptionForm):
    key = "answers"

    answers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các phương án đúng"),
        coerce=int,
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất hai phương án đúng.")},
    )

    def right(self, data: dict[str, Any]) -> Iterable[int]:
        return data.get("answers") or []

    def clean_answers(self) -> list[int]:
        answers = sorted(self.cleaned_data["answers"])
        if len(answers) < 2:
            raise forms.ValidationError(_("Hãy chọn ít nhất hai phương án đúng."))
        return answers
