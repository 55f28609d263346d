from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.models import Qualification
from lantoa.people.queries.qualifications import LEVELS

FIRST_YEAR = 1950
_CHOICES = [(level.value, level.label) for level in LEVELS]


class QualificationForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("Trình độ"), choices=_CHOICES, coerce=int, initial=Qualification.Level.BACHELOR
    )
    subject = forms.CharField(
        label=_("Ngành đào tạo"),
        max_length=150,
        help_text=_("Công nghệ thông tin và gần công nghệ thông tin, như ghi trên bằng."),
    )
    school = forms.CharField(label=_("Nơi cấp"), max_length=150, required=False)
    year = forms.IntegerField(
        label=_("Năm cấp"),
        required=False,
        min_value=FIRST_YEAR,
        widget=forms.TextInput(attrs={"class": "lt-short", "inputmode": "numeric"}),
    )

    def clean_subject(self) -> str:
        return clean(self.cleaned_data["subject"])

    def clean_school(self) -> str:
        return clean(self.cleaned_data["school"])

    def clean_year(self) -> Any:
        year = self.cleaned_data["year"]
        if year is not None and year > clock.today().year:
            raise forms.ValidationError(_("Năm này chưa tới."))
        return year


class HolderSearch(forms.Form):
    q = forms.CharField(label=_("Tìm theo tên"), required=False, max_length=100)
    level = forms.TypedChoiceField(
        label=_("Trình độ cao nhất"),
        required=False,
        choices=[("", _("Mọi trình độ")), *_CHOICES],
        coerce=int,
        empty_value=None,
    )


def initial_of(noted: Qualification) -> dict[str, Any]:
    return {name: getattr(noted, name) for name in ("level", "subject", "school", "year")}
