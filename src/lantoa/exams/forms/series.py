from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.exams.forms.fields import ClockField
from lantoa.exams.models import Exam
from lantoa.exams.queries.exams import near_units
from lantoa.exams.rules.windows import ROMAN, Planned, Series, problems
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.web.fields import RowsField

SHORT = {"class": "lt-short"}


class SeriesForm(forms.Form):
    """Four windows a year, agency after agency."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"),
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs=SHORT),
    )
    quarters = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Quý"),
        coerce=int,
        choices=[(n, ROMAN[n - 1]) for n in (1, 2, 3, 4)],
        widget=forms.CheckboxSelectMultiple,
        initial=[1, 2, 3, 4],
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Tháng trong quý"),
        coerce=int,
        choices=[
            (1, gettext_lazy("Tháng đầu")),
            (2, gettext_lazy("Tháng giữa")),
            (3, gettext_lazy("Tháng cuối")),
        ],
        initial=3,
    )
    day = forms.IntegerField(
        label=gettext_lazy("Thi từ ngày"),
        min_value=1,
        max_value=28,
        initial=10,
        widget=forms.NumberInput(attrs=SHORT),
        help_text=gettext_lazy("Thứ bảy và chủ nhật được bỏ qua."),
    )
    opens = ClockField(label=gettext_lazy("Mở lúc"), initial="08:00")
    last_start = ClockField(label=gettext_lazy("Bắt đầu muộn nhất"), required=False)
    closes = ClockField(label=gettext_lazy("Đóng lúc"), initial="11:00")
    units = RowsField(
        Unit.objects.none(),
        label=gettext_lazy("Cơ quan, đơn vị"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Mỗi đơn vị một ca thi trong mỗi quý."),
    )
    per_day = forms.IntegerField(
        label=gettext_lazy("Mỗi ngày mấy đơn vị"),
        min_value=1,
        max_value=500,
        initial=5,
        widget=forms.NumberInput(attrs=SHORT),
    )
    with_people = forms.BooleanField(
        label=gettext_lazy("Đưa mọi người của đơn vị vào danh sách thí sinh"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, user: User, exam: Exam, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minutes = exam.blueprint.minutes
        field = self.fields["units"]
        assert isinstance(field, RowsField)
        field.queryset = near_units(user, exam.unit).exclude(pk=exam.unit_id)
        if not field.queryset.exists():
            field.queryset = near_units(user, exam.unit)
        self.fields["year"].initial = (clock.today() + timedelta(days=30)).year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        names = {"opens_at": "opens", "last_start_at": "last_start", "closes_at": "closes"}
        window = self._series().planned([0])[0].window
        for name, sentence in problems(window, self.minutes).items():
            self.add_error(names[name], sentence)
        return data

    def _series(self) -> Series:
        data = self.cleaned_data
        plain = ("year", "quarters", "month", "day", "opens", "closes", "per_day", "last_start")
        return Series(**{name: data[name] for name in plain})

    def chosen(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in self.cleaned_data["units"]}

    def planned(self) -> list[Planned]:
        return self._series().planned(list(self.chosen()))
