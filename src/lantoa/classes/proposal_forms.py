"""What is asked of a proposal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.classes.forms import FIRST_YEAR, HALVES
from lantoa.classes.models import Venue
from lantoa.classes.queries.venues import venues_usable
from lantoa.classes.rules.proposing import Asked, AskedClasses
from lantoa.programmes.models import Cohort, Requirement
from lantoa.web.fields import DayField, RowsField

COLLEAGUES = [
    ("free", _("Không đặt điều kiện")),
    ("apart", _("Chia đều các lớp")),
    ("together", _("Học cùng lớp")),
]
PERIODS_A_HALF = 4
MOST_CLASSES = 60
MOST_DAYS = 370


class ProposeForm(forms.Form):
    first_day = DayField(first_year=FIRST_YEAR, label=_("Từ ngày"))
    last_day = DayField(first_year=FIRST_YEAR, label=_("Đến hết ngày"))
    halves = forms.MultipleChoiceField(
        label=_("Buổi"),
        choices=HALVES,
        widget=forms.CheckboxSelectMultiple,
        initial=["morning", "afternoon"],
    )
    weekends = forms.BooleanField(label=_("Học cả thứ bảy, chủ nhật"), required=False)
    capacity = forms.IntegerField(
        label=_("Sĩ số tối đa"), min_value=1, max_value=50_000, initial=90
    )
    least = forms.IntegerField(label=_("Sĩ số ít nhất"), min_value=0, max_value=50_000, initial=80)
    venues = RowsField(
        Venue.objects.none(),
        label=_("Phòng học dùng được"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Các địa điểm đã ghi số chỗ. Không chọn phòng nào: chưa xếp phòng."),
    )
    at_once = forms.IntegerField(
        label=_("Nhiều nhất mấy lớp cùng lúc"), min_value=1, max_value=50, initial=1
    )
    away = forms.IntegerField(
        label=_("Mỗi đơn vị vắng cùng lúc không quá (% học viên của đơn vị)"),
        min_value=1,
        max_value=100,
        initial=40,
    )
    colleagues = forms.ChoiceField(label=_("Người cùng đơn vị"), choices=COLLEAGUES)

    def __init__(self, *args: Any, user: User, cohort: Cohort, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venues = self.fields["venues"]
        assert isinstance(venues, forms.ModelChoiceField)
        venues.queryset = venues_usable(user).filter(seats__isnull=False)
        self.requirements = list(
            Requirement.objects.filter(programme=cohort.programme_id, kind=Requirement.Kind.CLASS)
        )
        for one in self.requirements:
            self.fields[f"classes_{one.pk}"] = forms.IntegerField(
                label=_("Số lớp: %(title)s") % {"title": one.title},
                min_value=0,
                max_value=MOST_CLASSES,
                initial=max(1, -(-people // 90)),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("Ngày cuối phải từ ngày đầu trở đi."))
        elif first and last and (last - first).days > MOST_DAYS:
            self.add_error("last_day", gettext("Nhiều nhất là một năm."))
        if (data.get("least") or 0) > (data.get("capacity") or 0):
            self.add_error("least", gettext("Sĩ số ít nhất không quá sĩ số tối đa."))
        numbers = [data.get(f"classes_{one.pk}") or 0 for one in self.requirements]
        if not 0 < sum(numbers) <= MOST_CLASSES:
            words = {"most": MOST_CLASSES}
            raise ValidationError(gettext("Tổng số lớp phải từ 1 đến %(most)d.") % words)
        return data

    def asked(self) -> Asked:
        data = self.cleaned_data
        classes = [
            AskedClasses(one.pk, number, max(1, -(-(one.periods or 1) // PERIODS_A_HALF)))
            for one in self.requirements
            if (number := data[f"classes_{one.pk}"])
        ]
        return Asked(
            first_day=data["first_day"].isoformat(),
            last_day=data["last_day"].isoformat(),
            halves=data["halves"],
            weekends=data["weekends"],
            classes=classes,
            capacity=data["capacity"],
            least=data["least"],
            venues=[venue.pk for venue in data["venues"]],
            at_once=data["at_once"],
            away=data["away"],
            colleagues=data["colleagues"],
        )
