"""Forms of the list and of the workflow: filters, steps with many items, reviews, enemies."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.forms import Choices, competence_choices, topic_choices
from lantoa.items.kinds import kinds
from lantoa.items.models import Batch, Item, Review
from lantoa.items.queries.batches import Change
from lantoa.items.queries.listing import Reach, authors_of

SORTS = [
    ("", gettext_lazy("Mới nhất trước")),
    ("oldest", gettext_lazy("Cũ nhất trước")),
    ("topic", gettext_lazy("Theo chuyên đề")),
    ("level", gettext_lazy("Theo mức")),
    ("reviewed", gettext_lazy("Lâu chưa thẩm định")),
]
USED = [("yes", gettext_lazy("Đã vào đề")), ("no", gettext_lazy("Chưa vào đề nào"))]
REVIEWS = [
    ("never", gettext_lazy("Chưa thẩm định lần nào")),
    ("old", gettext_lazy("Thẩm định hơn một năm trước")),
]
FIRST = ("q", "topic", "level", "state", "sort")


class FilterForm(forms.Form):
    """What the list is narrowed to; anything unknown is left out."""

    q = forms.CharField(label=gettext_lazy("Tìm từ, hoặc #số câu"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("Chuyên đề"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Mức"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sắp xếp"), required=False, choices=SORTS)
    stage = forms.ChoiceField(label=gettext_lazy("Bản mới nhất"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("Dùng cho"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Dạng"), required=False)
    difficulty = forms.ChoiceField(label=gettext_lazy("Độ khó"), required=False)
    competence = forms.ChoiceField(label=gettext_lazy("Năng lực"), required=False)
    used = forms.ChoiceField(label=gettext_lazy("Trong đề"), required=False)
    review = forms.ChoiceField(label=gettext_lazy("Thẩm định"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)
    author = forms.ChoiceField(label=gettext_lazy("Người soạn"), required=False)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: Choices = [("", _("Tất cả"))]
        for name, choices in self._choices(reach).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*every, *choices]
        for name in FIRST[1:]:
            self.fields[name].widget.attrs["data-submit"] = ""

    def _choices(self, reach: Reach) -> dict[str, Choices]:
        units = [(str(unit.pk), unit.name) for unit in reach.units]
        return {
            "topic": topic_choices(),
            "competence": competence_choices(),
            "level": list(Item.Level.choices),
            "state": list(Item.State.choices),
            "stage": list(Item.Stage.choices),
            "purpose": list(Item.Purpose.choices),
            "kind": [(kind.name, str(kind.label).capitalize()) for kind in kinds()],
            "difficulty": list(Item.Difficulty.choices),
            "used": list(USED),
            "review": list(REVIEWS),
            "unit": units,
            "author": [(str(pk), name) for pk, name in authors_of(reach.user)],
        }

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def first(self) -> list[forms.BoundField]:
        """The filters that stand open."""
        return [self[name] for name in FIRST]

    def more(self) -> list[forms.BoundField]:
        """The others; a choice of one is none."""
        rest = [self[name] for name in self.fields if name not in FIRST]
        return [field for field in rest if _is_choice(field) or field.value()]

    def has_more(self) -> bool:
        return any(field.value() for field in self.more())

    def told(self) -> list[str]:
        """What was chosen, in words, for a title of the exported list."""
        words = []
        for name, value in self.chosen().items():
            field = self.fields[name]
            label = dict(_flat(field.choices)) if isinstance(field, forms.ChoiceField) else {}
            words.append(f"{field.label}: {label.get(value, value)}")
        return words


def _is_choice(field: forms.BoundField) -> bool:
    choices: Any = getattr(field.field, "choices", ())
    return len(list(choices)) > 2


def _flat(choices: Any) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat += label if isinstance(label, (list, tuple)) else [(value, str(label))]
    return flat


class ReviewForm(forms.Form):
    """What a reviewer says of the version shown; `number` is which one that was."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Kết luận"),
        choices=Review.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn kết luận.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Nhận xét"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Bắt buộc khi trả lại: cần sửa gì để đạt."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == Review.Verdict.RETURNED and not data.get("reason"):
            self.add_error("reason", _("Hãy viết cần sửa gì; người soạn chỉ thấy điều này."))
        return data


class StepForm(forms.Form):
    """What a step with many items asks for. `items` are their ids, as they were shown."""

    items = forms.CharField(widget=forms.HiddenInput)

    def change(self, step: str) -> Change:
        return Change(step, reason=self.cleaned_data.get("reason", ""))


class ReasonedStepForm(StepForm):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: quy định đã thay đổi, câu hỏi có hai đáp án đúng."),
    )


class NotedStepForm(StepForm):
    reason = forms.CharField(label=gettext_lazy("Nhận xét chung"), max_length=300, required=False)


class ClassifyStepForm(StepForm):
    """Only what is chosen is set; the rest stays as it is with each item."""

    topic_id = forms.TypedChoiceField(label=gettext_lazy("Chuyên đề"), required=False, coerce=int)
    level = forms.ChoiceField(label=gettext_lazy("Mức"), required=False)
    difficulty = forms.ChoiceField(label=gettext_lazy("Độ khó"), required=False)
    competence_id = forms.TypedChoiceField(
        label=gettext_lazy("Năng lực"), required=False, coerce=int
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("topic_id", topic_choices()),
            ("level", Item.Level.choices),
            ("difficulty", Item.Difficulty.choices),
            ("competence_id", competence_choices()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Giữ nguyên")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(value for name, value in data.items() if name != "items"):
            self.add_error(None, _("Hãy chọn ít nhất một điều cần đổi."))
        return data

    def change(self, step: str) -> Change:
        fields = {n: v for n, v in self.cleaned_data.items() if v and n != "items"}
        return Change(step, fields=fields)


STEP_FORMS: dict[str, type[StepForm]] = {
    Batch.Step.CLASSIFY: ClassifyStepForm,
    Batch.Step.FIT: NotedStepForm,
    Batch.Step.RETIRE: ReasonedStepForm,
}


class EnemyForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Vì sao không cùng đề"), max_length=300, required=False
    )
