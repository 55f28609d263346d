from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lantoa.items.kinds.option_form import CHOICES, OptionForm


class SingleChoiceForm(OptionForm):
    edit_template = "items/kinds/single_choice/edit.html"
    key = "answer"

    answer = forms.TypedChoiceField(
        label=gettext_lazy("Phương án đúng"),
        coerce=int,
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn phương án đúng.")},
    )

    def right(self, data: dict[str, Any]) -> Iterable[int]:
        answer = data.get("answer")
        return [answer] if isinstance(answer, int) else []
