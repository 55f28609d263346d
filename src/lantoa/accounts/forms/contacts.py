import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.queries import normal_phone

VIETNAMESE_PHONE = re.compile(r"0\d{9,10}")


class EmailForm(forms.Form):
    target = forms.EmailField(
        label=gettext_lazy("Thư điện tử mới"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PhoneForm(forms.Form):
    target = forms.CharField(
        label=gettext_lazy("Số điện thoại mới"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_target(self) -> str:
        phone = normal_phone(self.cleaned_data["target"])
        if not VIETNAMESE_PHONE.fullmatch(phone):
            raise forms.ValidationError(
                _("Số điện thoại gồm 10 chữ số và bắt đầu bằng số 0, ví dụ 0912 345 678.")
            )
        return phone
