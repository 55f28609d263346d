"""Forms of the bank. What an item says is the business of its kind's own form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.frameworks.models import Node
from lantoa.frameworks.queries import frameworks, topic_groups
from lantoa.items.models import Item
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
