"""Forms of the bank. What an item says is the business of its kind's own form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.frameworks.models import Node
from lantoa.frameworks.queries import frameworks, topic_groups
from lantoa.items.actions import About
from lantoa.items.actions.describe_item import LONGEST_SOURCE
from lantoa.items.models import Item
from lantoa.people.models import Unit

Choices = list[tuple[str, Any]]
LONGEST_SECONDS = 3600


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


def competence_choices() -> Choices:
    """Competences of every framework under "framework"."""
    nodes = Node.objects.filter(kind=Node.Kind.COMPETENCE).select_related("framework")
    groups: dict[str, list[tuple[str, str]]] = {}
    for node in nodes.order_by("framework__title", "position", "pk"):
        groups.setdefault(node.framework.title, []).append((str(node.pk), node.title))
    return list(groups.items())


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
    competence = forms.TypedChoiceField(
        label=gettext_lazy("Năng lực"), required=False, empty_value=None
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Độ khó"),
        required=False,
        choices=Item.Difficulty.choices,
        initial=Item.Difficulty.MEDIUM,
    )
    expected_seconds = forms.IntegerField(
        label=gettext_lazy("Thời gian dự kiến (giây)"),
        required=False,
        min_value=5,
        max_value=LONGEST_SECONDS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "lt-short"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Nguồn"),
        required=False,
        max_length=LONGEST_SOURCE,
        help_text=gettext_lazy("Văn bản, trang, điều khoản mà câu hỏi dựa vào."),
    )
    notes = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Chỉ người soạn và người thẩm định thấy."),
    )

    def __init__(self, *args: Any, units: Iterable[Unit] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, nothing, choices in (
            ("topic", _("Chưa xếp chuyên đề"), topic_choices()),
            ("competence", _("Chưa gắn năng lực"), competence_choices()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", nothing), *choices]
        if units is None:
            del self.fields["unit"]
            return
        listed = list(units)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Unit.objects.filter(pk__in=[u.pk for u in listed])
        unit.initial = listed[0] if listed else None
        unit.empty_label = None

    @classmethod
    def initial_of(cls, item: Item) -> dict[str, Any]:
        plain = ("level", "purpose", "difficulty", "expected_seconds", "source", "notes")
        return {
            "topic": item.topic_id,
            "competence": item.competence_id,
            **{name: getattr(item, name) for name in plain},
        }

    def topic_node(self) -> Node | None:
        return self._node("topic")

    def about(self) -> About:
        """What was typed of the item beside what it says and where it belongs."""
        data = self.cleaned_data
        return About(
            competence=self._node("competence"),
            difficulty=data["difficulty"] or Item.Difficulty.MEDIUM,
            expected_seconds=data["expected_seconds"],
            source=data["source"],
            notes=data["notes"],
        )

    def _node(self, name: str) -> Node | None:
        pk = self.cleaned_data[name]
        return Node.objects.get(pk=pk) if pk else None


class RetireForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: quy định đã thay đổi, câu hỏi có hai đáp án đúng."),
    )
