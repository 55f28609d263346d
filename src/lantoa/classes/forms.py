"""Fields of venues, classes and meetings. Times of day are Vietnam's."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.classes.actions.meetings import NewMeeting
from lantoa.classes.models import Meeting, TrainingClass, Venue
from lantoa.classes.models.scores import MOST_POINTS
from lantoa.classes.queries.venues import venues_usable
from lantoa.classes.rules.online import MOST_SHARE, USUAL_LATE, USUAL_SHARE, is_web_link
from lantoa.classes.rules.points import PointsWrong, Wrong, read_points, shown
from lantoa.classes.rules.spans import MOST_DAYS, USUAL, Half, slots, teaching_days
from lantoa.installation.conference import is_configured
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Requirement
from lantoa.web.fields import DayField

HALVES = [
    (Half.MORNING.value, _("Sáng (7:30–11:30)")),
    (Half.AFTERNOON.value, _("Chiều (13:30–17:00)")),
    (Half.EVENING.value, _("Tối (18:30–21:00)")),
]
TIME = ["%H:%M", "%Hh%M", "%H.%M"]
FIRST_YEAR = 2000
MOST_SEATS = 50_000


def time_field(label: Any) -> forms.TimeField:
    attrs = {"class": "lt-short", "inputmode": "numeric", "placeholder": "07:30"}
    widget = forms.TimeInput(format="%H:%M", attrs=attrs)
    return forms.TimeField(label=label, input_formats=TIME, widget=widget)


def link_field(label: Any) -> forms.URLField:
    """To any conference tool, by http or https."""
    return forms.URLField(
        label=label,
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[_web_link],
        help_text=_("Zoom, Teams, Google Meet, Jitsi… Học viên vào qua trang của lớp."),
    )


def _web_link(link: str) -> None:
    if not is_web_link(link):
        raise ValidationError(_("Đường dẫn phải bắt đầu bằng https:// hoặc http://."))


class PointsField(forms.CharField):
    """Points as they are typed here: "7,5"."""

    def __init__(self, *, least: Decimal, **options: Any) -> None:
        self.least = least
        attrs = {"class": "lt-short", "inputmode": "decimal"}
        super().__init__(max_length=8, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Decimal:
        text = super().clean(value)
        try:
            points = read_points(text, Decimal(MOST_POINTS))
        except PointsWrong as wrong:
            raise ValidationError(points_sentence(wrong, Decimal(MOST_POINTS))) from wrong
        if points is None or points < self.least:
            raise ValidationError(_("Hãy nhập số lớn hơn 0."))
        return points


def points_sentence(wrong: PointsWrong, greatest: Decimal) -> str:
    """What is wrong with points that somebody typed, and how they are written."""
    if wrong.why is Wrong.TOO_MANY:
        return str(_("Nhiều nhất %(greatest)s điểm.") % {"greatest": shown(greatest)})
    return str(_("Ghi một số, nhiều nhất hai chữ số thập phân, ví dụ 7,5."))


class VenueForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"), empty_label=None)
    name = forms.CharField(
        label=_("Tên địa điểm"),
        max_length=150,
        help_text=_("Ví dụ: Hội trường UBND xã, phòng 201."),
    )
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    seats = forms.IntegerField(label=_("Số chỗ"), min_value=1, max_value=MOST_SEATS, required=False)
    zone = forms.CharField(
        label=_("Khu vực"),
        max_length=40,
        required=False,
        help_text=_("Các nơi cùng khu vực coi là gần nhau khi xếp lớp."),
    )
    latitude = forms.FloatField(label=_("Vĩ độ"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("Kinh độ"), min_value=-180, max_value=180, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["unit"]
            return
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units
        field.initial = units.first()


class ClassForm(forms.Form):
    name = forms.CharField(
        label=_("Tên lớp"), max_length=150, help_text=_("Ví dụ: Lớp 1, An toàn thông tin.")
    )
    requirement = forms.ModelChoiceField(
        Requirement.objects.none(),
        label=_("Nội dung"),
        required=False,
        empty_label=_("Không tính vào chương trình (hội thảo, tập huấn chung)"),
    )
    mode = forms.ChoiceField(label=_("Hình thức"), choices=TrainingClass.Mode.choices)
    capacity = forms.IntegerField(
        label=_("Sĩ số tối đa"), min_value=1, max_value=MOST_SEATS, initial=90
    )
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label=_("Địa điểm"), required=False, empty_label=_("Chưa có")
    )
    tool = forms.ChoiceField(
        label=_("Phòng học trực tuyến"),
        choices=TrainingClass.Tool.choices,
        required=False,
        help_text=_("BigBlueButton: giảng viên mở phòng, học viên vào bằng tên của mình."),
    )
    link = link_field(_("Đường dẫn phòng học trực tuyến"))
    online_share = forms.IntegerField(
        label=_("Học trực tuyến: có mặt khi dự từ (% thời lượng buổi)"),
        min_value=1,
        max_value=MOST_SHARE,
        initial=USUAL_SHARE,
        required=False,
    )
    late_after = forms.IntegerField(
        label=_("Học trực tuyến: muộn khi vào sau (phút)"),
        min_value=0,
        max_value=240,
        initial=USUAL_LATE,
        required=False,
    )
    note = forms.CharField(
        label=_("Lời dặn học viên"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_online_share(self) -> int:
        return self.cleaned_data["online_share"] or USUAL_SHARE

    def clean_late_after(self) -> int:
        given = self.cleaned_data["late_after"]
        return USUAL_LATE if given is None else int(given)

    def __init__(self, *args: Any, user: User, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked, venue = self.fields["requirement"], self.fields["venue"]
        assert isinstance(asked, forms.ModelChoiceField)
        assert isinstance(venue, forms.ModelChoiceField)
        asked.queryset = Requirement.objects.filter(
            programme=cohort.programme_id, kind=Requirement.Kind.CLASS
        )
        if len(asked.queryset) == 1:
            asked.initial = asked.queryset[0]
        venue.queryset = venues_usable(user)
        if not is_configured():
            del self.fields["tool"]

    def clean_tool(self) -> str:
        return self.cleaned_data["tool"] or TrainingClass.Tool.LINK


class MeetingsForm(forms.Form):
    """Several at once: days one after the other, the same halves each day."""

    first_day = DayField(first_year=FIRST_YEAR, label=_("Từ ngày"))
    days = forms.IntegerField(label=_("Số ngày học"), min_value=1, max_value=MOST_DAYS, initial=2)
    halves = forms.MultipleChoiceField(
        label=_("Buổi"), choices=HALVES, widget=forms.CheckboxSelectMultiple
    )
    weekends = forms.BooleanField(label=_("Học cả thứ bảy, chủ nhật"), required=False)
    periods = forms.IntegerField(label=_("Số tiết mỗi buổi"), min_value=1, max_value=20, initial=4)
    topic = forms.CharField(label=_("Nội dung"), max_length=200, required=False)

    def meetings(self) -> list[NewMeeting]:
        data = self.cleaned_data
        days = teaching_days(data["first_day"], data["days"], weekends=data["weekends"])
        return [
            NewMeeting(
                datetime.combine(day, USUAL[half][0], VIETNAM),
                datetime.combine(day, USUAL[half][1], VIETNAM),
                data["periods"],
                data["topic"],
            )
            for day, half in slots(days, [Half(h) for h in data["halves"]])
        ]


class MeetingForm(forms.Form):
    day = DayField(first_year=FIRST_YEAR, label=_("Ngày"))
    starts = time_field(_("Từ"))
    ends = time_field(_("Đến"))
    periods = forms.IntegerField(label=_("Số tiết"), min_value=1, max_value=20)
    topic = forms.CharField(label=_("Nội dung"), max_length=200, required=False)
    venue = forms.ModelChoiceField(
        Venue.objects.none(),
        label=_("Địa điểm"),
        required=False,
        empty_label=_("Như của lớp"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venue = self.fields["venue"]
        assert isinstance(venue, forms.ModelChoiceField)
        venue.queryset = venues_usable(user)

    def meeting(self) -> NewMeeting:
        data = self.cleaned_data
        return NewMeeting(
            datetime.combine(data["day"], data["starts"], VIETNAM),
            datetime.combine(data["day"], data["ends"], VIETNAM),
            data["periods"],
            data["topic"],
            data["venue"],
        )


def initial_of(meeting: Meeting) -> dict[str, Any]:
    starts, ends = (at.astimezone(VIETNAM) for at in (meeting.starts_at, meeting.ends_at))
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "periods": meeting.periods,
        "topic": meeting.topic,
        "venue": meeting.venue_id,
    }


class TestForm(forms.Form):
    __test__ = False
    name = forms.CharField(
        label=_("Tên bài kiểm tra"), max_length=100, help_text=_("Ví dụ: Kiểm tra cuối khóa.")
    )
    held_on = DayField(first_year=FIRST_YEAR, label=_("Ngày kiểm tra"), required=False)
    greatest = PointsField(label=_("Điểm tối đa"), least=Decimal("0.01"), initial="10")
    pass_mark = PointsField(label=_("Đạt từ"), least=Decimal(0), initial="5")
    required = forms.BooleanField(
        label=_("Bắt buộc đạt bài này mới hoàn thành lớp"), required=False, initial=True
    )


class LinkForm(forms.Form):
    link = link_field(_("Đường dẫn của riêng buổi này"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Điều chưa đúng"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Mã trên màn hình"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "lt-short", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )
