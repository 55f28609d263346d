"""Forms to do with exam papers: assembling, reviewing, retiring, swapping, printing."""

from django import forms
from django.utils.translation import gettext_lazy

from lantoa.items.assembly.rules import MOST_FORMS


class AssembleForm(forms.Form):
    count = forms.IntegerField(
        label=gettext_lazy("Số đề"),
        min_value=1,
        max_value=MOST_FORMS,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "lt-short"}),
        help_text=gettext_lazy(
            "1: một đề cố định. Từ 2: các đề song song, cùng ma trận, trùng nhau ít nhất."
        ),
    )
    fresh = forms.BooleanField(
        label=gettext_lazy("Không dùng lại câu của các đề đã ban hành"), required=False
    )


class ReviewForm(forms.Form):
    """`fit` is the button pressed."""

    reason = forms.CharField(
        label=gettext_lazy("Nhận xét"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Vì sao đề dùng được, hoặc cần sửa gì. Ghi vào lịch sử của đề."),
    )


class RetireFormForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: đề đã lộ, quy định đã thay đổi."),
    )


class SwapForm(forms.Form):
    item = forms.IntegerField(
        min_value=1, error_messages={"required": gettext_lazy("Hãy chọn một câu để thay.")}
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300, required=False)
