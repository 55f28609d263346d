from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.courses.models import Course
from lantoa.items.models import Blueprint
from lantoa.people.models import Unit
from lantoa.programmes import queries
from lantoa.programmes.actions import NewRequirement
from lantoa.programmes.class_lines import ClassesField
from lantoa.programmes.models import Programme, Requirement
from lantoa.programmes.presets import Preset
from lantoa.web.fields import RowsField

USUAL_SHARE = 80
"""Percent of a class's tiết to attend, where nobody says otherwise."""


class ProgrammeForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"))
    code = forms.CharField(label=_("Mã chương trình"), max_length=40)
    title = forms.CharField(label=_("Tên chương trình"), max_length=250)
    description = forms.CharField(
        label=_("Mô tả"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    legal_basis = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    hours = forms.IntegerField(label=_("Số tiết"), min_value=0, max_value=2000, initial=0)
    skeleton = forms.BooleanField(
        label=_("Tạo khung khóa học (bản nháp) và ma trận đề theo mẫu"),
        required=False,
        help_text=_("Khung có sẵn các chuyên đề để điền tên, bài và câu hỏi."),
    )
    courses = RowsField(
        Course.objects.none(),
        label=_("Khóa học phải hoàn thành"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    blueprints = RowsField(
        Blueprint.objects.none(),
        label=_("Bài kiểm tra phải đạt"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Mỗi bài theo một ma trận đề."),
    )
    classes = ClassesField(
        label=_("Lớp học phải dự"),
        required=False,
        help_text=_(
            "Mỗi dòng một lớp: nội dung, dấu chấm phẩy, số tiết. "
            "Ví dụ: An toàn, an ninh thông tin; 16"
        ),
    )
    attendance = forms.IntegerField(
        label=_("Dự ít nhất (% số tiết của lớp)"),
        min_value=1,
        max_value=100,
        initial=USUAL_SHARE,
        required=False,
    )
    kept_months = forms.IntegerField(
        label=_("Bảo lưu bài đã đạt (tháng)"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Bỏ trống: không bảo lưu sang đợt sau."),
    )
    certificate_rule = forms.ChoiceField(
        label=_("Cấp giấy chứng nhận"), choices=Programme.CertificateRule.choices
    )
    certificate_title = forms.CharField(label=_("Tên giấy chứng nhận"), max_length=120)

    def __init__(
        self,
        *args: Any,
        user: User,
        preset: Preset | None = None,
        programme: Programme | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("unit", queries.units_for_programmes(user))
        courses, blueprints = queries.courses_usable(user), queries.blueprints_usable(user)
        if programme is not None:
            for name in ("unit", "code", "skeleton"):
                del self.fields[name]
            own = Requirement.objects.filter(programme=programme)
            courses = (courses | Course.objects.filter(requirement__in=own)).distinct()
            blueprints = (blueprints | Blueprint.objects.filter(requirement__in=own)).distinct()
        elif preset is None:
            del self.fields["skeleton"]
        self._choices("courses", courses)
        self._choices("blueprints", blueprints)

    def _choices(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        if name == "unit":
            field.initial = rows.first()
            field.empty_label = None

    def lock_requirements(self) -> None:
        """Nobody's requirements change once people are enrolled; the fields say what stands."""
        for name in ("courses", "blueprints", "classes", "attendance", "kept_months"):
            self.fields[name].disabled = True

    def requirements(self) -> list[NewRequirement]:
        data = self.cleaned_data
        kept, share = data["kept_months"], data["attendance"] or USUAL_SHARE
        courses = [NewRequirement(course=c) for c in data["courses"]]
        classes = [
            NewRequirement(title=title, periods=periods, attendance=share)
            for title, periods in data["classes"]
        ]
        tests = [NewRequirement(blueprint=b, kept_months=kept) for b in data["blueprints"]]
        return courses + classes + tests

    def details(self) -> dict[str, Any]:
        names = (
            "title",
            "description",
            "legal_basis",
            "hours",
            "certificate_rule",
            "certificate_title",
        )
        return {name: self.cleaned_data[name] for name in names}


def initial_of(programme: Programme) -> Mapping[str, Any]:
    requirements = list(programme.requirements.all())
    names = (
        "title",
        "description",
        "legal_basis",
        "hours",
        "certificate_rule",
        "certificate_title",
    )
    return {
        **{name: getattr(programme, name) for name in names},
        "courses": [r.course_id for r in requirements if r.course_id],
        "blueprints": [r.blueprint_id for r in requirements if r.blueprint_id],
        "classes": [(r.title, r.periods) for r in requirements if r.title],
        "attendance": next((r.attendance for r in requirements if r.attendance), USUAL_SHARE),
        "kept_months": next((r.kept_months for r in requirements if r.kept_months), None),
    }


def initial_from(preset: Preset | None) -> Mapping[str, Any]:
    if preset is None:
        return {
            "certificate_rule": "automatic",
            "certificate_title": _("Giấy chứng nhận"),
            "attendance": USUAL_SHARE,
        }
    kept = next((e.kept_months for e in preset.exams if e.kept_months), None)
    return {
        "code": preset.code,
        "title": preset.title,
        "description": preset.description,
        "legal_basis": preset.legal_basis,
        "certificate_rule": "automatic",
        "certificate_title": preset.certificate_title,
        "kept_months": kept,
        "attendance": USUAL_SHARE,
        "skeleton": True,
    }
