from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.models import User
from lantoa.exams.actions.exams import ExamFields
from lantoa.exams.forms.fields import KeysField
from lantoa.exams.models import Exam
from lantoa.exams.queries.exams import blueprints_for, forms_of, homes, tests_of_cohorts
from lantoa.items.models import Blueprint, Form
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Requirement
from lantoa.web.fields import RowsField

STATES = [
    ("", gettext_lazy("Tất cả")),
    ("open", gettext_lazy("Đang thi")),
    ("upcoming", gettext_lazy("Sắp thi")),
    ("closed", gettext_lazy("Đã thi xong")),
    ("none", gettext_lazy("Chưa có ca thi")),
]


class ExamSearch(forms.Form):
    """The filters of the list of exams, kept in the address."""

    q = forms.CharField(label=gettext_lazy("Tìm theo tên"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("Trạng thái"), required=False, choices=STATES)
    entry = forms.ChoiceField(
        label=gettext_lazy("Cách vào thi"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *Exam.Entry.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("state", "entry"):
            self.fields[name].widget.attrs["data-submit"] = ""

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        data = self.cleaned_data
        return {
            "words": data.get("q", ""),
            "state": data.get("state", ""),
            "entry": data.get("entry", ""),
        }


class BlueprintChoice(forms.Form):
    """The first step of a new exam: which blueprint it is drawn from."""

    blueprint = forms.ModelChoiceField(
        Blueprint.objects.none(),
        label=gettext_lazy("Ma trận đề"),
        help_text=gettext_lazy("Ma trận đề định số câu, thời gian làm bài và điều kiện đạt."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["blueprint"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = blueprints_for(user)


class FormLabels(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return _("Đề %(code)s") % {"code": obj.code}


class ExamForm(forms.ModelForm[Exam]):
    """Everything about how an exam is held but its blueprint, which stays."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị tổ chức"))
    bound_to = forms.ChoiceField(
        label=gettext_lazy("Là bài kiểm tra cuối khóa của đợt"),
        required=False,
        help_text=gettext_lazy("Kết quả của người trong đợt được tính vào chương trình của họ."),
    )
    forms = FormLabels(
        Form.objects.none(),
        label=gettext_lazy("Đề thi"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seb_config_keys = KeysField(
        label=gettext_lazy("Safe Exam Browser: Config Key"),
        help_text=gettext_lazy("Mỗi dòng một khóa. Để trống: không bắt buộc dùng SEB."),
    )
    seb_exam_keys = KeysField(
        label=gettext_lazy("Safe Exam Browser: Browser Exam Key"),
        help_text=gettext_lazy("Mỗi dòng một khóa; mỗi phiên bản SEB có khóa riêng."),
    )

    class Meta:
        model = Exam
        fields = [
            "title", "entry", "moves", "late_policy", "grace_seconds", "release",
            "difference_percent", "all_on_one_page", "instructions", "seb_config_keys",
            "seb_exam_keys", "legal_basis",
        ]  # fmt: skip

    field_order = [
        "unit", "title", "bound_to", "forms", "entry", "moves", "late_policy", "grace_seconds",
        "release", "difference_percent", "all_on_one_page", "instructions", "legal_basis",
        "seb_config_keys", "seb_exam_keys",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, user: User, blueprint: Blueprint, settled: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs: list[tuple[Cohort, Requirement]] = []
        self._say()
        self._forms(blueprint, settled)
        if self.instance.pk:
            del self.fields["unit"], self.fields["bound_to"]
            return
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = homes(user)
        units.initial, units.empty_label = units.queryset.first(), None
        self._cohorts(user, blueprint)

    def _say(self) -> None:
        hints = {
            "entry": _("Số báo danh và mã in sẵn: vào ngay cả khi không nhớ mật khẩu."),
            "late_policy": _("Khi mạng đứt, bài đến sau giờ luôn được giữ lại riêng."),
            "instructions": _("Hiện trước khi thí sinh bấm bắt đầu."),
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint
        for name, most in (("grace_seconds", 3600), ("difference_percent", 100)):
            self.fields[name].widget.attrs.update({"class": "lt-short", "max": most})

    def _forms(self, blueprint: Blueprint, settled: bool) -> None:
        field = self.fields["forms"]
        assert isinstance(field, RowsField)
        field.queryset = forms_of(blueprint)
        if self.instance.pk:
            chosen = Form.objects.filter(exams=self.instance)
            field.queryset = Form.objects.filter(
                pk__in=[*field.queryset.values_list("pk", flat=True),
                        *chosen.values_list("pk", flat=True)]
            ).order_by("code")  # fmt: skip
            field.initial = list(chosen.values_list("pk", flat=True))
        if settled or not field.queryset.exists():
            del self.fields["forms"]
            return
        field.help_text = _(
            "Không chọn: mỗi thí sinh một đề rút riêng. Chọn một: mọi người cùng đề. Chọn nhiều: "
            "đề song song, hai người ngồi cạnh không trùng đề."
        )

    def _cohorts(self, user: User, blueprint: Blueprint) -> None:
        self.pairs = tests_of_cohorts(user, blueprint)
        if not self.pairs:
            del self.fields["bound_to"]
            return
        field = self.fields["bound_to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Không thuộc đợt nào"))] + [
            (f"{cohort.pk}-{asked.pk}", cohort.name) for cohort, asked in self.pairs
        ]

    def clean_grace_seconds(self) -> int:
        seconds: int = self.cleaned_data["grace_seconds"]
        if seconds > 3600:
            raise forms.ValidationError(_("Gia hạn nhiều nhất 3.600 giây (một giờ)."))
        return seconds

    def clean_difference_percent(self) -> int:
        percent: int = self.cleaned_data["difference_percent"]
        if percent > 100:
            raise forms.ValidationError(_("Mức chênh lệch từ 0 đến 100%."))
        return percent

    def exam_fields(self) -> ExamFields:
        return ExamFields(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def bound(self) -> tuple[Cohort, Requirement] | None:
        chosen = self.cleaned_data.get("bound_to")
        return next((pair for pair in self.pairs if f"{pair[0].pk}-{pair[1].pk}" == chosen), None)
