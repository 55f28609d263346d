from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.web.fields import DayField


class SerialForm(forms.Form):
    serial = forms.CharField(
        label=_("Số hiệu"),
        max_length=40,
        help_text=_("In ở góc dưới giấy chứng nhận, ví dụ LT-19-2026-000123."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class HolderForm(forms.Form):
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    birth_date = DayField(
        label=_("Ngày sinh"),
        help_text=_("Ngày/tháng/năm, ví dụ 05/09/1980."),
        error_messages={"invalid": _("Ghi ngày sinh theo dạng ngày/tháng/năm, ví dụ 05/09/1980.")},
    )
    number = forms.CharField(
        label=_("Số hiệu hoặc số vào sổ"),
        max_length=40,
        help_text=_("Ví dụ LT-19-2026-000123 hoặc 123/2026."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        help_text=_("Ai tra cứu giấy chứng nhận cũng đọc được lý do này."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
