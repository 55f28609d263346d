from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.exams.actions.rooms import RoomFields
from lantoa.exams.forms.fields import MomentField, NetworksField
from lantoa.exams.models import Sitting
from lantoa.exams.rules.windows import MOST_WAVES, Window, problems, waves

SHORT = {"class": "lt-short"}


STATES = [
    ("", gettext_lazy("Tất cả")),
    ("open", gettext_lazy("Đang mở")),
    ("upcoming", gettext_lazy("Chưa mở")),
    ("closed", gettext_lazy("Đã đóng")),
]


class SittingSearch(forms.Form):
    """The filters of the list of sittings, kept in the address."""

    q = forms.CharField(label=gettext_lazy("Tìm theo tên"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=STATES,
        widget=forms.Select(attrs={"data-submit": ""}),
    )

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        data = self.cleaned_data
        return {"words": data.get("q", ""), "state": data.get("state", "")}


class WindowForm(forms.Form):
    """A title and a window; `minutes` is how long the test takes."""

    title = forms.CharField(
        label=gettext_lazy("Tên ca thi"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Ví dụ: Ca sáng 12/12. Để trống: chỉ hiện tên kỳ thi."),
    )
    opens_at = MomentField(label=gettext_lazy("Mở lúc"))
    last_start_at = MomentField(
        label=gettext_lazy("Bắt đầu muộn nhất"),
        required=False,
        help_text=gettext_lazy("Sau giờ này không ai bắt đầu được nữa. Để trống: đến giờ đóng."),
    )
    closes_at = MomentField(
        label=gettext_lazy("Đóng lúc"),
        help_text=gettext_lazy("Bài của mọi người được nộp chậm nhất vào giờ này."),
    )

    def __init__(self, *args: Any, minutes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minutes = minutes
        self.fields["opens_at"].help_text = _("Thời gian làm bài: %(minutes)d phút.") % {
            "minutes": minutes
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and "last_start_at" in data:
            for name, sentence in problems(self.window(), self.minutes).items():
                self.add_error(name, sentence)
        return data

    def window(self) -> Window:
        data = self.cleaned_data
        return Window(data["opens_at"], data["last_start_at"], data["closes_at"])


def window_of(sitting: Sitting, later: timedelta = timedelta(0)) -> dict[str, Any]:
    """What a form begins with: the sitting's title and window."""
    last = sitting.last_start_at
    return {
        "title": sitting.title,
        "opens_at": sitting.opens_at + later,
        "last_start_at": last + later if last else None,
        "closes_at": sitting.closes_at + later,
        "networks": sitting.networks,
    }


class SittingForm(WindowForm):
    networks = NetworksField(label=gettext_lazy("Chỉ thi từ các mạng"))


class NewSittingForm(SittingForm):
    """Also several waves in one go."""

    by_roster = forms.ChoiceField(
        label=gettext_lazy("Ai dự thi"),
        choices=[
            ("yes", gettext_lazy("Theo danh sách thí sinh của ca thi")),
            ("no", gettext_lazy("Mọi người trong đợt")),
        ],
        initial="yes",
    )
    waves = forms.IntegerField(
        label=gettext_lazy("Số ca liên tiếp"),
        min_value=1,
        max_value=MOST_WAVES,
        initial=1,
        widget=forms.NumberInput(attrs=SHORT),
        help_text=gettext_lazy("Nhiều hơn 1: các ca giống nhau, mở cách nhau từng khoảng."),
    )
    gap = forms.IntegerField(
        label=gettext_lazy("Các ca mở cách nhau (phút)"),
        min_value=1,
        max_value=14 * 24 * 60,
        required=False,
        widget=forms.NumberInput(attrs=SHORT),
    )

    def __init__(self, *args: Any, of_cohort: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_cohort:
            del self.fields["by_roster"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("waves") or 1) > 1 and "gap" in data and not data["gap"]:
            self.add_error("gap", _("Nhiều ca thì phải nói các ca mở cách nhau bao lâu."))
        return data

    def windows(self) -> list[Window]:
        data = self.cleaned_data
        return waves(self.window(), data["waves"], timedelta(minutes=data["gap"] or 0))


class CopyForm(SittingForm):
    rooms = forms.BooleanField(label=gettext_lazy("Các phòng thi"), required=False, initial=True)
    duties = forms.BooleanField(
        label=gettext_lazy("Giám thị, người chấm, hội đồng"), required=False, initial=True
    )
    candidates = forms.BooleanField(label=gettext_lazy("Danh sách thí sinh"), required=False)


class RoomForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Tên phòng"),
        max_length=50,
        help_text=gettext_lazy("Ví dụ: Phòng 201. Thêm nhiều phòng: “Phòng” thành Phòng 01, 02…"),
    )
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    seats = forms.IntegerField(
        label=gettext_lazy("Số chỗ"),
        min_value=1,
        max_value=1000,
        initial=30,
        widget=forms.NumberInput(attrs=SHORT),
    )
    count = forms.IntegerField(
        label=gettext_lazy("Thêm mấy phòng như vậy"),
        min_value=1,
        max_value=200,
        initial=1,
        widget=forms.NumberInput(attrs=SHORT),
    )
    networks = NetworksField(
        label=gettext_lazy("Mạng của phòng"),
        help_text=gettext_lazy("Thay cho mạng của ca thi. Mỗi dòng một mạng, ví dụ 10.20.3.0/24."),
    )

    def __init__(self, *args: Any, one: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one:
            del self.fields["count"]
            self.fields["name"].help_text = ""

    def room_fields(self) -> RoomFields:
        data = self.cleaned_data
        return RoomFields(data["name"], data["place"], data["seats"], data["networks"])
