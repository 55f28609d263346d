"""What authors fill in; kinds of activities bring their own forms (`kinds/<kind>/form.py`)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.courses.models import Course, Lesson, Module
from lantoa.frameworks.models import Node
from lantoa.people.models import Unit


class TopicField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A topic of a framework, named with the framework it belongs to."""

    def label_from_instance(self, node: Any) -> str:
        return f"{node.title} ({node.framework.title})"


class CourseForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Tên khóa học"), max_length=250)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Đơn vị chủ trì"), queryset=Unit.objects.none(), empty_label=None
    )
    code = forms.CharField(
        label=gettext_lazy("Mã khóa học"),
        max_length=40,
        help_text=gettext_lazy(
            "Ngắn, không dấu, không trùng; hiện trong báo cáo. Ví dụ: CDS-XA-01."
        ),
    )
    summary = forms.CharField(
        label=gettext_lazy("Giới thiệu"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Course.objects.filter(code__iexact=code).exists():
            raise ValidationError(_("Mã này đã dùng cho khóa học khác."))
        return code


class DetailsForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Tên khóa học"), max_length=250)
    summary = forms.CharField(
        label=gettext_lazy("Giới thiệu"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    elective_minimum = forms.IntegerField(
        label=gettext_lazy("Số chuyên đề tự chọn tối thiểu"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "lt-short"}),
        help_text=gettext_lazy("Ngoài các chuyên đề bắt buộc. 0: không đòi hỏi."),
    )


class ModuleForm(forms.ModelForm):  # type: ignore[type-arg]
    topic = TopicField(
        label=gettext_lazy("Chuyên đề trong khung"),
        queryset=Node.objects.none(),
        required=False,
        help_text=gettext_lazy("Để câu hỏi và báo cáo gom được theo chuyên đề."),
    )

    class Meta:
        model = Module
        fields = ("title", "part", "summary", "topic", "is_mandatory")
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "part": gettext_lazy("Các chuyên đề cùng phần đứng chung một nhóm. Ví dụ: Kinh tế số."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Node.objects.filter(kind=Node.Kind.TOPIC).select_related("framework")


class LessonForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Lesson
        fields = ("title", "minutes", "pass_mark")
        widgets = {
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric", "class": "lt-short"}),
            "pass_mark": forms.NumberInput(
                attrs={"inputmode": "numeric", "class": "lt-short", "max": 100}
            ),
        }
        help_texts = {
            "pass_mark": gettext_lazy(
                "Phần trăm câu hỏi của bài phải trả lời đúng. 0: đọc xong là được."
            ),
        }

    def clean_pass_mark(self) -> int:
        mark: int = self.cleaned_data["pass_mark"]
        if mark > 100:
            raise ValidationError(_("Mức đạt từ 0 đến 100%."))
        return mark


class PublishForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Nội dung thay đổi"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Người soạn sau đọc để biết bản này khác bản trước ở đâu."),
    )
