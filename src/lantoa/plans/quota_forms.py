"""Fields of what is posted to the ledger of quotas."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.people.models import Unit
from lantoa.plans import rules
from lantoa.plans.actions import Document
from lantoa.web.fields import DayField

FIRST_YEAR = 2000


class CountField(forms.CharField):
    """A whole number as people write it: 1234, 1.234, 1 234."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "lt-short"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        count = rules.read_count(text)
        if not count:
            raise forms.ValidationError(gettext("Hãy nhập một số nguyên, ví dụ 1.234."))
        return count


class DocumentForm(forms.Form):
    """On which document an entry rests; none of it must be filled in."""

    document_number = forms.CharField(label=_("Số văn bản"), max_length=60, required=False)
    document_date = DayField(first_year=FIRST_YEAR, label=_("Ngày văn bản"), required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)

    def document(self) -> Document:
        data = self.cleaned_data
        return Document(data["document_number"], data["document_date"], data["reason"])


class BorrowForm(DocumentForm):
    giver = forms.ModelChoiceField(Unit.objects.none(), label=_("Từ đơn vị"))
    taker = forms.ModelChoiceField(Unit.objects.none(), label=_("Sang đơn vị"))
    count = CountField(label=_("Số điều chuyển"))
    field_order = ("giver", "taker", "count", "document_number", "document_date", "reason")

    def __init__(self, *args: Any, above: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("giver", "taker"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Unit.objects.filter(parent=above, ended_on=None).order_by("sort_key")


class ReturnForm(DocumentForm):
    count = CountField(label=_("Số trả lại"))
    field_order = ("count", "document_number", "document_date", "reason")


class ReverseForm(forms.Form):
    reason = forms.CharField(label=_("Lý do hủy"), max_length=300)


class AsOfForm(forms.Form):
    on = DayField(first_year=FIRST_YEAR, label=_("Số liệu đến hết ngày"), required=False)
