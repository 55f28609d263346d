"""Forms of the bank. What an item says is the business of its kind's own form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.frameworks.models import Framework, Node
from lantoa.frameworks.queries import frameworks, topic_groups
from lantoa.items.actions import BlueprintFields
from lantoa.items.models import Blueprint, Item
from lantoa.people.models import Unit

Choices = list[tuple[str, Any]]


def topic_choices() -> Choices:
    """Topics and competences under "framework · part"."""
    return [
        (
            f"{framework.title} · {group.parent.title}" if group.parent else framework.title,
            [(str(topic.pk), topic.title) for topic in group.topics],
        )
        for framework in frameworks()
        for group in topic_groups(framework)
    ]


class FilterForm(forms.Form):
    """What the list is narrowed to; anything unknown is left out."""

    q = forms.CharField(label=gettext_lazy("Tìm trong câu hỏi"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("Chuyên đề"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Mức"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("Dùng cho"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: Choices = [("", _("Tất cả"))]
        for name, choices in (
            ("topic", topic_choices()),
            ("level", Item.Level.choices),
            ("state", Item.State.choices),
            ("purpose", Item.Purpose.choices),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*every, *choices]
            field.widget.attrs["data-submit"] = ""

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ClassificationForm(forms.Form):
    """Where an item belongs. `units` are those it may be written for."""

    unit = forms.ModelChoiceField(label=gettext_lazy("Đơn vị"), queryset=Unit.objects.none())
    topic = forms.TypedChoiceField(
        label=gettext_lazy("Chuyên đề"),
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Câu hỏi thi phải thuộc một chuyên đề; đề được rút theo chuyên đề."),
    )
    level = forms.ChoiceField(label=gettext_lazy("Mức"), choices=Item.Level.choices)
    purpose = forms.ChoiceField(label=gettext_lazy("Dùng cho"), choices=Item.Purpose.choices)

    def __init__(self, *args: Any, units: Iterable[Unit] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = [("", _("Chưa xếp chuyên đề")), *topic_choices()]
        if units is None:
            del self.fields["unit"]
            return
        listed = list(units)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Unit.objects.filter(pk__in=[u.pk for u in listed])
        unit.initial = listed[0] if listed else None
        unit.empty_label = None

    def topic_node(self) -> Node | None:
        pk = self.cleaned_data["topic"]
        return Node.objects.get(pk=pk) if pk else None


class RetireForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: quy định đã thay đổi, câu hỏi có hai đáp án đúng."),
    )


class BlueprintForm(forms.ModelForm[Blueprint]):
    """The blueprint's rules, and its matrix: one number per topic and level, `cell-12-basic`."""

    MOST = 200

    class Meta:
        model = Blueprint
        fields = [
            "title", "minutes", "pass_mark", "attempts_allowed",
            "shuffle_items", "shuffle_options", "feedback", "legal_basis",
        ]  # fmt: skip

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = [topic for group in topic_groups(framework) for topic in group.topics]
        self.fields["attempts_allowed"].help_text = _("Để trống: không giới hạn.")
        self.fields["minutes"].widget.attrs.update({"class": "lt-short", "min": 1, "max": 600})
        self.fields["pass_mark"].widget.attrs.update({"class": "lt-short", "max": 100})
        self.fields["attempts_allowed"].widget.attrs.update({"class": "lt-short", "min": 1})
        self.counts: dict[tuple[int, str], int] = {}

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 600:
            raise forms.ValidationError(_("Thời gian làm bài từ 1 đến 600 phút."))
        return minutes

    def clean_pass_mark(self) -> int:
        mark: int = self.cleaned_data["pass_mark"]
        if mark > 100:
            raise forms.ValidationError(_("Điểm đạt không quá 100%."))
        return mark

    def clean_attempts_allowed(self) -> int | None:
        allowed: int | None = self.cleaned_data["attempts_allowed"]
        if allowed == 0:
            raise forms.ValidationError(_("Để trống nếu không giới hạn; ít nhất là 1 lần."))
        return allowed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        bad: list[str] = []
        for topic in self.topics:
            for level in Item.Level:
                typed = str(self.data.get(f"cell-{topic.pk}-{level}", "")).strip() or "0"
                if typed.isascii() and typed.isdigit() and int(typed) <= self.MOST:
                    self.counts[topic.pk, level.value] = int(typed)
                else:
                    bad.append(f"{topic.title}, {level.label}: “{typed[:20]}”")
        if bad:
            words = _("Số câu phải là số từ 0 đến %(most)d.") % {"most": self.MOST}
            self.add_error(None, f"{words} {'; '.join(bad)}")
        elif not any(self.counts.values()):
            self.add_error(None, _("Ma trận chưa có câu hỏi nào: hãy nhập số câu vào một ô."))
        return data

    def blueprint_fields(self) -> BlueprintFields:
        return BlueprintFields(**{name: self.cleaned_data[name] for name in self.Meta.fields})
