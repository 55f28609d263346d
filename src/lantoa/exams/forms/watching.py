"""Forms of the people who run a sitting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.exams.actions.invigilation import MOST_MINUTES


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class TimeForm(ReasonForm):
    """Minutes more, and why."""

    minutes = forms.IntegerField(
        label=_("Thêm bao nhiêu phút"),
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"class": "lt-short", "inputmode": "numeric"}),
    )
    field_order = ("minutes", "reason")


class IncidentForm(forms.Form):
    text = forms.CharField(
        label=_("Việc xảy ra"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Ví dụ: mất điện từ 9 giờ 12 đến 9 giờ 20; máy số 14 hỏng, đổi sang máy số 30."
        ),
    )
