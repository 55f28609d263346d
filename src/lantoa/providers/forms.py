import ipaddress
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.classes.models import TrainingClass
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Requirement
from lantoa.providers.models import Assignment, Provider
from lantoa.providers.queries.assignments import (
    classes_of,
    cohorts_to_assign,
    requirements_of,
    units_for_providers,
)
from lantoa.web.fields import DayField

KEY_DAYS, LONGEST_KEY_DAYS = 365, 730


class ProviderForm(forms.ModelForm[Provider]):
    class Meta:
        model = Provider
        fields = ("unit", "name", "kind", "contact", "note")
        error_messages: ClassVar = {
            NON_FIELD_ERRORS: {
                "unique_together": _("Đơn vị này đã có đơn vị đào tạo tên ấy."),
            }
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        if self.instance.pk:
            del self.fields["unit"]
            return
        unit.queryset = units_for_providers(user)
        unit.empty_label = None
        unit.initial = unit.queryset.first()


class StaffForm(forms.Form):
    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    email = forms.EmailField(
        label=_("Thư điện tử"), help_text=_("Người này đăng nhập bằng địa chỉ ấy.")
    )


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Dùng cho"), max_length=100, help_text=_("Ví dụ: hệ thống học tập của trường.")
    )
    addresses = forms.CharField(
        label=_("Chỉ nhận từ địa chỉ IP"),
        max_length=300,
        required=False,
        help_text=_("Cách nhau bằng dấu phẩy, ví dụ 203.0.113.7, 2001:db8::/48. Để trống là mọi "
                    "địa chỉ."),
    )  # fmt: skip
    expires_on = DayField(label=_("Hết hạn sau ngày"), first_year=2020)

    def clean_addresses(self) -> str:
        typed = [part.strip() for part in self.cleaned_data["addresses"].split(",")]
        for one in filter(None, typed):
            try:
                ipaddress.ip_network(one, strict=False)
            except ValueError:
                raise ValidationError(
                    gettext("“%(one)s” không phải địa chỉ IP.") % {"one": one}
                ) from None
        return ", ".join(filter(None, typed))

    def clean_expires_on(self) -> Any:
        day, today = self.cleaned_data["expires_on"], clock.today()
        if not today < day <= today + timedelta(days=LONGEST_KEY_DAYS):
            raise ValidationError(gettext("Chọn một ngày trong hai năm tới."))
        return day


class CohortField(forms.ModelChoiceField[Cohort]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.programme.title} · {obj.name}"


class CohortChoice(forms.Form):
    cohort = CohortField(Cohort.objects.none(), label=_("Đợt học"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cohorts_to_assign(user)


class AssignmentForm(forms.Form):
    """`cohort` was chosen before; of one that stands only how it goes on can be changed."""

    requirement = forms.ModelChoiceField(
        Requirement.objects.none(), label=_("Nội dung giao"), empty_label=None
    )
    training_class = forms.ModelChoiceField(
        TrainingClass.objects.none(), label=_("Chỉ một lớp"), required=False,
        empty_label=_("Mọi học viên của đợt"),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Hoặc chỉ học viên của đơn vị"), required=False,
        empty_label=_("Mọi đơn vị"),
    )  # fmt: skip
    greatest = forms.IntegerField(
        label=_("Thang điểm"), min_value=1, max_value=1000, initial=10,
        help_text=_("Điểm cao nhất mà đơn vị đào tạo cho, ví dụ 10 hoặc 100."),
    )  # fmt: skip
    pass_percent = forms.IntegerField(
        label=_("Đạt từ (% số điểm)"), min_value=1, max_value=100, initial=50
    )
    until = DayField(
        label=_("Giao đến hết ngày"), first_year=2000,
        help_text=_("Sau ngày này đơn vị đào tạo không còn xem được học viên."),
    )  # fmt: skip
    needs_approval = forms.BooleanField(
        label=_("Kết quả chờ đầu mối duyệt rồi mới ghi nhận"), required=False, initial=True
    )
    shows_contacts = forms.BooleanField(
        label=_("Cho xem số điện thoại và thư điện tử của học viên"), required=False,
        help_text=_("Chỉ khi đơn vị đào tạo phải mở tài khoản trên hệ thống của họ."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, user: User, cohort: Cohort, assignment: Assignment | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if assignment is not None:
            for name in ("requirement", "training_class", "unit"):
                del self.fields[name]
            return
        sets: dict[str, Any] = {
            "requirement": requirements_of(cohort),
            "training_class": classes_of(cohort),
            "unit": units_for_providers(user),
        }
        for name, queryset in sets.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        if not sets["training_class"].exists():
            del self.fields["training_class"]
        self.cohort = cohort

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = data.get("training_class")
        if chosen is not None and data.get("unit") is not None:
            self.add_error("unit", gettext("Chọn một lớp, hoặc một đơn vị; không chọn cả hai."))
        requirement = data.get("requirement")
        if chosen is not None and requirement and chosen.requirement_id != requirement.pk:
            self.add_error("training_class", gettext("Lớp này không dạy nội dung đã chọn."))
        return data


class ResultsForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp kết quả"),
        help_text=_("Excel, ODS hoặc CSV, nhiều nhất 20 MB. Cần cột Họ và tên, và cột Kết quả hoặc "
                    "Điểm; có cột Mã học viên thì đối chiếu chắc nhất."),
    )  # fmt: skip


class CommentForm(forms.Form):
    comment = forms.CharField(
        label=_("Cần sửa gì"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
