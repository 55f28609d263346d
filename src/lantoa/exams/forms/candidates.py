from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.exams.actions.candidates import MOST_EXTRA
from lantoa.exams.actions.seating import Order
from lantoa.exams.models import Room, Sitting
from lantoa.exams.queries.candidates import ACCOUNTED
from lantoa.exams.queries.exams import near_units
from lantoa.exams.rules.numbers import MOST_DIGITS, PREFIX, Pattern
from lantoa.people.models import Person, Unit
from lantoa.people.queries.persons import PersonFilter
from lantoa.programmes.models import Cohort

LEADERS = [
    ("", gettext_lazy("Tất cả")),
    ("yes", gettext_lazy("Chỉ lãnh đạo, quản lý")),
    ("no", gettext_lazy("Trừ lãnh đạo")),
]
SHORT = {"class": "lt-short"}
REASON = gettext_lazy("Lý do")


class UnitsForm(forms.Form):
    """People of units, narrowed to groups."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị"))
    below = forms.BooleanField(
        label=gettext_lazy("Gồm cả đơn vị bên dưới"), required=False, initial=True
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Đối tượng"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Person.Category.choices],
    )
    leaders = forms.ChoiceField(
        label=gettext_lazy("Lãnh đạo, quản lý"), choices=LEADERS, required=False
    )
    specialism = forms.ChoiceField(
        label=gettext_lazy("Chuyên trách CNTT, chuyển đổi số"),
        choices=[("", gettext_lazy("Tất cả")), *Person.Specialism.choices],
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("Chức vụ có chữ"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Ví dụ: Chủ tịch."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = near_units(user)

    def wanted(self) -> PersonFilter:
        data = self.cleaned_data
        return PersonFilter(
            unit=data["unit"],
            below=data["below"],
            category=data["category"],
            is_leader={"yes": True, "no": False}.get(data["leaders"]),
            specialism=data["specialism"],
            title=data["title"],
        )


class CohortChoice(forms.Form):
    """People enrolled in a cohort."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=gettext_lazy("Đợt"))
    only = forms.ChoiceField(
        label=gettext_lazy("Lấy ai"),
        choices=[
            ("all", gettext_lazy("Mọi người trong đợt")),
            ("not_done", gettext_lazy("Người chưa hoàn thành")),
            ("done", gettext_lazy("Người đã hoàn thành")),
        ],
    )

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cohorts


class PasteForm(forms.Form):
    """A file, or lines; what a file says is shown as lines, to be corrected and sent again."""

    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Tệp .xlsx, .xls, .ods hoặc .csv như đơn vị gửi."),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Hoặc dán danh sách"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Mỗi dòng một người: số định danh, số điện thoại hoặc thư điện tử; chép thẳng từ bảng "
            "tính cũng được, có thêm họ tên càng tốt."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("pasted"):
            self.add_error("pasted", _("Hãy chọn một tệp hoặc dán danh sách."))
        return data


class CandidateSearch(forms.Form):
    q = forms.CharField(label=gettext_lazy("Tên hoặc số báo danh"), required=False, max_length=100)
    room = forms.ChoiceField(label=gettext_lazy("Phòng thi"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *ACCOUNTED],
    )

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = sitting.rooms.order_by("name").values_list("pk", "name")
        field = self.fields["room"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Tất cả")),
            ("none", _("Chưa có phòng")),
            *((str(pk), name) for pk, name in rooms),
        ]
        if not rooms:
            del self.fields["room"]
        for name in ("room", "state"):
            if name in self.fields:
                self.fields[name].widget.attrs["data-submit"] = ""

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        data = self.cleaned_data
        return {
            "words": data.get("q", ""),
            "room": data.get("room", ""),
            "state": data.get("state", ""),
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(label=REASON, max_length=300)


class ExtraForm(forms.Form):
    minutes = forms.IntegerField(
        label=gettext_lazy("Thêm giờ (phút)"),
        min_value=0,
        max_value=MOST_EXTRA,
        widget=forms.NumberInput(attrs=SHORT),
        help_text=gettext_lazy("Cộng vào thời gian làm bài của riêng người này. 0: không thêm."),
    )
    reason = forms.CharField(
        label=REASON,
        max_length=300,
        help_text=gettext_lazy("Ví dụ: thí sinh khuyết tật, theo đơn được duyệt."),
    )


class PlaceForm(forms.Form):
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Phòng thi"),
        required=False,
        empty_label=gettext_lazy("Chưa có phòng"),
    )
    seat = forms.IntegerField(
        label=gettext_lazy("Chỗ số"),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs=SHORT),
    )

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = sitting.rooms.order_by("name")


class SeatsForm(forms.Form):
    order = forms.ChoiceField(
        label=gettext_lazy("Xếp theo"),
        choices=[
            (Order.APART.value, gettext_lazy("Người cùng đơn vị ngồi tách nhau")),
            (Order.UNIT.value, gettext_lazy("Theo đơn vị, rồi theo tên")),
            (Order.NAME.value, gettext_lazy("Theo tên, vần tiếng Việt")),
        ],
        widget=forms.RadioSelect,
        initial=Order.APART.value,
    )
    anew = forms.BooleanField(
        label=gettext_lazy("Xếp lại từ đầu, cả những người đã có chỗ"), required=False
    )


class NumbersForm(forms.Form):
    letters = forms.CharField(
        label=gettext_lazy("Chữ đứng trước"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs=SHORT),
        help_text=gettext_lazy("Chữ cái không dấu và chữ số, ví dụ TN26. Để trống cũng được."),
    )
    digits = forms.IntegerField(
        label=gettext_lazy("Số chữ số"),
        min_value=2,
        max_value=MOST_DIGITS,
        initial=4,
        widget=forms.NumberInput(attrs=SHORT),
    )
    start = forms.IntegerField(
        label=gettext_lazy("Bắt đầu từ"),
        min_value=1,
        max_value=10**MOST_DIGITS - 1,
        initial=1,
        widget=forms.NumberInput(attrs=SHORT),
    )
    anew = forms.BooleanField(
        label=gettext_lazy("Đánh số lại từ đầu; mã vào thi đã in không dùng được nữa"),
        required=False,
    )

    def clean_letters(self) -> str:
        prefix: str = self.cleaned_data["letters"].strip().upper()
        if not PREFIX.fullmatch(prefix):
            raise forms.ValidationError(_("Chỉ dùng chữ cái không dấu và chữ số, không dấu cách."))
        return prefix

    def pattern(self) -> Pattern:
        data = self.cleaned_data
        return Pattern(data["letters"], data["digits"], data["start"])
